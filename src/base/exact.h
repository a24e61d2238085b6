#pragma once
// Exact arithmetic that every back end of the formula language shares: checked 64- and 128-bit
// steps, and ratios. A reduced ratio's numerator stays within 127 bits and its denominator below
// 2^123; what passes that, or a 64-bit result its range, is Problem "overflow".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/decimal.h"

namespace zw {

// The product, checked for 128 bits. `what` names the operation in the problem.
Int128 MultiplyChecked(Int128 a, Int128 b, std::string_view what);
Int128 AddChecked(Int128 a, Int128 b, std::string_view what);

// (n * n_factor) / (d * d_factor), reduced; absent when the denominator is 0.
std::optional<Ratio> ExactRatio(int64_t n, int64_t n_factor, int64_t d, int64_t d_factor);
Ratio Add(const Ratio& a, const Ratio& b);
Ratio Negate(const Ratio& value);
Ratio Multiply(const Ratio& a, const Ratio& b);
std::optional<Ratio> Divide(const Ratio& a, const Ratio& b);  // absent when b is 0
// As Round(Ratio, scale) of decimal.h, for every ratio that this file makes: the decimal's units.
int64_t RoundUnits(const Ratio& value, int scale);
// (a * n) / d rounded half away from zero, 128 bits between; d is not 0.
int64_t MultiplyDivide(int64_t a, int64_t n, int64_t d);

// AddMonths of date.h for any n; throws overflow when the year leaves 1 to 9999.
Date MonthsAfter(const Date& date, int64_t months);

// "n/d" as ToText(Ratio) writes it; absent when it is no such text.
std::optional<Ratio> ParseRatio(std::string_view text);

}  // namespace zw
