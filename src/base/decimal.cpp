#include "base/decimal.h"

#include <algorithm>
#include <array>

#include "base/problem.h"

namespace zw {

namespace {

constexpr std::array<int64_t, 19> kPowers = [] {
    std::array<int64_t, 19> powers{};
    powers[0] = 1;
    for (size_t i = 1; i < powers.size(); ++i) {
        powers[i] = powers[i - 1] * 10;
    }
    return powers;
}();

// The least number of 128 bits has no opposite.
Int128 Negated(Int128 value) {
    if (value == static_cast<Int128>(1) << 127) {
        throw Problem("overflow", {{"what", "-"}});
    }
    return -value;
}

Int128 Absolute(Int128 value) {
    return value < 0 ? Negated(value) : value;
}

Int128 GreatestCommonDivisor(Int128 a, Int128 b) {
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Int128 At(const Decimal& value, int scale) {
    return static_cast<Int128>(value.units) * PowerOfTen(scale - value.scale);
}

}  // namespace

int64_t PowerOfTen(int n) {
    return kPowers.at(static_cast<size_t>(n));
}

int64_t Narrow(Int128 value, std::string_view what) {
    if (value > INT64_MAX || value < INT64_MIN) {
        throw Problem("overflow", {{"what", std::string(what)}});
    }
    return static_cast<int64_t>(value);
}

Int128 DivideRounded(Int128 n, Int128 d) {
    if (d < 0) {
        n = Negated(n);
        d = Negated(d);
    }
    const Int128 quotient = n / d;
    const Int128 rest = Absolute(n % d);
    if (rest >= d - rest) {
        return n < 0 ? quotient - 1 : quotient + 1;
    }
    return quotient;
}

std::optional<Decimal> ParseDecimal(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    Int128 units = 0;
    int scale = 0;
    bool point = false;
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        digits = true;
        units = units * 10 + (c - '0');
        scale += point ? 1 : 0;
        if (scale > kMaxScale || units > (static_cast<Int128>(INT64_MAX) + 1)) {
            return std::nullopt;
        }
    }
    if (negative) {
        units = -units;
    }
    if (!digits || (point && scale == 0) || units > INT64_MAX || units < INT64_MIN) {
        return std::nullopt;
    }
    return Decimal{static_cast<int64_t>(units), scale};
}

Decimal Rescale(const Decimal& value, int scale) {
    if (scale >= value.scale) {
        return {Narrow(At(value, scale), ToText(value)), scale};
    }
    return {
        Narrow(DivideRounded(value.units, PowerOfTen(value.scale - scale)), ToText(value)), scale};
}

int Compare(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    const Int128 x = At(a, scale);
    const Int128 y = At(b, scale);
    return x < y ? -1 : (x > y ? 1 : 0);
}

Decimal Add(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    return {Narrow(At(a, scale) + At(b, scale), "+"), scale};
}

Decimal Subtract(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    return {Narrow(At(a, scale) - At(b, scale), "-"), scale};
}

Decimal Multiply(const Decimal& a, const Decimal& b) {
    return {Narrow(static_cast<Int128>(a.units) * b.units, "*"), a.scale + b.scale};
}

std::string ToText(Int128 value) {
    std::string digits;
    Int128 rest = value;
    do {
        digits.insert(
            digits.begin(), static_cast<char>('0' + static_cast<int>(Absolute(rest % 10)))
        );
        rest /= 10;
    } while (rest != 0);
    return value < 0 ? "-" + digits : digits;
}

std::string ToText(const Decimal& value) {
    std::string digits = ToText(Absolute(static_cast<Int128>(value.units)));
    if (value.scale > 0) {
        const auto scale = static_cast<size_t>(value.scale);
        if (digits.size() <= scale) {
            digits.insert(0, scale + 1 - digits.size(), '0');
        }
        digits.insert(digits.size() - scale, ".");
    }
    return value.units < 0 ? "-" + digits : digits;
}

std::string ToShortText(const Decimal& value) {
    std::string text = ToText(value);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

std::optional<Ratio> MakeRatio(Int128 n, Int128 d) {
    if (d == 0) {
        return std::nullopt;
    }
    if (d < 0) {
        n = Negated(n);
        d = Negated(d);
    }
    const Int128 divisor = GreatestCommonDivisor(Absolute(n), d);
    return Ratio{n / divisor, d / divisor};
}

std::optional<Ratio> Divide(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale, b.scale);
    return MakeRatio(At(a, scale), At(b, scale));
}

int Compare(const Ratio& a, const Ratio& b) {
    // Compared digit by digit as continued fractions: cross products may not fit 128 bits.
    Int128 an = a.numerator;
    Int128 ad = a.denominator;
    Int128 bn = b.numerator;
    Int128 bd = b.denominator;
    int sign = 1;
    while (true) {
        Int128 aq = an / ad;
        Int128 bq = bn / bd;
        Int128 ar = an % ad;
        Int128 br = bn % bd;
        if (ar < 0) {
            ar += ad;
            --aq;
        }
        if (br < 0) {
            br += bd;
            --bq;
        }
        if (aq != bq) {
            return aq < bq ? -sign : sign;
        }
        if (ar == 0 || br == 0) {
            return ar == br ? 0 : (ar == 0 ? -sign : sign);
        }
        an = ad;
        ad = ar;
        bn = bd;
        bd = br;
        sign = -sign;
    }
}

Decimal Round(const Ratio& value, int scale) {
    const Int128 whole = value.numerator / value.denominator;
    const Int128 rest = value.numerator % value.denominator;
    // rest * 10^9 fits while denominators stay below 2^97, which two 64-bit values at scales up to
    // 9 do not pass.
    const Int128 part = DivideRounded(rest * PowerOfTen(scale), value.denominator);
    return {Narrow(whole * PowerOfTen(scale) + part, "round"), scale};
}

std::string ToText(const Ratio& value) {
    return ToText(value.numerator) + "/" + ToText(value.denominator);
}

}  // namespace zw
