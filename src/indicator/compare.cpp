#include "indicator/compare.h"

#include <algorithm>
#include <set>

#include "base/exact.h"

namespace zw::indicator {

namespace {

constexpr int kPercentScale = 1;

bool IsFlow(const definition::Indicator& indicator) {
    return indicator.adds == definition::Adds::kPlaceTime ||
           (!indicator.sources.empty() &&
            std::all_of(indicator.sources.begin(), indicator.sources.end(), [](const auto& source) {
                return source.kind == definition::IndicatorKind::kFlow;
            }));
}

// Places that either side lacks. That both lack a village makes them no more alike: one may hold
// two of its quarters, the other three. Adopted and forecast figures are of the whole.
std::vector<int64_t> Uneven(const Figure& figure, const Figure& base) {
    std::set<int64_t> missing;
    for (const Figure* side : {&figure, &base}) {
        if (side->state == State::kPartial) {
            missing.insert(side->missing.begin(), side->missing.end());
        }
    }
    return {missing.begin(), missing.end()};
}

}  // namespace

std::optional<Period> BasePeriod(
    const definition::Indicator& indicator, const Period& period, Compare compare
) {
    switch (compare) {
        case Compare::kYearOnYear:
            return YearBefore(period);
        case Compare::kPeriodOnPeriod:
            return Previous(period);
        case Compare::kSinceYearStart:
            // What stood when the year began is what stood when the year before ended.
            return IsFlow(indicator) ? std::nullopt
                                     : std::optional(YearPeriod(period.last.year - 1));
        case Compare::kNone:
            break;
    }
    return std::nullopt;
}

Comparison CompareFigures(
    const definition::Indicator& indicator, const Figure& figure, const Figure& base
) {
    Comparison comparison;
    comparison.base = base;
    const auto now = ExactOf(figure);
    const auto then = ExactOf(base);
    if (!now || !then) {
        return comparison;
    }
    comparison.uneven = Uneven(figure, base);
    if (!comparison.uneven.empty()) {
        return comparison;
    }
    const Ratio difference = Add(*now, Negate(*then));
    Figure rounded;
    SetExact(indicator, difference, rounded);
    comparison.difference = rounded.value;
    if (then->numerator > 0) {
        comparison.percent_exact = Divide(Multiply(difference, Ratio{100, 1}), *then);
        comparison.percent =
            Decimal{RoundUnits(*comparison.percent_exact, kPercentScale), kPercentScale};
    }
    return comparison;
}

}  // namespace zw::indicator
