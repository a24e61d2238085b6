#pragma once
// The leaves of a figure: for each village and 镇本级, the source that counts there, what it holds
// and whether it has been returned (figures.md "Sources in order", "Reported or not").

#include <cstdint>
#include <vector>

#include "indicator/figures.h"
#include "indicator/view.h"

namespace zw::indicator {

struct Leaf {
    int64_t place = 0;
    std::vector<int64_t> parts;      // the place itself and the ended ones that count for it
    const SourceSet* set = nullptr;  // the source that counts here
    State state =
        State::kMissing;  // kFilled, kPartial (some months or quarters are not returned), kMissing
    bool owes = true;     // 镇本级 owes no return
    int returned = 0;     // parts of the period that were returned, of `owed`
    int owed = 0;
    Sums sums;  // of all parts
};

// By code, 镇本级 last. `tree_on`: the tree of that day. The indicator has sources.
std::vector<Leaf> LeavesOf(
    View& view, const definition::Indicator& indicator, const Period& period, const Date& tree_on
);

// What a leaf's part adds, in steps of the source's argument type.
Sums PartSums(View& view, const Leaf& leaf, int64_t part, const Period& period);

// Whether figures of this grain can be told at all: a year's return says nothing about a month.
bool Tells(const SourceSet& set, Grain grain);

}  // namespace zw::indicator
