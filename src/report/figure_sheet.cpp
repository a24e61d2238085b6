#include "report/figure_sheet.h"

#include <algorithm>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "document/docx_template.h"
#include "document/official_layout.h"
#include "indicator/figure_text.h"

namespace zw::report {

namespace {

using document::Block;
using document::Cell;
using document::Table;
using document::TextCell;
using document::TextParagraph;
using indicator::Figure;
using indicator::StateWord;
using indicator::ValueText;

constexpr int kVillageScanPage = 500;
constexpr size_t kLargestChanges = 3;

std::string ValueOf(const Figure& figure) {
    return figure.value ? ValueText(*figure.value) : "—";
}

struct Village {
    std::string name;
    Figure figure;
    indicator::Comparison change;
};

class Sheet {
public:
    Sheet(
        const ledger::Ledger& ledger,
        const indicator::Figures& figures,
        const access::Actor& actor,
        const indicator::FigureQuery& query
    )
        : ledger_(ledger),
          figures_(figures),
          actor_(actor),
          query_(query),
          places_(ledger.Places()) {}

    std::vector<Block> Blocks();
    std::string Title() const { return ToChinese(query_.period) + Indicator().name.zh; }

private:
    const definition::Indicator& Indicator() const;
    std::string NameOf(int64_t place) const;
    std::vector<Village> Villages() const;
    void Facts(std::vector<Block>& blocks) const;
    void VillageTable(const std::vector<Village>& villages, std::vector<Block>& blocks) const;
    void Changes(std::vector<Village> villages, std::vector<Block>& blocks) const;
    void LastEntry(std::vector<Block>& blocks) const;

