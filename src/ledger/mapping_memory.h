#pragma once
// Mappings that a person gave or agreed to, kept per set of headings, so that the same form is not
// asked about again. Not records: they stand in no batch and no log. Functions without state; the
// connection's thread.

#include <optional>
#include <string>

#include "ledger/mapping.h"
#include "store/database.h"

namespace zw::ledger {

// Absent when nothing is remembered, or when the definitions no longer have what it names.
std::optional<SheetMapping> RecallMapping(
    store::Connection& connection,
    int64_t town,
    const std::string& digest,
    const definition::Model& model
);
// Names of sheets and fixed periods or places are not remembered: they belong to one file.
void RememberMapping(
    store::Connection& connection,
    int64_t town,
    const std::string& digest,
    const SheetMapping& mapping,
    int64_t now_millis
);

}  // namespace zw::ledger
