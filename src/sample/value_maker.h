#pragma once
// One value of a made-up row from its Spec.

#include "ledger/ledger.h"
#include "sample/generator.h"
#include "sample/plan.h"
#include "sample/stream.h"

namespace zw::sample {

// What a value may depend on: the row so far, the period before, the parent.
struct RowSoFar {
    const Plan& plan;
    const SampleOptions& options;
    const Make& make;
    const PlaceOf& place;
    const ledger::Values* parent = nullptr;
    int64_t parent_id = 0;
    int64_t n = 0;
    bool first = true;
    int year = 0;             // of the row's period
    ledger::Values values;    // fields and variables
    ledger::Values previous;  // of the period before; empty in the first
};

// Null where chance or `when` leaves it out.
formula::Value MakeValue(const Spec& spec, const RowSoFar& row, const StreamKey& key);
// Whether a formula holds on the row (null is no).
bool Holds(const formula::Formula& condition, const RowSoFar& row);

}  // namespace zw::sample
