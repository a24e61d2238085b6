#include "indicator/evaluation.h"

#include <algorithm>

#include "base/exact.h"
#include "base/not_found.h"
#include "base/text.h"
#include "indicator/derived.h"
#include "indicator/entries.h"

namespace zw::indicator {

namespace {

using formula::Aggregate;

constexpr int kRatioPrintScale = 2;

Ratio InUnit(const SourceSet& set, const Ratio& value) {
    if (!set.source->value) {
        return value;
    }
    const formula::Unit& from = set.source->value->type().unit;
    const formula::Unit& to = set.indicator->type.unit;
    return from.SameDimension(to) ? Multiply(value, formula::Conversion(from, to)) : value;
}

std::optional<Ratio> NumberOf(const formula::Value& value) {
    if (const auto* whole = std::get_if<int64_t>(&value)) {
        return Ratio{*whole, 1};
    }
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return MakeRatio(decimal->units, PowerOfTen(decimal->scale));
    }
    const auto* ratio = std::get_if<Ratio>(&value);
    return ratio == nullptr ? std::nullopt : std::optional(*ratio);
}

std::vector<int64_t> PartsOf(const std::vector<const Leaf*>& leaves, const SourceSet* set) {
    std::vector<int64_t> parts;
    for (const Leaf* leaf : leaves) {
        if (leaf->set == set) {
            parts.insert(parts.end(), leaf->parts.begin(), leaf->parts.end());
        }
    }
    return parts;
}

// Sources that any of the leaves stands on, in their order.
std::vector<const SourceSet*> SetsOf(const std::vector<const Leaf*>& leaves) {
    std::vector<const SourceSet*> sets;
    for (const Leaf* leaf : leaves) {
        if (std::find(sets.begin(), sets.end(), leaf->set) == sets.end()) {
            sets.push_back(leaf->set);
        }
    }
    std::sort(sets.begin(), sets.end(), [](const auto* a, const auto* b) {
        return a->position < b->position;
    });
    return sets;
}

std::string BasisOf(const std::vector<const Leaf*>& leaves) {
    std::vector<const Leaf*> speaking;
    std::copy_if(leaves.begin(), leaves.end(), std::back_inserter(speaking), [](const Leaf* leaf) {
        return leaf->state != State::kMissing && (leaf->owes || leaf->sums.n > 0);
    });
    std::vector<std::string> words;
    for (const SourceSet* set : SetsOf(speaking)) {
        const std::string& basis = set->source->basis;
        if (!basis.empty() && std::find(words.begin(), words.end(), basis) == words.end()) {
            words.push_back(basis);
        }
    }
    return Join(words, "、");
}

std::optional<Ratio> Sum(const std::optional<Ratio>& a, const std::optional<Ratio>& b) {
    return a && b ? zw::Add(*a, *b) : a ? a : b;
}

// The less (min) or larger (max) of what was found so far and what this source holds.
std::optional<Ratio> Extreme(
    const SourceSet& set, const View::Spread& spread, const std::optional<Ratio>& so_far
) {
    const bool least = set.aggregate() == Aggregate::kMin;
    const std::optional<int64_t> found = least ? spread.min : spread.max;
    const auto number = found ? NumberOf(set.source->value->FromTotal(*found, 1)) : std::nullopt;
    if (!number) {
        return so_far;
    }
    const Ratio value = InUnit(set, *number);
    const bool better =
        !so_far || (least ? zw::Compare(value, *so_far) < 0 : zw::Compare(value, *so_far) > 0);
    return better ? value : so_far;
}

void ApplyEntry(const definition::Indicator& indicator, const Entry& entry, Figure& figure) {
    figure.computed = figure.value;
    figure.exact.reset();
    SetExact(
        indicator, MakeRatio(entry.value.units, PowerOfTen(entry.value.scale)).value(), figure
    );
    figure.state = entry.adopted ? State::kAdopted : State::kForecast;
    if (entry.adopted) {
        figure.basis =
            entry.organ.empty() ? entry.document : entry.organ + "（" + entry.document + "）";
    }
}

}  // namespace

bool Where::Holds(int64_t leaf) const {
    return whole_town ? !only || only->contains(leaf) : leaf == place;
}

Where Where::At(int64_t leaf) const {
    return {.place = leaf, .whole_town = false, .only = std::nullopt, .scope = {}};
}

Where Locate(
    const View& view,
    const access::Actor& actor,
    const definition::Indicator& indicator,
    int64_t place
) {
    const access::Place* found = view.places().Find(place);
    if (found == nullptr) {
        throw NotFound(Thing::kVillage, std::to_string(place));
    }
    Where where{
        .place = place,
        .whole_town = found->kind == access::PlaceKind::kTown,
        .only = std::nullopt,
        .scope = {}};
    if (!where.whole_town) {
        if (!actor.InScope(place)) {
            throw Problem::Because(
                "forbidden", {found->name + "的数字", "figures of " + found->name}
            );
        }
        return where;
    }
    if (actor.places.empty() || actor.InScope(place) || indicator.open) {
        return where;
    }
    where.only.emplace(actor.places.begin(), actor.places.end());
    where.place = actor.places.size() == 1 ? actor.places.front() : 0;
    std::vector<std::string> names;
    for (const int64_t one : *where.only) {
        const access::Place* seen = view.places().Find(one);
        names.push_back(seen == nullptr ? std::to_string(one) : seen->name);
    }
    where.scope = Join(names, "、");
    return where;
}

