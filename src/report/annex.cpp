#include "report/annex.h"

#include <map>

#include "base/date.h"
#include "base/minute_text.h"
#include "base/text.h"

namespace zw::report {

namespace {

using document::Block;
using document::Cell;
using document::TextCell;

// A narrow column holds a few names; the page and `zhenwu figure` tell all.
std::string NamesOf(const std::vector<std::string>& names) {
    constexpr size_t kAll = 6;
    constexpr size_t kSome = 3;
    if (names.size() <= kAll) {
        return Join(names, "、");
    }
    const std::vector<std::string> some(names.begin(), names.begin() + kSome);
    return Join(some, "、") + "等" + std::to_string(names.size()) + "个单位";
}

// What a reader must know of the figure beyond its value.
std::string Remarks(const ResolvedSlot& slot) {
    std::vector<std::string> remarks;
    if (!slot.basis.empty()) {
        const bool entered = slot.state == "adopted";
        remarks.push_back((entered ? "据" : "依据：") + slot.basis + (entered ? "核定" : ""));
    }
    if (slot.state == "forecast") {
        remarks.emplace_back("预计数");
    }
    if (!slot.computed.empty()) {
        remarks.push_back("台账计算值" + slot.computed);
    }
    if (!slot.missing.empty()) {
        remarks.push_back("缺报：" + NamesOf(slot.missing));
    }
    if (!slot.pending.empty() && slot.missing.empty()) {
        remarks.push_back("待办：" + slot.pending);
    }
    if (!slot.waiver.empty()) {
        remarks.push_back("特批：" + slot.waiver);
    }
    if (!slot.note.empty()) {
        remarks.push_back(slot.note);
    }
    return Join(remarks, "；");
}

// A comparison by its words (较年初增加71座): the figure itself stands in its own row.
std::string ValueOf(const ResolvedSlot& slot) {
    if (slot.kind == "condition" || !slot.compare.empty()) {
        return slot.text;
    }
    return slot.value.empty() ? "—" : slot.value + slot.unit;
}

std::string FormulaOf(const ResolvedSlot& slot, const std::string& told_at) {
    if (slot.kind == "condition") {
        return "条件";
    }
    return told_at.empty() ? slot.formula : "同" + told_at;
}

// `told_at`: the slot whose row has told the formula already, empty: none.
std::vector<Cell> Row(
    const ResolvedSlot& slot, const std::string& told_at, const LinkOfSlot& link_of
) {
    std::vector<Cell> row;
    Cell id = TextCell(slot.id);
    id.spans[0].mark = "annex_" + slot.id;
    id.spans[0].link = link_of ? link_of(slot.id) : "";
    row.push_back(std::move(id));
    row.push_back(TextCell(slot.label + (slot.compare.empty() ? "" : "（" + slot.compare + "）")));
    row.push_back(TextCell(ValueOf(slot), true));
    const auto period = ParsePeriod(slot.period);
    row.push_back(TextCell(period ? ToChinese(*period) : slot.period));
    row.push_back(TextCell(FormulaOf(slot, told_at)));
    row.push_back(TextCell(std::to_string(slot.records), true));
    row.push_back(TextCell(Remarks(slot)));
    return row;
}

Block Note(std::string text) {
    return document::TextParagraph(document::style::kNote, std::move(text));
}

}  // namespace

std::vector<Block> Annex(const Rendered& rendered, const LinkOfSlot& link_of) {
    const EditionInfo& edition = rendered.edition;
    std::vector<Block> blocks;
    document::Paragraph title = document::TextParagraph(document::style::kTableTitle, kAnnexTitle);
    title.page_break_before = true;
    blocks.emplace_back(std::move(title));
    blocks.push_back(Note(
        "第" + std::to_string(edition.number) + "版（" + (edition.sealed ? "定稿" : "草稿") +
        "），报告期" + ToChinese(edition.period) + "，口径版本" +
        edition.definitions.substr(0, 16) + "。"
    ));
    document::Table table;
    constexpr int kWidths[] = {8, 15, 16, 11, 23, 7, 20};
    table.widths.assign(std::begin(kWidths), std::end(kWidths));
    std::vector<Cell> heading;
    for (const char* name : {"位号", "指标", "数值", "时期", "口径", "记录数", "说明"}) {
        heading.push_back(TextCell(name, false, true));
    }
    table.rows.push_back(std::move(heading));
    std::map<std::string, std::string> told;  // formula → the slot that tells it
    for (const auto& slot : rendered.slots) {
        constexpr size_t kShort = 40;  // bytes that are sooner told again than looked up
        if (slot.kind == "figure" && slot.formula.size() > kShort) {
            const auto [first, fresh] = told.try_emplace(slot.formula, slot.id);
            table.rows.push_back(Row(slot, fresh ? "" : first->second, link_of));
        } else if (slot.kind == "figure" || slot.kind == "condition") {
            table.rows.push_back(Row(slot, "", link_of));
        }
    }
    blocks.emplace_back(std::move(table));
    if (edition.sealed) {
        blocks.push_back(
            Note("定稿：" + edition.sealed_by + "，" + MinuteText(edition.sealed_millis) + "。")
        );
        blocks.push_back(Note("摘要（SM3）：" + edition.digest));
        blocks.push_back(
            Note("日志第" + std::to_string(edition.head.seq) + "条：" + edition.head.mac)
        );
    }
    return blocks;
}

std::vector<Block> Body(const Rendered& rendered) {
    std::vector<Block> blocks;
    for (const auto& paragraph : rendered.paragraphs) {
        blocks.emplace_back(paragraph.content);
    }
    return blocks;
}

}  // namespace zw::report
