// What a heading means: which columns add, which are parts of others, periods, the unit that a
// title line gives.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "sheet/column_parts.h"
#include "sheet/heading.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

std::optional<Period> LongPeriod(std::optional<Period> period) {
    return period && period->grain == Grain::kDay ? std::nullopt : period;
}

// 亩、万元 or 亩，万元 or 亩 万元 or 亩/吨/万元 at the head of `text`; what is no unit ends them.
std::vector<std::string> UnitsAtHead(const std::string& text, const Vocabulary& vocabulary) {
    std::vector<std::string> units;
    const std::string list =
        ReplaceAll(ReplaceAll(ReplaceAll(text, "、", " "), "和", " "), "。", " ");
    for (size_t begin = list.find_first_not_of(" ,;"); begin != std::string::npos;) {
        const size_t end = list.find_first_of(" ,;)\n", begin);
        const std::string word = list.substr(begin, end == std::string::npos ? end : end - begin);
        const std::vector<std::string> parts =
            IsUnit(word, vocabulary) ? std::vector{word} : Split(word, '/');
        if (!std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
                return IsUnit(part, vocabulary);
            })) {
            break;
        }
        units.insert(units.end(), parts.begin(), parts.end());
        const bool goes_on = end != std::string::npos && list[end] != ')' && list[end] != '\n';
        begin = goes_on ? list.find_first_not_of(" ,;", end) : std::string::npos;
    }
    return units;
}

// "单位：亩、座" → 亩, 座; but 填报单位：柳湾村 names an office.
std::vector<std::string> TitleUnits(const std::string& line, const Vocabulary& vocabulary) {
    const std::string half = ReplaceAll(ToHalfWidth(line), "　", " ");
    for (const std::string& label : vocabulary.unit_labels) {
        for (size_t at = half.find(label); at != std::string::npos; at = half.find(label, at + 1)) {
            const bool inside_word = at > 0 && (half[at - 1] & 0x80) != 0;
            const size_t colon = half.find_first_not_of(' ', at + label.size());
            if (inside_word || colon == std::string::npos || half[colon] != ':') {
                continue;
            }
            std::vector<std::string> units = UnitsAtHead(half.substr(colon + 1), vocabulary);
            if (!units.empty()) {
                return units;
            }
        }
    }
    return {};
}

bool IsRatioUnit(const std::string& unit, const Vocabulary& vocabulary) {
    if (unit.find('%') != std::string::npos) {
        return true;
    }
    const size_t slash = unit.find('/');
    return slash != std::string::npos && !(IsOneOf(unit.substr(0, slash), vocabulary.count_units) &&
                                           IsOneOf(unit.substr(slash + 1), vocabulary.count_units));
}

bool Adds(const Column& column, const Vocabulary& vocabulary) {
    if (IsRatioUnit(column.unit, vocabulary)) {
        return false;
    }
    return std::none_of(column.path.begin(), column.path.end(), [&](const std::string& tier) {
        std::string name = Normalise(tier);
        name = name.substr(0, name.find('('));
        return IsOneOf(name, vocabulary.serial_words) ||
               !EndingWord(name, vocabulary.not_adding_words).empty();
    });
}

std::optional<Period> ColumnPeriod(const Column& column, const std::optional<Period>& title) {
    for (const std::string& tier : column.path) {
        const std::string text = Normalise(tier);
        if (Length(text) > 10) {
            continue;
        }
        if (const auto period = LongPeriod(FindPeriod(text))) {
            return period;
        }
        const bool whole = EndsWith(text, "月") || EndsWith(text, "季度") || EndsWith(text, "月份");
        if (title && whole && Length(text) <= 5) {
            if (const auto period = LongPeriod(FindPeriod(text, title->last.year))) {
                return period;
            }
        }
    }
    return std::nullopt;
}

// What the cells of a column are, in the first rows.
struct Contents {
    int numbers = 0;
    int measured = 0;  // numbers with their unit or ¥: 298户
    int texts = 0;
};

bool IsMeasured(const Cell& cell, const Vocabulary& vocabulary) {
    // Without a digit it may still read as a zero (无), which stands among words too.
    if (cell.kind != CellKind::kText ||
        Normalise(cell.text).find_first_of("0123456789") == std::string::npos) {
        return false;
    }
    try {
        return ReadNumber(cell, vocabulary).has_value();
    } catch (const Problem&) {
        return false;
    }
}

Contents ContentsOf(
    const TableInfo& table,
    const Column& column,
    const std::vector<RowData>& rows,
    const Vocabulary& vocabulary
) {
    Contents out;
    const auto index = static_cast<size_t>(column.index - 1);
    for (const RowData& row : rows) {
        if (row.number <= table.heading_last || index >= row.cells.size() ||
            IsEmpty(row.cells[index], vocabulary)) {
            continue;
        }
        const Cell& cell = row.cells[index];
        (Addend(cell) ? out.numbers : IsMeasured(cell, vocabulary) ? out.measured : out.texts) += 1;
    }
    return out;
}

// The unit stands in brackets in the column's own heading, not in a row of units.
bool InBrackets(const Heading& heading, const Column& column, const Vocabulary& vocabulary) {
    return std::any_of(heading.tiers.begin(), heading.tiers.end(), [&](const auto& tier) {
        return std::any_of(tier.begin(), tier.end(), [&](const auto& cell) {
            return cell.first == column.index &&
                   SplitHeadingUnit(cell.second, vocabulary).unit == column.unit;
        });
    });
}

