#pragma once
// Rows of a statistics form that are known by their numbers where their words are missing: 增减 and
// 增减% between the lines of this year and the year before, and this year's line printed again
// under the rows (横向合计).

#include <optional>
#include <vector>

#include "sheet/table.h"

namespace zw::sheet {

class ComparisonRows {
public:
    explicit ComparisonRows(const TableInfo& table);

    // What the row is, where at least three of its numbers say so and none speaks against it:
    // kComparison right below the two years' lines, kTotal below rows of data. Absent: the numbers
    // say nothing.
    std::optional<RowKind> Judge(const TableRow& row) const;
    // Each row that was judged, with the kind that it has; `current`: it prints this year's own
    // sum.
    void Take(const TableRow& row, RowKind kind, bool current);

private:
    using Numbers = std::vector<std::optional<double>>;  // as columns_
    Numbers Read(const TableRow& row) const;

    std::vector<int> columns_;  // that add
    Numbers current_;
    Numbers before_;
    bool data_ = false;  // a row of data was seen
};

}  // namespace zw::sheet
