#pragma once
// Computed columns follow from the others: made anew when a formula changed, and looked at by the
// audit.

#include <vector>

#include "audit/verify.h"
#include "ledger/write_session.h"

namespace zw::ledger {

// Every version of every row, each with the rows it referred to as they stood then. Digests do not
// hold computed values, so no version is added.
void RecomputeAll(const LedgerCore& core, store::Connection& connection, const Table& table);
// A finding (computed_differs) for each computed field that is not what its formula gives: sheet
// is the record type's name, value the record's id.
std::vector<Finding> FindComputedDifferences(const LedgerCore& core, store::Connection& connection);

// What audit::Verify is told: typed fields by number, given up ones too, computed ones not.
std::vector<audit::VersionedTable> ListVersionedTables(
    store::Connection& connection, int64_t town, const Schema& schema
);

}  // namespace zw::ledger
