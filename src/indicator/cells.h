#pragma once
// Kept sums (figures.md "Cells"): cell(town, indicator, source, place, grain, day, total, n,
// nulls), leaf places only, by day and month, those of stocks by year too, which they need from
// their beginning. A month's cell stands at its first day, as a year's. `total` counts steps of the
// source's argument type; `n` values, `nulls` rows whose value was empty. cell_set(town, indicator,
// source, digest) says of which formula they are; where that is not today's they are not to be
// read.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "indicator/piece_sql.h"
#include "indicator/source_set.h"

namespace zw::indicator {

struct Sums {
    Int128 total = 0;
    int64_t n = 0;
    int64_t nulls = 0;

    bool IsZero() const { return total == 0 && n == 0 && nulls == 0; }
    void Add(const Sums& other) { total += other.total, n += other.n, nulls += other.nulls; }
    bool operator==(const Sums&) const = default;
};

// What one set of cells holds, or is to change by: (place, day) → sums, days only.
using DaySums = std::map<std::pair<int64_t, std::string>, Sums>;

class Cells {
public:
    explicit Cells(int64_t town) : town_(town) {}

    static void CreateTables(store::Connection& connection);

    // ΣK of `rows`, added to `sums` times `sign`.
    void Contribute(
        store::Connection& connection,
        const SourceSet& set,
        const ledger::SqlContext& context,
        const Sql& rows,
        int sign,
        DaySums& sums
    ) const;
    // Adds differences to the cells of every grain. Throws overflow.
    void Apply(store::Connection& connection, const SourceSet& set, const DaySums& differences)
        const;
    // All cells of the set anew by one grouped scan, under `digest`.
    void Rebuild(
        store::Connection& connection,
        const SourceSet& set,
        const ledger::SqlContext& context,
        const std::string& digest
    ) const;
    // Takes away cells of sets that the model no longer has.
    void DropOthers(store::Connection& connection, const std::vector<SourceSet>& sets) const;

    // (indicator, source) → digest.
    using Digests = std::map<std::pair<std::string, int64_t>, std::string>;
    Digests StoredDigests(store::Connection& connection) const;

    // By place, from cells: what a period holds (flows) or what stands on its last day (stocks).
    std::map<int64_t, Sums> Read(
        store::Connection& connection, const SourceSet& set, const Period& period
    ) const;
    // A finding "cell_differs" per cell that is not ΣK, in both directions. `place_name` for the
    // message.
    void Check(
        store::Connection& connection,
        const SourceSet& set,
        const ledger::SqlContext& context,
        const std::function<std::string(int64_t)>& place_name,
        std::vector<Finding>& findings
    ) const;

private:
    int64_t town_;
};

}  // namespace zw::indicator
