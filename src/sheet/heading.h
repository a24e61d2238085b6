#pragma once
// Finds the heading of a table among the rows at a sheet's beginning: which rows it takes, what
// each column is called.

#include <optional>
#include <string>
#include <vector>

#include "sheet/table.h"

namespace zw::sheet {

// A heading's cell in two: its name without spaces, and its unit ("" none): "种植规模（亩）",
// "苹果/亩", "产量(吨)".
struct NameAndUnit {
    std::string name;
    std::string unit;
};
NameAndUnit SplitHeadingUnit(const std::string& text, const Vocabulary& vocabulary);

struct Heading {
    int first = 0;
    int last = 0;
    std::vector<Column> columns;  // path, name, unit, code; the rest is set by DescribeTable
    std::vector<std::vector<std::pair<int, std::string>>>
        tiers;             // per heading row its cells: column, normalised text
    bool repeats = false;  // the table above has it too
};

// `rows`: the first rows of the sheet, or those from where another table may begin. With
// `only_first` the heading must begin at the first of them that could be one.
std::optional<Heading> FindHeading(
    const std::vector<RowData>& rows,
    const SheetInfo& info,
    const Vocabulary& vocabulary,
    bool only_first = false
);

// Everything else about a table whose heading is known; `rows` as above. `above`: the table that
// stands above it on the sheet, nullptr for the first.
TableInfo DescribeTable(
    const Heading& heading,
    const std::vector<RowData>& rows,
    const SheetInfo& info,
    const Vocabulary& vocabulary,
    const TableInfo* above = nullptr
);

// Normalised texts of the non-empty cells of a row, by column.
std::vector<std::pair<int, std::string>> RowTexts(const RowData& row, const Vocabulary& vocabulary);

}  // namespace zw::sheet