// Columns of words do not add and have no unit. 企业（户） may name one kind or the other: brackets
// that count are a unit only over numbers, or beside other columns that count the same.
// What measures (亩) is held on to while there is any number: to lose it would change what is read.
void FindTextColumns(
    TableInfo& table,
    const Heading& heading,
    const std::vector<RowData>& rows,
    const Vocabulary& vocabulary
) {
    std::vector<Contents> contents;
    std::vector<std::string> counted;  // units that stand over numbers
    for (const Column& column : table.columns) {
        contents.push_back(ContentsOf(table, column, rows, vocabulary));
        if (contents.back().numbers + contents.back().measured > contents.back().texts) {
            counted.push_back(column.unit);
        }
    }
    for (size_t i = 0; i < table.columns.size(); ++i) {
        Column& column = table.columns[i];
        const auto& [numbers, measured, texts] = contents[i];
        const bool counts = IsOneOf(column.unit, vocabulary.count_units);
        const bool empty = numbers + measured + texts == 0;
        const bool words =
            texts > 0 && (numbers + measured == 0 || (counts && texts > numbers + measured));
        const bool bare = empty && counts && !IsOneOf(column.unit, counted) &&
                          InBrackets(heading, column, vocabulary);
        if (words || bare) {
            column.unit.clear();
        }
        column.adds = column.adds && !words && (numbers > 0 || empty || !column.unit.empty());
    }
}

// A single unit of the title line belongs to every column of numbers that adds and has none of its
// own.
void GiveTitleUnit(
    TableInfo& table, const std::vector<RowData>& rows, const Vocabulary& vocabulary
) {
    if (table.title_units.size() != 1) {
        return;
    }
    for (Column& column : table.columns) {
        int numbers = 0;
        int others = 0;
        for (const RowData& row : rows) {
            const auto index = static_cast<size_t>(column.index - 1);
            if (row.number <= table.heading_last || index >= row.cells.size() ||
                IsEmpty(row.cells[index], vocabulary)) {
                continue;
            }
            const bool number =
                Addend(row.cells[index]).has_value() && row.cells[index].text.size() < 11;
            (number ? numbers : others) += 1;
        }
        if (column.unit.empty() && column.adds && numbers > others) {
            column.unit = table.title_unit;
        }
    }
}

void ReadTitles(
    TableInfo& table, const std::vector<std::string>& titles, const Vocabulary& vocabulary
) {
    for (const std::string& title : titles) {
        if (!table.title_period) {
            table.title_period = LongPeriod(FindPeriod(WithoutFilledDates(title, vocabulary)));
        }
        if (table.title_units.empty()) {
            table.title_units = TitleUnits(title, vocabulary);
        }
    }
}

// What the title of the sheet's first table says of one below it, whose own says nothing of it.
void ReadAbove(TableInfo& table, const Vocabulary& vocabulary) {
    const bool dated =
        std::any_of(table.titles.begin(), table.titles.end(), [&](const std::string& title) {
            return WithoutFilledDates(title, vocabulary).find("年") != std::string::npos;
        });
    const std::vector<std::string> own_units = table.title_units;
    const std::optional<Period> own_period = table.title_period;
    ReadTitles(table, table.above, vocabulary);
    if (dated) {
        table.title_period = own_period;
    }
    if (!table.repeats) {
        table.title_units = own_units;
    }
}

void CountSameNames(std::vector<Column>& columns) {
    std::map<std::string, int> seen;
    for (Column& column : columns) {
        if (!column.name.empty()) {
            column.nth = ++seen[Normalise(column.name)];
        }
    }
}

}  // namespace

TableInfo DescribeTable(
    const Heading& heading,
    const std::vector<RowData>& rows,
    const SheetInfo& info,
    const Vocabulary& vocabulary,
    const TableInfo* above
) {
    TableInfo table;
    table.heading_first = heading.first;
    table.heading_last = heading.last;
    table.columns = heading.columns;
    if (above != nullptr) {
        table.below = true;
        table.repeats = heading.repeats;
        table.above = above->below ? above->above : above->titles;
    }
    for (const RowData& row : rows) {
        for (const Cell& cell : row.cells) {
            if (row.number < heading.first && !IsEmpty(cell, vocabulary)) {
                table.titles.push_back(Trim(cell.text));
            }
        }
    }
    ReadTitles(table, table.titles, vocabulary);
    ReadAbove(table, vocabulary);
    table.title_unit = Join(table.title_units, "、");
    table.sheet_period = LongPeriod(FindPeriod(info.name));
    if (!table.sheet_period && table.title_period) {
        table.sheet_period = LongPeriod(FindPeriod(info.name, table.title_period->last.year));
    }
    for (Column& column : table.columns) {
        column.adds = Adds(column, vocabulary);
        column.hidden =
            std::find(info.hidden_columns.begin(), info.hidden_columns.end(), column.index) !=
            info.hidden_columns.end();
        column.period = ColumnPeriod(column, table.title_period);
    }
    CountSameNames(table.columns);
    FindTextColumns(table, heading, rows, vocabulary);
    LinkParts(table.columns, vocabulary);
    GiveTitleUnit(table, rows, vocabulary);
    return table;
}

}  // namespace zw::sheet
