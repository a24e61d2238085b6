#pragma once
// Tables that stand beside each other under one row of headings: a list folded into two columns of
// a page, two villages or two years side by side.

#include <optional>
#include <vector>

#include "sheet/heading.h"
#include "sheet/table.h"

namespace zw::sheet {

// One of them: its columns, the rows that it may take, its heading.
struct Side {
    int first_column = 0;
    int last_column = 0;
    int first_row = 0;  // of its titles
    int last_row = 0;   // of its data; 0: to the end of the sheet
    Heading heading;
    std::optional<TableInfo> above;  // the table that stands above it on the sheet
};

// The tables that `heading` is of; empty when it is of one. `rows`: its titles, itself, the first
// rows under it.
std::vector<Side> SideBySide(const Heading& heading, const std::vector<RowData>& rows);

// What belongs to `side` of a row: the cells of its columns. A title in its columns only when there
// is one over the others too; else it is of all.
RowData OfSide(const RowData& row, const Side& side);
std::vector<Merge> OfSide(const std::vector<Merge>& merges, const Side& side);

}  // namespace zw::sheet
