#pragma once
// Brings the tables of a town to a tree of definitions (storage.md "Tables"): new record types and
// fields, wider types, names changed with `was`, fields given up with `dropped`. What would lose or
// change data is refused, all of it, before anything is touched. A change of type, unit or secrecy
// of a field that no version has ever held a value of is free.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "audit/vouch.h"
#include "definition/model.h"
#include "store/database.h"

namespace zw::ledger {

struct Migration {
    std::vector<std::string> steps;  // what was done, in Chinese, one line each
    std::vector<std::string>
        recompute;  // record types with a computed field that is new or whose formula changed
};

// Tables of the ledger itself: numbers, trees of definitions, batches, returns.
void CreateLedgerTables(store::Connection& connection);

// Inside the caller's transaction. Throws "migration_refused" with every reason and the rows that
// would be hurt in details["list"]; then nothing was done.
Migration Migrate(store::Connection& connection, int64_t town, const definition::Model& model);

// Keeps a tree of definitions by its digest: layer/path → bytes; each file's content once. False,
// and nothing done, when it is known.
bool StoreDefinitions(
    store::Connection& connection,
    int64_t town,
    const std::string& digest,
    const std::map<std::string, std::string>& files,
    int64_t at_millis
);

// The texts and which tree has which, as the log vouches for them.
std::vector<audit::VouchedTable> VouchedDefinitions();

}  // namespace zw::ledger
