#pragma once
// Cells and ranges of a sheet as a spreadsheet writes them: B7, B7:D9. Rows and columns from 1.

#include <optional>
#include <string>
#include <string_view>

namespace zw::document {

constexpr int kMaxRows = 1'048'576;  // of an .xlsx
constexpr int kMaxColumns = 16'384;

struct CellRef {
    int row = 1;
    int column = 1;

    auto operator<=>(const CellRef&) const = default;  // by row, then by column
};

struct CellRange {
    CellRef first;
    CellRef last;

    bool Has(const CellRef& cell) const {
        return cell.row >= first.row && cell.row <= last.row && cell.column >= first.column &&
               cell.column <= last.column;
    }
};

// "B7", "$B$7", "b7"; absent when it is none.
std::optional<CellRef> ParseCell(std::string_view text);
// "B7:D9"; one cell is a range of itself. Absent when it is none or ends before it begins.
std::optional<CellRange> ParseRange(std::string_view text);
std::string CellName(const CellRef& cell);

}  // namespace zw::document
