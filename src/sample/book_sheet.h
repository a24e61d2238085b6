#pragma once
// One sheet of a workbook: rows laid out with title, heading, totals and notes, faults put in, what
// must be said of them noted.

#include <vector>

#include "sample/book_cells.h"
#include "sample/books.h"

namespace zw::sample {

struct NumberedRow {
    int64_t number = 0;  // in the generator's order, from 1
    MadeRow row;
};

struct SheetGrid {
    std::string name;
    std::vector<std::vector<sheet::WriteCell>> rows;
    std::vector<sheet::Merge> merges;
    std::set<int> hidden;  // rows, from 1
};

struct SheetTask {
    const definition::Model& model;
    const BookPlan& plan;
    const std::vector<BookColumn>& columns;
    const TownPlan& town;
    std::map<int64_t, const access::VillageSetup*> villages;  // by place id
    std::string name;
    std::string title;
    bool csv = false;
    StreamKey key;
};

// Adds the sheet's answers to `book`, the numbers of rows that must not be taken to `left_out`.
SheetGrid MakeSheet(
    const SheetTask& task,
    const std::vector<const NumberedRow*>& rows,
    Book& book,
    std::set<int64_t>& left_out
);

}  // namespace zw::sample
