#include "base/exact.h"

#include "base/problem.h"

namespace zw {

namespace {

constexpr Int128 kDenominatorLimit = static_cast<Int128>(1)
                                     << 123;  // ten times it still fits, see RoundUnits

[[noreturn]] void Overflow(std::string_view what) {
    throw Problem("overflow", {{"what", std::string(what)}});
}

constexpr Int128 kLeast = static_cast<Int128>(1) << 127;  // has no positive counterpart

Int128 Absolute(Int128 value) {
    if (value == kLeast) {
        Overflow("-");
    }
    return value < 0 ? -value : value;
}

Int128 CommonDivisor(Int128 a, Int128 b) {
    a = Absolute(a);
    b = Absolute(b);
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Ratio Bounded(const Ratio& value, std::string_view what) {
    if (value.numerator == kLeast || value.denominator >= kDenominatorLimit) {
        Overflow(what);
    }
    return value;
}

std::optional<Int128> ParseInt128(std::string_view text) {
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) {
        text.remove_prefix(1);
    }
    if (text.empty()) {
        return std::nullopt;
    }
    Int128 value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value)) {
            return std::nullopt;
        }
    }
    return negative ? -value : value;
}

}  // namespace

Int128 MultiplyChecked(Int128 a, Int128 b, std::string_view what) {
    Int128 product = 0;
    if (__builtin_mul_overflow(a, b, &product)) {
        Overflow(what);
    }
    return product;
}

Int128 AddChecked(Int128 a, Int128 b, std::string_view what) {
    Int128 sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        Overflow(what);
    }
    return sum;
}

std::optional<Ratio> ExactRatio(int64_t n, int64_t n_factor, int64_t d, int64_t d_factor) {
    const auto ratio =
        MakeRatio(static_cast<Int128>(n) * n_factor, static_cast<Int128>(d) * d_factor);
    if (!ratio) {
        return std::nullopt;
    }
    return Bounded(*ratio, "/");
}

Ratio Add(const Ratio& a, const Ratio& b) {
    const Int128 divisor = CommonDivisor(a.denominator, b.denominator);
    const Int128 left = MultiplyChecked(a.numerator, b.denominator / divisor, "+");
    const Int128 right = MultiplyChecked(b.numerator, a.denominator / divisor, "+");
    const Int128 denominator = MultiplyChecked(a.denominator / divisor, b.denominator, "+");
    return Bounded(*MakeRatio(AddChecked(left, right, "+"), denominator), "+");
}

Ratio Negate(const Ratio& value) {
    return {-value.numerator, value.denominator};
}

Ratio Multiply(const Ratio& a, const Ratio& b) {
    // Reduced crosswise first, so that the product is reduced and overflows only when it really
    // does not fit.
    const Int128 first = CommonDivisor(a.numerator, b.denominator);
    const Int128 second = CommonDivisor(b.numerator, a.denominator);
    const Ratio product{
        MultiplyChecked(a.numerator / first, b.numerator / second, "*"),
        MultiplyChecked(a.denominator / second, b.denominator / first, "*")};
    return Bounded(product, "*");
}

std::optional<Ratio> Divide(const Ratio& a, const Ratio& b) {
    if (b.numerator == 0) {
        return std::nullopt;
    }
    const Ratio inverse =
        b.numerator < 0 ? Ratio{-b.denominator, -b.numerator} : Ratio{b.denominator, b.numerator};
    return Multiply(a, inverse);
}

int64_t RoundUnits(const Ratio& value, int scale) {
    const bool negative = value.numerator < 0;
    const Int128 numerator = Absolute(value.numerator);
    Int128 units = numerator / value.denominator;
    Int128 rest = numerator % value.denominator;
    for (int i = 0; i < scale; ++i) {
        rest *= 10;
        units = AddChecked(MultiplyChecked(units, 10, "round"), rest / value.denominator, "round");
        rest %= value.denominator;
    }
    if (rest >= value.denominator - rest) {
        units = AddChecked(units, 1, "round");
    }
    return Narrow(negative ? -units : units, "round");
}

int64_t MultiplyDivide(int64_t a, int64_t n, int64_t d) {
    return Narrow(DivideRounded(static_cast<Int128>(a) * n, d), "round");
}

Date MonthsAfter(const Date& date, int64_t months) {
    constexpr int64_t kMost = 120'000;
    if (months > kMost || months < -kMost) {
        Overflow("months");
    }
    const Date moved = AddMonths(date, static_cast<int>(months));
    if (!IsValid(moved)) {
        Overflow("months");
    }
    return moved;
}

std::optional<Ratio> ParseRatio(std::string_view text) {
    const size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto n = ParseInt128(text.substr(0, slash));
    const auto d = ParseInt128(text.substr(slash + 1));
    if (!n || !d) {
        return std::nullopt;
    }
    return MakeRatio(*n, *d);
}

}  // namespace zw
