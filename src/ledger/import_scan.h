#pragma once
// A first look through a sheet: its tables, what each column holds, a few samples. Memory does not
// grow with the rows.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sheet/grid.h"
#include "sheet/table.h"

namespace zw::ledger {

struct ColumnStats {
    int64_t filled = 0;                // cells that hold something
    int64_t numbers = 0;               // of those, numbers (typed or as text)
    std::vector<sheet::Cell> samples;  // the first ones that hold something
    std::vector<int> ambiguous_rows;   // number cells such as 2023.1, the first ones
    bool counts_up = true;             // 1 2 3 …: a serial number
    bool begins = false;               // the first row holds something
    int64_t repeats = 0;               // own cells that say the same as the one in the row above
    std::string above;                 // the own cell of the last row, while the sheet is read
};

// What stands alone in a row between others: a village's name over its rows (红星村), or a note.
// Absent: several cells.
std::optional<std::string> LoneText(
    const sheet::TableRow& row, const sheet::Vocabulary& vocabulary
);

struct TableScan {
    sheet::TableInfo info;
    std::vector<std::string> lone;     // LoneText of the first such rows
    int64_t rows = 0;                  // data rows
    std::vector<ColumnStats> columns;  // as info.columns
};

std::vector<TableScan> ScanSheet(
    sheet::Workbook& workbook, int sheet, const sheet::Vocabulary& vocabulary
);

}  // namespace zw::ledger
