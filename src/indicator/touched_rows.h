#pragma once
// Which rows of a source the changes of one call touch, and those rows as they stood before it and
// stand after it.

#include <cstdint>
#include <utility>
#include <vector>

#include "indicator/piece_sql.h"
#include "ledger/ledger.h"

namespace zw::indicator {

struct TouchedRows {
    std::vector<int64_t> changed;  // ids written in the call
    std::vector<std::pair<int64_t, int64_t>>
        before;                       // (id, version) of those of them that stood before
    std::vector<int64_t> dependants;  // others, that refer to rows written in the call
    bool too_many = false;            // more than are to be followed one by one

    bool Empty() const { return changed.empty() && dependants.empty() && !too_many; }
};

// `most`: dependants beyond which none are given and too_many is set.
TouchedRows FindTouched(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::Schema& schema,
    int64_t town,
    const std::vector<ledger::RowChange>& changes,
    size_t most
);

// `before` reads referred rows as they stood before the call, `after` as they stand.
struct BeforeAndAfter {
    const ledger::SqlContext& before;
    const ledger::SqlContext& after;
};

// Selections of rows (piece_sql.h) that together hold every touched row once, with all rows of its
// thing where that matters.
struct Selections {
    std::vector<Sql> before;
    std::vector<Sql> after;
};
Selections SelectTouched(
    store::Connection& connection,
    const SourceSet& set,
    const BeforeAndAfter& contexts,
    int64_t town,
    const TouchedRows& touched
);

}  // namespace zw::indicator
