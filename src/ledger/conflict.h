#pragma once
// A row that somebody else has changed meanwhile: who, and both values of each field.

#include <string>

#include "access/place.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"

namespace zw::ledger {

// Who wrote the row's standing version.
std::string LastWriter(
    store::Connection& connection, const Table& table, int64_t town, const Record& row
);
// One line a field of `values`: what stands and what was asked for, masked unless the actor sees
// it.
std::string ConflictList(
    const access::Actor& actor, const Table& table, const Record& now, const Values& values
);

// The same as a finding of a row.
Finding StaleFinding(
    store::Connection& connection,
    const access::Actor& actor,
    const Table& table,
    int64_t town,
    const Record& now,
    const Values& values
);

}  // namespace zw::ledger
