#pragma once
// The totals of one table as it is written: of all rows, of a run of rows, of each value of a
// column; some of them wrong, by seed.

#include <map>
#include <string>
#include <vector>

#include "sample/book_table.h"

namespace zw::sample {

class BookTotals {
public:
    // All outlive it.
    BookTotals(const TableTask& task, Book& book, BookSheet& said, SheetGrid& grid);

    // Whether any column has a total.
    bool any() const { return !adding_.empty(); }
    // A row of data that has just been added as the last of the grid. `value`: of the column that
    // each of whose values gets a total.
    void Count(const std::string& value);
    // The rows since the last subtotal: a row under them.
    void AddSubtotal(const std::string& group);
    // Room for the total above the rows, filled by Finish.
    void Reserve();
    // What stands under the rows, and the reserved one.
    void Finish();

private:
    using Sums = std::vector<Decimal>;
    void AddTo(Sums& sums, const std::vector<sheet::WriteCell>& cells) const;
    std::vector<sheet::WriteCell> RowOf(
        const std::string& label, const Sums& sums, int row, std::pair<int, int> range
    );
    void Spoil(
        std::vector<sheet::WriteCell>& cells, const Sums& sums, int row, const StreamKey& key
    );
    void Put(const std::string& label, const Sums& sums, int row, std::pair<int, int> range);
    std::string Word(const char* name) const;

    const TableTask& task_;
    Book& book_;
    BookSheet& said_;
    SheetGrid& grid_;
    std::vector<size_t> adding_;
    size_t label_ = 0;  // column of the label
    Sums all_;
    Sums run_;
    std::vector<std::pair<std::string, Sums>> by_value_;  // in the order met
    int first_ = 0;                                       // row of data
    int last_ = 0;
    int run_first_ = 0;
    int reserved_ = 0;
};

}  // namespace zw::sample
