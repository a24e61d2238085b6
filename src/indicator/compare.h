#pragma once
// Comparisons of figures (report.md §2): 同比, 环比, 较年初.

#include "indicator/evaluation.h"

namespace zw::indicator {

// The period to compare with; absent where there is none to be had (较年初 of a flow).
std::optional<Period> BasePeriod(
    const definition::Indicator& indicator, const Period& period, Compare compare
);
// Differences and percentages of the exact values, each rounded once.
Comparison CompareFigures(
    const definition::Indicator& indicator, const Figure& figure, const Figure& base
);

}  // namespace zw::indicator
