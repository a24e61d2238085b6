#pragma once
// One table of a workbook: lines laid out with title, heading, totals and notes, faults put in, and
// what must be said of them noted.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sample/book_layout.h"
#include "sample/books.h"
#include "sheet/writer.h"

namespace zw::sample {

struct SheetGrid {
    std::string name;
    std::vector<std::vector<sheet::WriteCell>> rows;
    std::vector<sheet::Merge> merges;
    std::set<int> hidden;             // rows, from 1
    std::vector<int> hidden_columns;  // from 1
};

struct TableTask {
    const Plan& plan;
    const BookPlan& book;
    const BookLayout& layout;
    const TownPlan& town;
    const std::map<int64_t, const access::VillageSetup*>& villages;  // by place id
    std::string sheet;                                               // name
    std::string title;
    bool csv = false;
    StreamKey key;
};

// Adds the table under what `grid` holds, its answers to `book`, the numbers of rows that must not
// be taken to `left_out`. Lines that get one subtotal or stand merged must stand together.
void WriteTable(
    const TableTask& task,
    const std::vector<BookLine>& lines,
    SheetGrid& grid,
    Book& book,
    std::set<int64_t>& left_out
);

}  // namespace zw::sample
