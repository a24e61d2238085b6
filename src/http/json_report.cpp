#include "http/json_report.h"

#include <boost/json.hpp>

#include "http/json.h"

namespace zw::http {

namespace json = boost::json;

namespace {

json::value OrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

json::object ToJson(const report::ResolvedSlot& slot) {
    return {
        {"id", slot.id},
        {"kind", slot.kind},
        {"text", slot.text},
        {"key", slot.key},
        {"label", slot.label},
        {"indicator", slot.kind == "figure" ? json::value(slot.key) : json::value(nullptr)},
        {"place", OrNull(slot.place_code)},
        {"place_name", slot.place_name},
        {"period", OrNull(slot.period)},
        {"value", OrNull(slot.value)},
        {"exact", OrNull(slot.exact)},
        {"unit", slot.unit},
        {"state", slot.state},
        {"basis", slot.basis},
        {"computed", OrNull(slot.computed)},
        {"records", slot.records},
        {"compare", OrNull(slot.compare)},
        {"missing", json::array(slot.missing.begin(), slot.missing.end())},
        {"formula", slot.formula},
        {"pending", OrNull(slot.pending)},
        {"blocks", !slot.pending.empty()},
        {"waiver", OrNull(slot.waiver)},
        {"note", slot.note},
    };
}

namespace {

std::string_view StyleName(const std::string& style) {
    if (style == document::style::kTitle) {
        return "title";
    }
    if (style == document::style::kHeading1) {
        return "chapter";
    }
    if (style == document::style::kHeading2) {
        return "section";
    }
    return style == document::style::kHeading3 ? "point" : "body";
}

json::object ParagraphJson(const std::string& id, const document::Paragraph& paragraph) {
    json::array parts;
    for (const document::Span& span : paragraph.spans) {
        json::object part{{"text", span.text}};
        if (!span.mark.empty()) {
            part["slot"] = span.mark;
        }
        if (!span.look.empty() || span.bold) {
            part["strong"] = true;
        }
        parts.emplace_back(std::move(part));
    }
    return {{"id", id}, {"style", StyleName(paragraph.style)}, {"parts", std::move(parts)}};
}

json::array ParagraphsJson(const report::Rendered& rendered) {
    json::array out;
    out.emplace_back(ParagraphJson("title", {document::style::kTitle, rendered.title_spans, false})
    );
    int number = 0;
    for (const report::RenderedParagraph& paragraph : rendered.paragraphs) {
        json::object one = ParagraphJson(std::to_string(++number), paragraph.content);
        if (paragraph.paragraph != 0) {
            one["record"] = std::to_string(paragraph.paragraph);
        }
        out.emplace_back(std::move(one));
    }
    return out;
}

json::array FindingsJson(const std::vector<Finding>& findings, Language language) {
    json::array out;
    for (const Finding& finding : findings) {
        out.emplace_back(ToJson(finding, language));
    }
    return out;
}

}  // namespace

json::object ToJson(const report::EditionInfo& edition) {
    return {
        {"edition", edition.number},
        {"report", edition.report},
        {"period", ToText(edition.period)},
        {"title", edition.title},
        {"sealed", edition.sealed},
        {"sealed_at",
         edition.sealed ? json::value(TimeToText(edition.sealed_millis)) : json::value(nullptr)},
        {"sealed_by", OrNull(edition.sealed_by)},
        {"digest", OrNull(edition.digest)},
    };
}

json::object ToJson(const report::EditionParagraph& paragraph) {
    return {
        {"id", std::to_string(paragraph.id)},
        {"version", std::to_string(paragraph.version)},
        {"chapter", paragraph.chapter},
        {"style", paragraph.style},
        {"text", paragraph.text},
        {"deleted", paragraph.deleted},
        {"at", TimeToText(paragraph.at_millis)},
        {"by", paragraph.by},
    };
}

json::object ToJson(const report::Rendered& rendered, bool paragraphs, Language language) {
    json::object out = ToJson(rendered.edition);
    out["title"] = rendered.title;
    json::array slots;
    for (const report::ResolvedSlot& slot : rendered.slots) {
        slots.emplace_back(ToJson(language == Language::kEnglish ? slot.InEnglish() : slot));
    }
    out["slots"] = std::move(slots);
    out["pending"] = rendered.Pending().size();
    out["findings"] = FindingsJson(rendered.findings, language);
    if (paragraphs) {
        out["paragraphs"] = ParagraphsJson(rendered);
    }
    return out;
}

json::object ToJson(const report::Verification& verification, Language language) {
    json::object out = ToJson(verification.edition);
    out["sound"] = verification.Sound();
    out["figures"] = verification.figures;
    out["recomputed_digest"] = verification.recomputed_digest;
    out["findings"] = FindingsJson(verification.findings, language);
    return out;
}

namespace {

json::array ChangesJson(const std::vector<report::FigureChange>& changes, Language language) {
    json::array out;
    for (const report::FigureChange& change : changes) {
        out.emplace_back(json::object{
            {"slot", change.slot},
            {"label", In(language, change.label)},
            {"was", change.was},
            {"now", change.now}});
    }
    return out;
}

}  // namespace

json::object ToJson(const report::Comparison& comparison, Language language) {
    json::array sentences;
    for (const report::SentenceChange& change : comparison.sentences) {
        sentences.emplace_back(json::object{
            {"paragraph", std::to_string(change.paragraph)},
            {"was", change.was},
            {"now", change.now},
            {"whole_paragraph", change.whole_paragraph}});
    }
    json::object out = ToJson(comparison.edition);
    out["same"] = comparison.Same();
    out["figures"] = ChangesJson(comparison.figures, language);
    out["rewritten"] = ChangesJson(comparison.rewritten, language);
    out["sentences"] = std::move(sentences);
    return out;
}

}  // namespace zw::http