    const ledger::Ledger& ledger_;
    const indicator::Figures& figures_;
    const access::Actor& actor_;
    const indicator::FigureQuery& query_;
    const access::PlaceTree places_;
};

const definition::Indicator& Sheet::Indicator() const {
    const definition::Indicator* indicator = ledger_.model().FindIndicator(query_.indicator);
    if (indicator == nullptr) {
        throw NotFound(Thing::kIndicator, query_.indicator);
    }
    return *indicator;
}

std::string Sheet::NameOf(int64_t place) const {
    const access::Place* found = places_.Find(place);
    return found != nullptr ? found->NameOn(query_.period.last) : "";
}

std::vector<Village> Sheet::Villages() const {
    std::vector<Village> villages;
    if (query_.place != places_.town().id) {
        return villages;
    }
    for (const Figure& figure : figures_.ByVillage(actor_, query_)) {
        indicator::FigureQuery one = query_;
        one.place = figure.place;
        villages.push_back(
            {NameOf(figure.place),
             figure,
             figures_.CompareWith(actor_, one, indicator::Compare::kYearOnYear)}
        );
    }
    return villages;
}

void Sheet::Facts(std::vector<Block>& blocks) const {
    const auto [figure, change, target] =
        figures_.GetInContext(actor_, query_, indicator::Compare::kYearOnYear);
    const auto line = [&](const std::string& name, const std::string& text) {
        if (!text.empty()) {
            blocks.push_back(TextParagraph(document::style::kBody, name + "：" + text));
        }
    };
    const std::string state = StateWord(figure);
    line(
        "数值",
        NameOf(query_.place) + " " + ValueOf(figure) + figure.unit +
            (state.empty() ? "" : "（" + state + "）")
    );
    line("指标定义", Indicator().help.zh);
    line("算法", figures_.Explain(actor_, query_).formula_in_words.zh);
    if (change.difference) {
        line(
            "同比",
            "上年" + ValueOf(*change.base) + figure.unit + "，增减" +
                ValueText(*change.difference) + figure.unit +
                (change.percent ? "（" + ToText(*change.percent) + "%）" : "")
        );
    }
    if (!change.uneven.empty()) {
        line("同比", "有村没有报齐，不比");
    }
    if (target) {
        line(
            "目标",
            ValueText(target->value) + figure.unit +
                (target->due ? "，" + ToText(*target->due) + "前" : "")
        );
    }
    line("依据", figure.basis);
    if (figure.computed) {
        line("按记录计算", ValueText(*figure.computed) + figure.unit);
    }
    std::vector<std::string> missing;
    for (const int64_t place : figure.missing) {
        missing.push_back(NameOf(place));
    }
    line("缺报", Join(missing, "、"));
    line("存疑", Join(figure.doubts, {"；", "; "}).zh);
    line("记录", std::to_string(figure.records) + "条");
}

// Two villages a row, so that a township fits one page.
void Sheet::VillageTable(const std::vector<Village>& villages, std::vector<Block>& blocks) const {
    if (villages.empty()) {
        return;
    }
    blocks.push_back(TextParagraph(document::style::kTableTitle, "分村"));
    Table table;
    table.widths = {3, 3, 2, 3, 3, 2};
    std::vector<Cell> heading;
    for (int half = 0; half < 2; ++half) {
        heading.push_back(TextCell("村", false, true));
        heading.push_back(TextCell(Indicator().unit_text, true, true));
        heading.push_back(TextCell("同比", true, true));
    }
    table.rows.push_back(std::move(heading));
    const size_t rows = (villages.size() + 1) / 2;
    for (size_t row = 0; row < rows; ++row) {
        std::vector<Cell> cells;
        for (const size_t at : {row, row + rows}) {
            const Village* village = at < villages.size() ? &villages[at] : nullptr;
            const bool rate = village != nullptr && village->change.percent;
            cells.push_back(TextCell(village != nullptr ? village->name : ""));
            cells.push_back(TextCell(village != nullptr ? ValueOf(village->figure) : "", true));
            cells.push_back(TextCell(rate ? ToText(*village->change.percent) + "%" : "", true));
        }
        table.rows.push_back(std::move(cells));
    }
    blocks.push_back(std::move(table));
}

void Sheet::Changes(std::vector<Village> villages, std::vector<Block>& blocks) const {
    const auto size = [](const Village& village) {
        const Decimal& difference = *village.change.difference;
        return difference.units < 0 ? Decimal{-difference.units, difference.scale} : difference;
    };
    villages.erase(
        std::remove_if(
            villages.begin(),
            villages.end(),
            [](const Village& village) {
                return !village.change.difference || village.change.difference->units == 0;
            }
        ),
        villages.end()
    );
    std::stable_sort(villages.begin(), villages.end(), [&](const Village& a, const Village& b) {
        return Compare(size(a), size(b)) > 0;
    });
    std::vector<std::string> parts;
    for (size_t i = 0; i < std::min(kLargestChanges, villages.size()); ++i) {
        const Decimal& difference = *villages[i].change.difference;
        parts.push_back(
            villages[i].name + (difference.units > 0 ? "增" : "减") + ValueText(size(villages[i])) +
            Indicator().unit_text
        );
    }
    if (!parts.empty()) {
        blocks.push_back(TextParagraph(document::style::kBody, "变化最大：" + Join(parts, "，")));
    }
}

void Sheet::LastEntry(std::vector<Block>& blocks) const {
    int64_t after = 0;
    indicator::FigureRow last;
    while (true) {
        const auto page = figures_.Records(actor_, query_, kVillageScanPage, after);
        for (const indicator::FigureRow& row : page) {
            if (row.at_millis > last.at_millis) {
                last = row;
            }
        }
        if (static_cast<int>(page.size()) < kVillageScanPage) {
            break;
        }
        after = page.back().row.id;
    }
    if (last.at_millis > 0) {
        blocks.push_back(TextParagraph(
            document::style::kBody,
            "最近录入：" + TimeToText(last.at_millis).substr(0, 10) + "，" + last.by + "，" +
                last.title +
                (last.source.empty() ? "" : "（" + ReplaceAll(last.source, "|", " · ") + "）")
        ));
    }
}

std::vector<Block> Sheet::Blocks() {
    std::vector<Block> blocks;
    Facts(blocks);
    const std::vector<Village> villages = Villages();
    Changes(villages, blocks);
    LastEntry(blocks);
    VillageTable(villages, blocks);
    return blocks;
}

}  // namespace

std::string FigureSheet(
    const ledger::Ledger& ledger,
    const indicator::Figures& figures,
    const access::Actor& actor,
    const indicator::FigureQuery& query
) {
    Sheet sheet(ledger, figures, actor, query);
    const std::string title = sheet.Title();
    const std::vector<Block> blocks = sheet.Blocks();
    const std::string layout = document::MakeOfficialTemplate(
        {{document::style::kTitle, "{{title}}"}, {document::style::kBody, "{{body}}"}}, "{{title}}"
    );
    document::DocxTemplate form(document::Package::Read(layout, "figure.docx"));
    document::Filling filling;
    filling.value = [&](std::string_view name) -> std::optional<document::Content> {
        if (name == "title") {
            document::Span span;
            span.text = title;
            return std::vector<document::Span>{span};
        }
        return name == "body" ? std::optional<document::Content>(blocks) : std::nullopt;
    };
    form.Fill(filling);
    return form.Bytes();
}

}  // namespace zw::report