void SetExact(const definition::Indicator& indicator, const Ratio& exact, Figure& figure) {
    if (indicator.type.kind == formula::Kind::kRatio) {
        const int scale = indicator.print_scale >= 0 ? indicator.print_scale : kRatioPrintScale;
        figure.exact = exact;
        figure.value = Decimal{RoundUnits(exact, scale), scale};
        return;
    }
    const int scale = indicator.type.kind == formula::Kind::kInt ? 0 : indicator.type.scale;
    figure.value = Decimal{RoundUnits(exact, scale), scale};
}

std::optional<Ratio> ExactOf(const Figure& figure) {
    if (figure.exact) {
        return figure.exact;
    }
    return figure.value ? MakeRatio(figure.value->units, PowerOfTen(figure.value->scale))
                        : std::nullopt;
}

std::optional<Ratio> ExactTotal(const SourceSet& set, const Sums& sums) {
    if (!set.source->value) {
        return Ratio{sums.total, 1};
    }
    if (set.aggregate() == Aggregate::kSum && sums.n == 0) {
        return Ratio{0, 1};
    }
    const auto number = NumberOf(set.source->value->FromTotal(sums.total, sums.n));
    return number ? std::optional(InUnit(set, *number)) : std::nullopt;
}

void SetParts(
    const definition::Indicator& indicator,
    const std::map<const SourceSet*, Sums>& sums,
    Figure& figure
) {
    std::optional<Ratio> total;
    for (const auto& [set, held] : sums) {
        total = Sum(total, ExactTotal(*set, held));
        figure.records += held.n + held.nulls;
        figure.nulls += held.nulls;
    }
    if (total) {
        SetExact(indicator, *total, figure);
    }
}

const std::vector<Leaf>& Evaluation::Leaves(
    const definition::Indicator& indicator, const Period& period
) {
    const auto [found, fresh] = leaves_.try_emplace({&indicator, period});
    if (fresh) {
        found->second = LeavesOf(view_, indicator, period, tree_on_);
    }
    return found->second;
}

std::vector<int64_t> Evaluation::LeafPlaces(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    std::vector<int64_t> places;
    if (indicator.IsDerived()) {
        for (const access::Place* village : view_.places().VillagesOn(tree_on_)) {
            places.push_back(village->id);
        }
        places.push_back(view_.places().town_itself().id);
    } else {
        for (const Leaf& leaf : Leaves(indicator, period)) {
            places.push_back(leaf.place);
        }
    }
    std::erase_if(places, [&](int64_t place) { return !where.Holds(place); });
    return places;
}

Figure Evaluation::Printed(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    Figure figure = Computed(indicator, where, period);
    if (!where.scope.empty()) {
        return figure;
    }
    if (const auto entry = LatestEntry(
            view_.connection(),
            view_.town().id,
            indicator.id,
            where.place,
            period,
            view_.as_of_seq()
        )) {
        ApplyEntry(indicator, *entry, figure);
    }
    return figure;
}

Figure Evaluation::Computed(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    Figure figure = indicator.IsDerived() ? Derived(indicator, where, period)
                                          : FromLeaves(indicator, where, period);
    figure.scope = where.scope;
    return figure;
}

Figure Evaluation::Blank(
    const definition::Indicator& indicator, const Where& where, const Period& period
) const {
    Figure figure;
    figure.indicator = indicator.id;
    figure.place = where.place;
    figure.period = period;
    figure.unit = indicator.unit_text;
    figure.seq = view_.seq();
    return figure;
}

Figure Evaluation::Derived(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    std::vector<Figure> inputs;
    for (const definition::Indicator* input : InputsOf(view_.town(), indicator)) {
        inputs.push_back(Printed(*input, where, period));
    }
    Figure figure = Blank(indicator, where, period);
    Derive(view_, indicator, inputs, figure);
    const Where known = Known(indicator, where, period);
    if (figure.state != State::kPartial || known.only == where.only) {
        return figure;
    }
    std::vector<Figure> known_inputs;
    for (const definition::Indicator* input : InputsOf(view_.town(), indicator)) {
        known_inputs.push_back(Computed(*input, known, period));
    }
    Figure parts = Blank(indicator, where, period);
    Derive(view_, indicator, known_inputs, parts);
    figure.value = parts.value;
    figure.exact = parts.exact;
    figure.records = parts.records;
    figure.nulls = parts.nulls;
    return figure;
}

Where Evaluation::Known(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    if (!indicator.IsDerived() || indicator.adds == definition::Adds::kNone || !where.whole_town) {
        return where;
    }
    Where known = where;
    known.only.emplace();
    bool all = true;
    for (const int64_t leaf : LeafPlaces(indicator, where, period)) {
        const bool told = Computed(indicator, where.At(leaf), period).state != State::kMissing;
        all = all && told;
        if (told) {
            known.only->insert(leaf);
        }
    }
    return all || HasEntry(indicator, where, period) ? where : known;
}

