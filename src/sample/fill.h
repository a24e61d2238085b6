#pragma once
// Puts a made-up town into a ledger, and says whether it came out as the lines expect.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "access/place.h"
#include "indicator/figures.h"
#include "ledger/batch.h"
#include "sample/generator.h"
#include "sample/plan.h"

namespace zw::sample {

struct FillResult {
    int64_t rows = 0;
    std::map<std::string, int64_t> by_record;
    std::vector<int64_t> batches;
};

using Progress = std::function<void(const std::string& stage, int64_t done, int64_t total)>;

// The villages of a ledger's town, and 镇本级.
std::vector<PlaceOf> VillagesOf(const ledger::Ledger& ledger);
PlaceOf TownItselfOf(const ledger::Ledger& ledger);

// The ledger must hold the places of MakeTownPlan and no records. `left_out`: rows that are not
// written, by their number in the generator's order, from 1. Throws "sample_wrong" when a made row
// is refused.
FillResult Fill(
    ledger::Ledger& ledger,
    const access::Actor& actor,
    const Plan& plan,
    const SampleOptions& options,
    const std::set<int64_t>& left_out = {},
    const Progress& progress = {}
);

// A sentence for each expectation that does not hold. Where the scale is not 1, only figures that
// add over places are looked at, and their bounds are multiplied by it.
std::vector<std::string> CheckExpectations(
    const indicator::Figures& figures,
    const access::Actor& actor,
    int64_t town,
    const Plan& plan,
    const SampleOptions& options
);

}  // namespace zw::sample
