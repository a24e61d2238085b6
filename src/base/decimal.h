#pragma once
// Exact numbers: a decimal is a 64-bit integer at a scale (value = units / 10^scale), a ratio an
// exact pair. Nothing here rounds silently; where a value is rounded it is half away from zero
// (四舍五入), once. See shared formula.md "Types".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zw {

__extension__ using Int128 = __int128;

constexpr int kMaxScale = 9;

struct Decimal {
    int64_t units = 0;
    int scale = 0;  // 0 to kMaxScale

    bool operator==(const Decimal&) const =
        default;  // same units and scale; use Compare for values
};

// 10^n for 0 <= n <= 18.
int64_t PowerOfTen(int n);

// `value` when it fits 64 bits; throws Problem "overflow" naming `what`.
int64_t Narrow(Int128 value, std::string_view what);

// n / d rounded half away from zero. d must not be 0.
Int128 DivideRounded(Int128 n, Int128 d);

// Text such as "-12.50", ASCII only, no spaces, no exponent; absent when it is no such number, has
// over 9 decimals or does not fit.
std::optional<Decimal> ParseDecimal(std::string_view text);

// The same value at `scale`, rounded half away from zero where digits go. Throws overflow.
Decimal Rescale(const Decimal& value, int scale);

// <0, 0, >0 by value.
int Compare(const Decimal& a, const Decimal& b);
Decimal Add(const Decimal& a, const Decimal& b);       // scale: the larger; throws overflow
Decimal Subtract(const Decimal& a, const Decimal& b);  // same
Decimal Multiply(
    const Decimal& a, const Decimal& b
);  // scale: the sum, must be <= 9; throws overflow

// All digits of the scale: "12.50"; ToShortText drops trailing zeros: "12.5".
std::string ToText(const Decimal& value);
std::string ToShortText(const Decimal& value);

// An exact quotient, reduced, denominator > 0.
struct Ratio {
    Int128 numerator = 0;
    Int128 denominator = 1;
};

// Absent when `d` is 0 (division by zero is null, formula.md "Division").
std::optional<Ratio> MakeRatio(Int128 n, Int128 d);
std::optional<Ratio> Divide(const Decimal& a, const Decimal& b);
int Compare(const Ratio& a, const Ratio& b);
Decimal Round(const Ratio& value, int scale);  // throws overflow
std::string ToText(const Ratio& value);        // "n/d"
std::string ToText(Int128 value);

}  // namespace zw
