#pragma once
// How many live rows make a place's return of a period (returned_rows): every write keeps it
// (WriteSession). When definitions say otherwise what makes a return, it is counted anew.

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/date.h"
#include "ledger/import_cell.h"
#include "ledger/schema.h"
#include "store/database.h"

namespace zw::ledger {

// What a row says about its place's return: absent when its type is not reported, it is a draft, or
// no period or no value that counts is filled in. Second: whether any such value is not zero.
std::optional<std::pair<Period, bool>> ReturnOf(
    const definition::RecordType& type, const Record& row
);

struct ReturnRow {
    int64_t place = 0;
    int64_t seq = 0;  // of the log, since when the row says so
    Period period;
    bool not_zero = false;
};
// The rows that made returns as of a moment of the log, from the versions themselves. Of a secret
// field it only matters whether there is a value.
void ForEachReturn(
    store::Connection& connection,
    int64_t town,
    const Table& table,
    int64_t seq,
    const std::function<void(const ReturnRow&)>& each
);

// Inside the transaction that opens a town: types whose kept counts were made by another
// definition, or by a program that did not say by which, are counted anew from their rows.
void BringReturnCounts(store::Connection& connection, int64_t town, const Schema& schema);

// A finding (return_counts_differ) for each kept count that is not that of the rows.
std::vector<Finding> FindReturnDifferences(
    store::Connection& connection, int64_t town, const Schema& schema
);

}  // namespace zw::ledger
