#include "report/openings.h"

#include <functional>
#include <tuple>

#include "base/text.h"
#include "indicator/figure_text.h"

namespace zw::report {

namespace {

using document::Block;
using document::Span;
using document::Table;
using document::TextCell;
using indicator::Figure;

constexpr std::string_view kMark = "open_";

std::string ValueOf(const Figure& figure) {
    return figure.value ? indicator::ValueText(*figure.value) + figure.unit : "—";
}

// `name`: what tells one part from another.
Table PartsTable(
    const std::string& heading,
    const std::vector<Figure>& parts,
    const std::function<std::string(const Figure&)>& name
) {
    Table table;
    table.widths = {4, 4, 3, 2};
    table.rows.push_back(
        {TextCell(heading, false, true),
         TextCell("数值", true, true),
         TextCell("状态", false, true),
         TextCell("记录数", true, true)}
    );
    for (const Figure& part : parts) {
        table.rows.push_back(
            {TextCell(name(part)),
             TextCell(ValueOf(part), true),
             TextCell(indicator::StateWord(part)),
             TextCell(std::to_string(part.records), true)}
        );
    }
    return table;
}

}  // namespace

Openings::Openings(
    const ledger::Ledger& ledger,
    const indicator::Figures& figures,
    const access::Actor& actor,
    const Rendered& rendered
)
    : model_(ledger.model()),
      figures_(figures),
      actor_(actor),
      rendered_(rendered),
      places_(ledger.Places()) {
    std::map<std::tuple<std::string, int64_t, std::string>, std::string> first;
    for (const ResolvedSlot& slot : rendered.slots) {
        if (slot.kind == "figure" && model_.FindIndicator(slot.key) != nullptr &&
            places_.Find(slot.place) != nullptr && ParsePeriod(slot.period)) {
            const auto [found, fresh] =
                first.try_emplace({slot.key, slot.place, slot.period}, slot.id);
            section_of_[slot.id] = found->second;
        }
    }
}

std::string Openings::LinkOf(const std::string& slot) const {
    const auto found = section_of_.find(slot);
    return found == section_of_.end() ? "" : "#zw_" + std::string(kMark) + found->second;
}

void Openings::AddSection(const ResolvedSlot& slot, std::vector<Block>& blocks) const {
    indicator::FigureQuery query;
    query.indicator = slot.key;
    query.place = slot.place;
    query.period = *ParsePeriod(slot.period);
    if (rendered_.edition.sealed) {
        query.as_of_seq = rendered_.edition.head.seq;
    }
    const indicator::Breakdown breakdown = figures_.Explain(actor_, query);
    document::Paragraph title = document::TextParagraph(
        document::style::kTableTitle,
        slot.id + "　" + slot.place_name + ToChinese(query.period) +
            model_.FindIndicator(slot.key)->name.zh
    );
    title.spans[0].mark = std::string(kMark) + slot.id;
    blocks.emplace_back(std::move(title));
    document::Paragraph note = document::TextParagraph(
        document::style::kNote, "口径：" + breakdown.formula_in_words.zh + "。"
    );
    Span back;
    back.text = "回到正文";
    back.link = "#zw_" + slot.id;
    note.spans.push_back(std::move(back));
    blocks.emplace_back(std::move(note));
    if (!breakdown.inputs.empty()) {
        blocks.emplace_back(PartsTable("由以下指标算出", breakdown.inputs, [&](const Figure& one) {
            return model_.FindIndicator(one.indicator)->name.zh;
        }));
    }
    if (!breakdown.by_place.empty()) {
        blocks.emplace_back(PartsTable("分村", breakdown.by_place, [&](const Figure& one) {
            const access::Place* place = places_.Find(one.place);
            return place == nullptr ? "" : place->NameOn(query.period.last);
        }));
    }
    if (!breakdown.by_month.empty()) {
        blocks.emplace_back(PartsTable("分月", breakdown.by_month, [](const Figure& one) {
            return ToChinese(one.period);
        }));
    }
}

std::vector<Block> Openings::Blocks() const {
    std::vector<Block> blocks;
    for (const ResolvedSlot& slot : rendered_.slots) {
        const auto found = section_of_.find(slot.id);
        if (found == section_of_.end() || found->second != slot.id) {
            continue;
        }
        if (blocks.empty()) {
            document::Paragraph title =
                document::TextParagraph(document::style::kTableTitle, "附：数字分解");
            title.page_break_before = true;
            blocks.emplace_back(std::move(title));
        }
        AddSection(slot, blocks);
    }
    return blocks;
}

}  // namespace zw::report
