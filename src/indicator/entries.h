#pragma once
// Adopted (采用) and forecast (预计) figures: figure_entry(town, id, indicator, place, period,
// kind, value, document, reason, by, at, seq). Written once, never changed; the latest of an
// indicator, place and period counts.

#include <optional>
#include <string>
#include <vector>

#include "audit/vouch.h"
#include "indicator/figures.h"
#include "store/database.h"

namespace zw::indicator {

void CreateEntryTable(store::Connection& connection);
// As the log vouches for them.
audit::VouchedTable VouchedEntries();
void SaveEntry(store::Connection& connection, int64_t town, const Entry& entry);
// As of a log number, when given.
std::optional<Entry> LatestEntry(
    store::Connection& connection,
    int64_t town,
    const std::string& indicator,
    int64_t place,
    const Period& period,
    std::optional<int64_t> as_of_seq
);
// Newest first.
std::vector<Entry> AllEntries(store::Connection& connection, int64_t town);

}  // namespace zw::indicator
