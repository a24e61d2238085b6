#pragma once
// A figure's value and state as they are printed wherever people or programs read them: one place
// for the command line, the page, editions and seals.

#include <string>

#include "base/decimal.h"
#include "indicator/figures.h"

namespace zw::indicator {

// Plain digits: 276, 19847.60, 106644.38; never one decimal alone.
std::string ValueText(const Decimal& value);

std::string StateName(State state);  // filled, partial, missing, no_base, forecast, adopted
// The name, and of a partial figure how many of how many returned: "partial 17/18".
std::string StateText(const Figure& figure);
// In Chinese, empty for filled: 缺报（17/18）, 无数据, 无基数, 预计数, 采用数.
std::string StateWord(const Figure& figure);

}  // namespace zw::indicator
