#include <fmt/format.h>

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "report/check.h"
#include "report/compare_document.h"
#include "report/reports_impl.h"
#include "report/take_over.h"

namespace zw::report {

namespace {

// What a person typed must be right before it is kept.
void RequireSound(const definition::Model& model, const std::string& text) {
    const auto findings = CheckParagraph(model, text);
    if (!findings.empty()) {
        std::vector<Words> lines;
        lines.reserve(findings.size());
        for (const auto& finding : findings) {
            lines.push_back(CatalogueWords(
                "said_at_column",
                {{"column", finding.column},
                 {"what", finding.message},
                 {"what_en", finding.message_en}}
            ));
        }
        const Words list = Join(lines, {"\n", "\n"});
        throw Problem("refused", {{"list", list.zh}, {"list_en", list.en}});
    }
}

std::vector<MarkedParagraph> Returned(
    const std::vector<MarkedParagraph>& was,
    const Rendered& rendered,
    std::string_view docx,
    std::string_view name
) {
    auto now = MarkedOf(document::ReadDocx(docx, name), rendered.slots);
    RestoreMarks(was, now);
    return now;
}

}  // namespace

Comparison Reports::Compare(
    const access::Actor& actor, int64_t edition, std::string_view docx, std::string_view name
) const {
    const Rendered rendered = Render(actor, edition);
    const auto was = MarkedOf(rendered);
    Comparison comparison;
    comparison.edition = rendered.edition;
    CompareTexts(rendered, was, Returned(was, rendered, docx, name), comparison);
    return comparison;
}

Comparison Reports::Changes(const access::Actor& actor, int64_t edition, int64_t since) const {
    const Rendered before = Render(actor, since);
    const Rendered now = Render(actor, edition);
    Comparison comparison;
    comparison.edition = now.edition;
    CompareTexts(before, MarkedOf(before), MarkedOf(now), comparison);
    for (auto* changes : {&comparison.figures, &comparison.rewritten}) {
        for (FigureChange& change : *changes) {
            // A sealed one has its labels in Chinese alone.
            const ResolvedSlot* slot = now.Find(change.slot);
            change.label = slot == nullptr ? change.label : slot->Label();
        }
    }
    return comparison;
}

int Reports::TakeOver(
    const access::Actor& actor,
    int64_t edition,
    std::string_view docx,
    std::string_view name,
    const TakeOverChoice& choice
) {
    access::Actor::Require(actor.rights.report, {"编写报告", "writing the report"});
    RequireOpen(impl_->Load(edition));
    const auto paragraphs = Paragraphs(edition);
    const Rendered rendered = Render(actor, edition);
    const auto was = MarkedOf(rendered);
    const auto returned = Returned(was, rendered, docx, name);
    std::optional<ChosenChanges> chosen;
    if (!choice.all) {
        chosen = WithChosen(was, returned, choice.places);
    }
    TakenOver taken = TakeOverTexts(
        rendered, paragraphs, was, chosen ? chosen->now : returned, chosen ? &*chosen : nullptr
    );
    if (taken.changed == 0) {
        return 0;
    }
    for (const auto& paragraph : taken.paragraphs) {
        RequireSound(impl_->model(), paragraph.text);
    }
    impl_->WriteParagraphs(
        actor,
        edition,
        fmt::format("报告第{}版采纳退回文稿“{}”的文字", edition, name),
        paragraphs,
        taken.paragraphs
    );
    return taken.changed;
}

EditionParagraph Reports::Edit(
    const access::Actor& actor,
    int64_t edition,
    int64_t paragraph,
    int64_t version,
    const std::string& text
) {
    RequireSound(impl_->model(), text);
    const std::string with_ids = impl_->WithIds(edition, text);
    return impl_->ChangeParagraph(actor, edition, paragraph, version, [&](EditionParagraph& one) {
        one.text = with_ids;
    });
}

EditionParagraph Reports::Add(
    const access::Actor& actor,
    int64_t edition,
    const NewParagraph& paragraph,
    const store::Along& along
) {
    RequireSound(impl_->model(), paragraph.text);
    const auto seen = Paragraphs(edition);
    EditionParagraph added;
    added.chapter = paragraph.chapter;
    added.style = paragraph.style;
    added.text = impl_->WithIds(edition, paragraph.text);
    added.passage = "typed";
    auto wanted = seen;
    const auto at =
        static_cast<std::ptrdiff_t>(IndexAfter(seen, paragraph.chapter, paragraph.after));
    wanted.insert(wanted.begin() + at, std::move(added));
    const auto keep = [&](store::Connection& connection,
                          const std::vector<EditionParagraph>& written) {
        if (along) {
            along(connection, written[static_cast<size_t>(at)].id);
        }
    };
    const std::string why = fmt::format("报告第{}版增加一段", edition);
    return impl_->WriteParagraphs(actor, edition, why, seen, wanted, keep)[static_cast<size_t>(at)];
}

void Reports::Remove(
    const access::Actor& actor, int64_t edition, int64_t paragraph, int64_t version
) {
    impl_->ChangeParagraph(actor, edition, paragraph, version, [](EditionParagraph& one) {
        one.deleted = true;
    });
}

}  // namespace zw::report
