#pragma once
// A figure as FIGURE formulas read it.

#include "formula/type.h"
#include "indicator/figures.h"

namespace zw::indicator {

// In the indicator's own type; ratios exact. Null when the figure has no value.
formula::Value AsValue(const definition::Indicator& indicator, const Figure& figure);

}  // namespace zw::indicator
