#include "report/resolve.h"

#include <fmt/format.h>

#include "base/problem.h"
#include "base/text.h"
#include "indicator/figure_text.h"
#include "report/condition.h"

namespace zw::report {

std::map<std::string, std::string> SlotData(const ResolvedSlot& slot) {
    if (slot.kind != "figure") {
        return {{"slot", slot.id}};
    }
    return {
        {"slot", slot.id},
        {"indicator", slot.key},
        {"place", slot.place_code},
        {"period", slot.period},
        {"value", slot.value},
        {"unit", slot.unit},
        {"state", slot.state}};
}

ResolvedSlot ResolvedSlot::InEnglish() const {
    ResolvedSlot slot = *this;
    const auto put = [](std::string& words, const std::string& own) {
        if (!own.empty()) {
            words = own;
        }
    };
    put(slot.label, english.label);
    put(slot.formula, english.formula);
    put(slot.pending, english.pending);
    put(slot.note, english.note);
    return slot;
}

void ResolvedSlot::SetLabel(const Words& words) {
    label = words.zh;
    english.label = words.en;
}

void ResolvedSlot::SetFormula(const Words& words) {
    formula = words.zh;
    english.formula = words.en;
}

void ResolvedSlot::AddNote(const Words& words) {
    note += (note.empty() ? "" : "；") + words.zh;
    english.note += (english.note.empty() ? "" : "; ") + words.en;
}

std::optional<Period> SlotPeriod(std::string_view written, const Period& own) {
    if (written.empty() || written == "本期") {
        return own;
    }
    if (written == "上年") {
        return YearBefore(own);
    }
    if (written == "上期") {
        return Previous(own);
    }
    return ParsePeriod(written);
}

std::vector<document::Span> Resolver::Paragraph(std::string_view text, int number) {
    std::vector<document::Span> spans;
    heading_ = false;
    Nodes(ParseParagraph(text), number, spans);
    return spans;
}

void Resolver::Nodes(
    const std::vector<Node>& nodes, int number, std::vector<document::Span>& spans
) {
    for (size_t i = 0; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        const bool prose_follows = i + 1 < nodes.size() && nodes[i + 1].kind == Node::Kind::kText;
        switch (node.kind) {
            case Node::Kind::kText:
                PutText(node.text, spans);
                break;
            case Node::Kind::kSlot:
                PutSlot(node.slot, prose_follows ? nodes[i + 1].text : "", spans);
                break;
            case Node::Kind::kCondition:
                Nodes(Decide(node, number) ? node.yes : node.no, number, spans);
                break;
        }
    }
}

void Resolver::PutText(const std::string& text, std::vector<document::Span>& spans) {
    size_t from = 0;
    while (from <= text.size()) {
        const size_t stars = text.find("**", from);
        document::Span span;
        span.text =
            text.substr(from, stars == std::string::npos ? std::string::npos : stars - from);
        span.look = heading_ ? document::style::kHeading2 : "";
        if (!span.text.empty()) {
            spans.push_back(std::move(span));
        }
        if (stars == std::string::npos) {
            return;
        }
        heading_ = !heading_;
        from = stars + 2;
    }
}

void Resolver::PutSlot(
    const Slot& slot, const std::string& after, std::vector<document::Span>& spans
) {
    Printed printed = slot.kind == SlotKind::kFigure ? FigureSlot(slot) : Printed{{}, Named(slot)};
    if (slot.kind == SlotKind::kName && printed.slot.pending.empty()) {
        printed.slot.text =
            FitName(printed.slot.text, spans.empty() ? "" : spans.back().text, after);
    }
    if (!printed.before.empty()) {
        PutText(printed.before, spans);
    }
    const ResolvedSlot& resolved = printed.slot;
    document::Span span;
    span.text = resolved.text;
    span.mark = resolved.id;
    span.pending = !resolved.pending.empty();
    span.look = heading_ ? document::style::kHeading2 : "";
    if (resolved.kind == "figure") {
        span.link = "#zw_annex_" + resolved.id;
    }
    span.data = SlotData(resolved);
    spans.push_back(std::move(span));
    slots_.push_back(std::move(printed.slot));
}

void Resolver::Hold(ResolvedSlot& slot, const std::string& text, const Words& why) const {
    const auto waived = context_.waivers.find(slot.id);
    if (waived != context_.waivers.end()) {
        slot.waiver = waived->second;
        return;
    }
    slot.text = text;
    slot.pending = why.zh;
    slot.english.pending = why.en;
}

bool Resolver::Decide(const Node& node, int number) {
    const auto& places = context_.source.places();
    const auto result =
        EvaluateCondition(node.formula, context_.source, places.town().id, context_.period);
    ResolvedSlot resolved;
    resolved.id = fmt::format("{}_{}", node.id, number);
    resolved.kind = "condition";
    resolved.key = node.formula;
    resolved.SetLabel(result.in_words);
    resolved.SetFormula(result.in_words);
    resolved.place = places.town().id;
    resolved.place_code = places.town().code;
    resolved.place_name = places.town().name;
    resolved.period = ToText(context_.period);
    const auto* value = std::get_if<bool>(&result.value);
    const bool holds = value != nullptr && *value;
    resolved.text = value == nullptr ? "无法判断" : holds ? "成立" : "不成立";
    resolved.value = value == nullptr ? "" : holds ? "true" : "false";
    resolved.state = "filled";
    resolved.records = result.records;
    std::vector<Words> reasons;
    for (const auto& input : result.inputs) {
        resolved.seq = std::max(resolved.seq, input.seq);
        // What is decided without a figure (x is not null) was meant to be.
        const bool lacking = input.state == indicator::State::kPartial ||
                             (input.state == indicator::State::kMissing && value == nullptr);
        if (lacking) {
            resolved.state = indicator::StateText(input);
            const auto* indicator = context_.source.model().FindIndicator(input.indicator);
            reasons.push_back(Sentence(
                input.state == indicator::State::kPartial ? "pending_partial" : "pending_no_data",
                {{"label", indicator->name.Both()}}
            ));
        }
    }
    for (const Words& setting : result.not_typed) {
        resolved.state = "missing";
        reasons.push_back(Sentence("pending_not_typed", {{"label", setting}}));
    }
    if (!reasons.empty()) {
        const std::string text = resolved.text;
        const Words list = Join(reasons, {"、", ", "});
        Hold(
            resolved,
            text,
            Sentence("pending_condition", {{"label", resolved.Label()}, {"reasons", list}})
        );
    }
    slots_.push_back(std::move(resolved));
    return holds;
}

}  // namespace zw::report