bool Evaluation::HasEntry(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    if (!where.scope.empty() || !indicator.IsDerived()) {
        return where.scope.empty() && LatestEntry(
                                          view_.connection(),
                                          view_.town().id,
                                          indicator.id,
                                          where.place,
                                          period,
                                          view_.as_of_seq()
                                      )
                                          .has_value();
    }
    const auto inputs = InputsOf(view_.town(), indicator);
    return std::any_of(inputs.begin(), inputs.end(), [&](const auto* input) {
        return HasEntry(*input, where, period);
    });
}

Figure Evaluation::FromLeaves(
    const definition::Indicator& indicator, const Where& where, const Period& period
) {
    Figure figure = Blank(indicator, where, period);
    std::vector<const Leaf*> leaves;
    for (const Leaf& leaf : Leaves(indicator, period)) {
        if (where.Holds(leaf.place)) {
            leaves.push_back(&leaf);
        }
    }
    SetState(leaves, figure);
    std::erase_if(leaves, [](const Leaf* leaf) { return leaf->state == State::kMissing; });
    figure.basis = BasisOf(leaves);
    for (const Leaf* leaf : leaves) {
        figure.records += leaf->sums.n + leaf->sums.nulls;
        figure.nulls += leaf->sums.nulls;
    }
    if (figure.state != State::kMissing) {
        SetValue(indicator, leaves, figure);
        SetIncluded(leaves, figure);
    }
    return figure;
}

void Evaluation::SetState(const std::vector<const Leaf*>& leaves, Figure& figure) const {
    bool any_rows = false;
    int incomplete = 0;
    for (const Leaf* leaf : leaves) {
        any_rows = any_rows || (leaf->state != State::kMissing && leaf->sums.n > 0);
        if (leaf->state != State::kFilled) {
            ++incomplete;
            figure.missing.push_back(leaf->place);
        }
        if (leaf->owes) {
            ++figure.owed;
            figure.returned += leaf->state == State::kFilled ? 1 : 0;
        }
    }
    if (leaves.size() == 1) {
        // One village: how many of its months or quarters.
        figure.state = leaves.front()->state;
        figure.returned = leaves.front()->returned;
        figure.owed = leaves.front()->owed;
        return;
    }
    if (incomplete == 0 && !leaves.empty()) {
        figure.state = State::kFilled;
    } else {
        figure.state = figure.returned > 0 || any_rows ? State::kPartial : State::kMissing;
    }
}

void Evaluation::SetValue(
    const definition::Indicator& indicator, const std::vector<const Leaf*>& leaves, Figure& figure
) {
    if (const auto total = Total(leaves, figure.period)) {
        SetExact(indicator, *total, figure);
    } else if (figure.state == State::kFilled) {
        figure.state = State::kNoBase;  // a mean, least or largest of nothing
    }
}

std::optional<Ratio> Evaluation::Total(
    const std::vector<const Leaf*>& leaves, const Period& period
) {
    std::optional<Ratio> total;
    int64_t means = 0;
    std::set<store::Value> distinct;
    for (const SourceSet* set : SetsOf(leaves)) {
        Sums sums;
        for (const Leaf* leaf : leaves) {
            sums.Add(leaf->set == set ? leaf->sums : Sums{});
        }
        switch (set->aggregate()) {
            case Aggregate::kAvg:
                means += sums.n;
                sums.n = std::min<int64_t>(sums.n, 1);
                total = Sum(total, ExactTotal(*set, sums));
                break;
            case Aggregate::kCountDistinct:
                distinct.merge(view_.SpreadOf(*set, period, PartsOf(leaves, set)).distinct);
                total = Ratio{static_cast<Int128>(distinct.size()), 1};
                break;
            case Aggregate::kMin:
            case Aggregate::kMax:
                total = Extreme(*set, view_.SpreadOf(*set, period, PartsOf(leaves, set)), total);
                break;
            default:
                total = Sum(total, ExactTotal(*set, sums));
                break;
        }
    }
    return means > 1 && total ? zw::Divide(*total, Ratio{means, 1}) : total;
}

void Evaluation::SetIncluded(const std::vector<const Leaf*>& leaves, Figure& figure) {
    for (const Leaf* leaf : leaves) {
        for (const int64_t part : leaf->parts) {
            const Sums sums =
                part == leaf->place ? Sums{} : PartSums(view_, *leaf, part, figure.period);
            if (sums.IsZero()) {
                continue;
            }
            Figure part_figure;
            const auto exact = leaf->set->kept ? ExactTotal(*leaf->set, sums) : std::nullopt;
            if (exact && leaf->set->indicator->adds != definition::Adds::kNone) {
                SetExact(*leaf->set->indicator, *exact, part_figure);
            }
            figure.included.push_back({part, part_figure.value});
        }
    }
}

}  // namespace zw::indicator
