#pragma once
// What a query shows, as .xlsx or .csv: place, list and form columns under their names, one row a
// record, masked by the actor's rights (compliance.md §4). Text that a spreadsheet could take for a
// formula is defused by the sheet writer.

#include <filesystem>
#include <functional>

#include "ledger/ledger.h"

namespace zw::ledger {

// By the ending of `file`: .xlsx, .csv; another is "wrong_use". Writes all pages of `query` (its
// limit and cursor are ignored) as of one moment; returns the number of rows. `progress`(rows).
int64_t Export(
    const Ledger& ledger,
    const access::Actor& actor,
    const Query& query,
    const std::filesystem::path& file,
    const std::function<void(int64_t)>& progress = {}
);

}  // namespace zw::ledger
