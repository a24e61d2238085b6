#include "report/number.h"

#include <cstdlib>

#include "base/text.h"

namespace zw::report {

namespace {

constexpr int64_t kWan = 10'000;
constexpr int kDecimals = 2;
constexpr const char* kWanText = "万";
constexpr const char* kYiText = "亿";

struct Scaled {
    Decimal value;
    std::string unit;
};

// Takes a leading 万 or 亿 of the unit into the value. Too large a number keeps its unit.
Scaled WithoutMultiple(const Decimal& value, const std::string& unit) {
    const bool wan = StartsWith(unit, kWanText);
    if (!wan && !StartsWith(unit, kYiText)) {
        return {value, unit};
    }
    const Int128 factor = wan ? kWan : kWan * kWan;
    const Int128 units = static_cast<Int128>(value.units) * factor;
    if (units > INT64_MAX || units < INT64_MIN) {
        return {value, unit};
    }
    return {
        {static_cast<int64_t>(units), value.scale}, unit.substr(std::string_view(kWanText).size())};
}

bool Below(const Decimal& value, int64_t bound) {
    return Compare(value, {bound, 0}) < 0 && Compare(value, {-bound, 0}) > 0;
}

// value / divisor, two decimals.
Decimal Shrink(const Decimal& value, int64_t divisor) {
    return Round(*Divide(value, {divisor, 0}), kDecimals);
}

// Decimals beyond two go; a whole number stays whole.
Decimal Printable(const Decimal& value) {
    return value.scale > kDecimals ? Rescale(value, kDecimals) : value;
}

// value rounded to a multiple of step: down (towards zero), up (away), or to the nearest.
enum class Way { kDown, kUp, kNearest };
Decimal ToStep(const Decimal& value, const Decimal& step, Way way) {
    const Ratio steps = *Divide(value, step);
    Int128 whole = steps.numerator / steps.denominator;
    if (way == Way::kUp && whole * steps.denominator != steps.numerator) {
        whole += steps.numerator > 0 ? 1 : -1;
    } else if (way == Way::kNearest) {
        whole = DivideRounded(steps.numerator, steps.denominator);
    }
    return Multiply({Narrow(whole, "round"), 0}, step);
}

// 10^n of the first digit: 2445 → 1000. 1 for what is below 10.
int64_t Magnitude(const Decimal& value) {
    int64_t whole = std::llabs(Rescale(value, 0).units);
    int64_t magnitude = 1;
    while (whole >= 10) {  // NOLINT(readability-magic-numbers): decimal digits
        whole /= 10;
        magnitude *= 10;
    }
    return magnitude;
}

constexpr int64_t kTen = 10;
constexpr int64_t kThousand = 1000;

// 近: above nine tenths of a round number and below it.
bool IsNearly(const Decimal& value, const Decimal& round) {
    return Compare(value, round) < 0 &&
           Compare(Multiply(value, {kTen, 0}), Multiply(round, {9, 0})) > 0;
}

std::optional<Decimal> NearlyWhat(const Decimal& value, const std::optional<Decimal>& bound) {
    if (bound) {
        return IsNearly(value, *bound) ? bound : std::nullopt;
    }
    for (int64_t step = Magnitude(value); step >= kTen; step /= kTen) {
        const Decimal round = ToStep(value, {step, 0}, Way::kUp);
        if (IsNearly(value, round)) {
            return round;
        }
    }
    return std::nullopt;
}

std::optional<Decimal> PassedWhat(
    const Decimal& value, const std::optional<Decimal>& bound, const std::optional<Decimal>& last
) {
    const Decimal round = bound ? *bound : ToStep(value, {Magnitude(value), 0}, Way::kDown);
    const bool crossed = last && Compare(*last, round) < 0 && Compare(value, round) >= 0;
    return crossed ? std::optional(round) : std::nullopt;
}

// What the styled number is; absent when the value does not satisfy the style.
std::optional<Decimal> StyledValue(
    const Decimal& value,
    StyleWord style,
    const std::optional<Decimal>& bound,
    const std::optional<Decimal>& last
) {
    if (value.units <= 0) {
        return std::nullopt;
    }
    switch (style) {
        case StyleWord::kAtLeast: {
            const Decimal step = bound.value_or(Decimal{Below(value, kWan) ? kTen : kThousand, 0});
            const Decimal floor = ToStep(value, step, Way::kDown);
            return floor.units > 0 ? std::optional(floor) : std::nullopt;
        }
        case StyleWord::kNearly:
            return NearlyWhat(value, bound);
        case StyleWord::kAbout: {
            const int64_t step = std::max<int64_t>(1, Magnitude(value) / kTen);
            return ToStep(value, bound.value_or(Decimal{step, 0}), Way::kNearest);
        }
        case StyleWord::kPassed:
            return PassedWhat(value, bound, last);
        case StyleWord::kRound: {
            const Decimal round = ToStep(value, bound.value_or(Decimal{kTen, 0}), Way::kNearest);
            return round.units > 0 ? std::optional(round) : std::nullopt;
        }
        default:
            return value;
    }
}

}  // namespace

std::string PrintInUnit(const Decimal& value, const std::string& unit) {
    return ToShortText(Printable(value)) + unit;
}

std::string PrintExact(const Decimal& value, const std::string& unit) {
    return ToShortText(value) + unit;
}

std::string PrintNumber(const Decimal& value, const std::string& unit) {
    if (unit == "%") {
        return PrintInUnit(value, unit);
    }
    const Scaled base = WithoutMultiple(value, unit);
    const Decimal rounded = Printable(base.value);
    if (Below(rounded, kWan)) {
        return PrintInUnit(rounded, base.unit);
    }
    const Decimal wan = Shrink(base.value, kWan);
    if (Below(wan, kWan)) {
        return ToShortText(wan) + kWanText + base.unit;
    }
    return ToShortText(Shrink(base.value, kWan * kWan)) + kYiText + base.unit;
}

Styled PrintStyled(
    const Decimal& value,
    const std::string& unit,
    StyleWord style,
    const std::optional<Decimal>& bound,
    const std::optional<Decimal>& last_year,
    bool keep_unit
) {
    const auto print = [&](const Decimal& what) {
        return keep_unit ? PrintInUnit(what, unit) : PrintNumber(what, unit);
    };
    if (style == StyleWord::kExact) {
        return {PrintExact(value, unit), true};
    }
    if (style == StyleWord::kPlain) {
        return {print(value), true};
    }
    const auto styled = StyledValue(value, style, bound, last_year);
    if (!styled) {
        return {print(value), false};
    }
    const std::string text = print(*styled);
    switch (style) {
        case StyleWord::kAtLeast:
            return {text + "以上", true};
        case StyleWord::kNearly:
            return {"近" + text, true};
        case StyleWord::kAbout:
            return {"约" + text, true};
        case StyleWord::kPassed:
            return {"突破" + text, true};
        default:
            return {text, true};
    }
}

namespace {

bool IsDigit(char c) {
    return c >= '0' && c <= '9';
}

// A printed figure taken apart: 约 | 1.2 | 万吨.
struct Written {
    std::string before;
    Scaled number;
    bool has_number = false;
};

// Commas that part thousands go: 1,234,567 but not 1,2.
std::string WithoutThousands(const std::string& text) {
    constexpr size_t kGroup = 3;
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        size_t digits = 0;
        while (text[i] == ',' && i + 1 + digits < text.size() && IsDigit(text[i + 1 + digits])) {
            ++digits;
        }
        const bool parts = digits == kGroup && !out.empty() && IsDigit(out.back());
        if (!parts) {
            out += text[i];
        }
    }
    return out;
}

Written TakeApart(std::string_view text) {
    const std::string plain = WithoutThousands(Normalise(text));
    Written written;
    const size_t from = plain.find_first_of("0123456789");
    if (from == std::string::npos) {
        written.before = plain;
        return written;
    }
    size_t to = from;
    while (to < plain.size() && (IsDigit(plain[to]) || plain[to] == '.')) {
        ++to;
    }
    written.before = plain.substr(0, from);
    if (const auto value = ParseDecimal(plain.substr(from, to - from))) {
        written.number = WithoutMultiple(*value, plain.substr(to));
        written.has_number = true;
    } else {
        written.before = plain;
    }
    return written;
}

}  // namespace

bool SameValue(std::string_view a, std::string_view b) {
    const Written one = TakeApart(a);
    const Written other = TakeApart(b);
    return one.before == other.before && one.has_number == other.has_number &&
           (!one.has_number || (Compare(one.number.value, other.number.value) == 0 &&
                                one.number.unit == other.number.unit));
}

}  // namespace zw::report
