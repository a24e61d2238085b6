#include "indicator/leaves.h"

#include <algorithm>

namespace zw::indicator {

namespace {

// The period whose returns a figure of `period` stands on: a flow needs all of it, a stock the last
// part that has ended.
Period ReturnPeriod(const SourceSet& set, const Period& period) {
    const Grain every = set.type->reported->every;
    if (set.IsFlow() && period.grain >= every) {
        return period;
    }
    const Period holding = PeriodOf(period.last, every);
    return set.IsFlow() || holding.last <= period.last ? holding : Previous(holding);
}

std::vector<Period> PartsOf(const Period& period, Grain every) {
    std::vector<Period> parts;
    for (Period part = PeriodOf(period.First(), every); part.last <= period.last;
         part = Next(part)) {
        parts.push_back(part);
    }
    return parts;
}

// Absent when none of the places owes a return for the period.
std::optional<bool> AllReturned(
    View& view, const SourceSet& set, const std::vector<int64_t>& places, const Period& period
) {
    const std::map<int64_t, bool>& returned = view.Returned(*set.type, period);
    std::optional<bool> all;
    for (const int64_t place : places) {
        if (const auto found = returned.find(place); found != returned.end()) {
            all = all.value_or(true) && found->second;
        }
    }
    return all;
}

void JudgeReported(View& view, const Period& period, Leaf& leaf) {
    const Period owed = ReturnPeriod(*leaf.set, period);
    const std::optional<bool> all = AllReturned(view, *leaf.set, leaf.parts, owed);
    leaf.owes = all.has_value();
    if (all.value_or(true)) {
        // An empty cell was not returned, though the rest of its row was.
        const bool unsaid = leaf.set->aggregate() == formula::Aggregate::kSum && leaf.sums.n == 0 &&
                            leaf.sums.nulls > 0;
        leaf.state = unsaid ? State::kMissing : State::kFilled;
        leaf.owed = leaf.owes ? 1 : 0;
        leaf.returned = leaf.owes && !unsaid ? 1 : 0;
        return;
    }
    for (const Period& part : PartsOf(owed, leaf.set->type->reported->every)) {
        ++leaf.owed;
        leaf.returned += AllReturned(view, *leaf.set, leaf.parts, part).value_or(true) ? 1 : 0;
    }
    leaf.state = leaf.returned > 0 && leaf.sums.n > 0 ? State::kPartial : State::kMissing;
}

Leaf Judge(View& view, const SourceSet& set, Leaf leaf, const Period& period) {
    leaf.set = &set;
    if (!Tells(set, period.grain)) {
        leaf.state = State::kMissing;
        return leaf;
    }
    for (const int64_t part : leaf.parts) {
        leaf.sums.Add(PartSums(view, leaf, part, period));
    }
    if (set.type->reported) {
        JudgeReported(view, period, leaf);
        return leaf;
    }
    leaf.owes = view.places().Find(leaf.place)->kind == access::PlaceKind::kVillage;
    leaf.owed = leaf.owes ? 1 : 0;
    leaf.state = view.RegisterStarted(*set.type) ? State::kFilled : State::kMissing;
    leaf.returned = leaf.state == State::kFilled ? leaf.owed : 0;
    return leaf;
}

bool HasRows(const Leaf& leaf) {
    return leaf.sums.n > 0 || leaf.sums.nulls > 0;
}

// The first complete source counts; where none is, the first that was begun, else the first.
Leaf Choose(std::vector<Leaf> judged) {
    const auto complete = [](const Leaf& leaf) {
        return leaf.state == State::kFilled && (leaf.owes || HasRows(leaf));
    };
    const auto begun = [](const Leaf& leaf) { return leaf.state != State::kMissing; };
    auto found = std::find_if(judged.begin(), judged.end(), complete);
    if (found == judged.end()) {
        found = std::find_if(judged.begin(), judged.end(), begun);
    }
    return found == judged.end() ? judged.front() : *found;
}

std::vector<Leaf> Bare(const View& view, const Date& tree_on) {
    std::vector<Leaf> leaves;
    std::map<int64_t, std::vector<int64_t>> parts;
    for (const access::Place& place : view.places().places()) {
        if (place.kind != access::PlaceKind::kTown) {
            parts[view.places().CountsFor(place.id, tree_on)].push_back(place.id);
        }
    }
    const auto add = [&](int64_t place) {
        Leaf leaf;
        leaf.place = place;
        leaf.parts = parts[place];
        leaves.push_back(std::move(leaf));
    };
    for (const access::Place* village : view.places().Villages()) {
        if (parts.contains(village->id)) {
            add(village->id);
        }
    }
    add(view.places().town_itself().id);
    return leaves;
}

bool StandsOn(const access::Place& place, const Date& date) {
    return (!place.from || *place.from <= date) && (!place.to || date <= *place.to);
}

}  // namespace

bool Tells(const SourceSet& set, Grain grain) {
    return !set.IsFlow() || grain >= set.time_grain();
}

Sums PartSums(View& view, const Leaf& leaf, int64_t part, const Period& period) {
    const std::map<int64_t, Sums>& sums = view.SumsOf(*leaf.set, period);
    const auto found = sums.find(part);
    return found == sums.end() ? Sums{} : found->second;
}

std::vector<Leaf> LeavesOf(
    View& view, const definition::Indicator& indicator, const Period& period, const Date& tree_on
) {
    const std::vector<const SourceSet*> sources = view.town().SourcesOf(indicator);
    std::vector<Leaf> leaves;
    for (const Leaf& bare : Bare(view, tree_on)) {
        std::vector<Leaf> judged;
        judged.reserve(sources.size());
        for (const SourceSet* set : sources) {
            judged.push_back(Judge(view, *set, bare, period));
        }
        Leaf leaf = Choose(std::move(judged));
        // A village that has ended without a successor, or does not stand yet, is told only where
        // rows speak of it.
        if (StandsOn(*view.places().Find(leaf.place), tree_on) || HasRows(leaf)) {
            leaves.push_back(std::move(leaf));
        }
    }
    return leaves;
}

}  // namespace zw::indicator
