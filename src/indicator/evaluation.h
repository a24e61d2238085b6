#pragma once
// The value of an indicator for some leaves and a period, with its state (figures.md). Lives with
// one View.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "indicator/figures.h"
#include "indicator/leaves.h"
#include "indicator/view.h"

namespace zw::indicator {

// For whom and where. The town is all leaves; `only`: those the caller may see.
struct Where {
    int64_t place = 0;
    bool whole_town = false;
    std::optional<std::set<int64_t>> only;
    std::string scope;  // label of a cut figure

    bool Holds(int64_t leaf) const;
    Where At(int64_t leaf) const;  // one leaf of it
};

// Throws "not_found" or "forbidden" as Figures::Get.
Where Locate(
    const View& view,
    const access::Actor& actor,
    const definition::Indicator& indicator,
    int64_t place
);

class Evaluation {
public:
    // `tree_on`: the tree of that day.
    Evaluation(View& view, const Date& tree_on) : view_(view), tree_on_(tree_on) {}

    // With the adopted or forecast value where one was entered; what was computed stands in
    // Figure::computed.
    Figure Printed(
        const definition::Indicator& indicator, const Where& where, const Period& period
    );
    Figure Computed(
        const definition::Indicator& indicator, const Where& where, const Period& period
    );
    // The leaves that the figure is made of; the indicator is not derived.
    const std::vector<Leaf>& Leaves(const definition::Indicator& indicator, const Period& period);
    // Of a derived figure that adds and is partial: the leaves whose inputs are all known, so that
    // parts add up to it; else `where`.
    Where Known(const definition::Indicator& indicator, const Where& where, const Period& period);
    // Leaves by code, 镇本级 last, that the figure of `where` is to be explained by.
    std::vector<int64_t> LeafPlaces(
        const definition::Indicator& indicator, const Where& where, const Period& period
    );

    View& view() { return view_; }
    const Date& tree_on() const { return tree_on_; }

private:
    Figure FromLeaves(
        const definition::Indicator& indicator, const Where& where, const Period& period
    );
    Figure Blank(const definition::Indicator& indicator, const Where& where, const Period& period)
        const;
    // Whether a value was entered for the indicator, or for one that it is derived from.
    bool HasEntry(const definition::Indicator& indicator, const Where& where, const Period& period);
    Figure Derived(
        const definition::Indicator& indicator, const Where& where, const Period& period
    );
    void SetState(const std::vector<const Leaf*>& leaves, Figure& figure) const;
    void SetValue(
        const definition::Indicator& indicator,
        const std::vector<const Leaf*>& leaves,
        Figure& figure
    );
    std::optional<Ratio> Total(const std::vector<const Leaf*>& leaves, const Period& period);
    void SetIncluded(const std::vector<const Leaf*>& leaves, Figure& figure);

    View& view_;
    const Date tree_on_;
    std::map<std::pair<const definition::Indicator*, Period>, std::vector<Leaf>> leaves_;
};

// The figure's value in its indicator's type from an exact number: whole, decimal, or a ratio with
// its printed rounding.
void SetExact(const definition::Indicator& indicator, const Ratio& exact, Figure& figure);
// Value and exact alike: a decimal as a ratio. Absent without value.
std::optional<Ratio> ExactOf(const Figure& figure);
// What `sums` come to in the indicator's unit; absent for no value. Only for sources kept in cells.
std::optional<Ratio> ExactTotal(const SourceSet& set, const Sums& sums);
// Value, records and nulls from what sources hold; only where they are summed or counted.
void SetParts(
    const definition::Indicator& indicator,
    const std::map<const SourceSet*, Sums>& sums,
    Figure& figure
);

}  // namespace zw::indicator
