#include "report/wording.h"

#include "base/exact.h"
#include "report/number.h"

namespace zw::report {

namespace {

constexpr const char* kPercent = "%";

std::string Prefix(CompareWord word) {
    switch (word) {
        case CompareWord::kPeriodOnPeriod:
            return "环比";
        case CompareWord::kSinceYearStart:
            return "较年初";
        default:
            return "同比";
    }
}

std::string BaseName(CompareWord word) {
    switch (word) {
        case CompareWord::kPeriodOnPeriod:
            return "上期";
        case CompareWord::kSinceYearStart:
            return "年初";
        default:
            return "上年同期";
    }
}

Words OfBase(CompareWord word, const definition::Indicator& indicator) {
    switch (word) {
        case CompareWord::kPeriodOnPeriod:
            return Sentence("base_last_period", {{"name", indicator.name.Both()}});
        case CompareWord::kSinceYearStart:
            return Sentence("base_year_start", {{"name", indicator.name.Both()}});
        default:
            return Sentence("base_last_year", {{"name", indicator.name.Both()}});
    }
}

Words YearTarget(const definition::Indicator& indicator) {
    return Sentence("label_year_target", {{"name", indicator.name.Both()}});
}

Decimal Magnitude(Decimal value) {
    value.units = value.units < 0 ? -value.units : value.units;
    return value;
}

// |x| < 0.05 %: 持平. `percent` in percent.
bool IsLevel(const Ratio& percent) {
    const Ratio bound{5, 100};
    return Compare(percent, bound) < 0 && Compare(percent, Negate(bound)) > 0;
}

std::string Percent(const Ratio& value, int scale) {
    return ToShortText(Magnitude(Round(value, scale))) + kPercent;
}

// One side of the year's base is a loss: growth rates mean nothing.
std::string OverLoss(const Decimal& now, const Decimal& difference, const std::string& unit) {
    if (now.units > 0) {
        return "扭亏为盈";
    }
    return (difference.units > 0 ? "减亏" : "增亏") + PrintNumber(Magnitude(difference), unit);
}

std::string DifferenceText(const Decimal& difference, const std::string& unit, bool percentage) {
    if (difference.units == 0) {
        return "持平";
    }
    if (percentage) {
        return (difference.units > 0 ? "提高" : "降低") +
               ToShortText(Magnitude(Rescale(difference, 2))) + "个百分点";
    }
    return (difference.units > 0 ? "增加" : "减少") + PrintNumber(Magnitude(difference), unit);
}

Wording Lacking(Words what) {
    return {std::nullopt, std::move(what)};
}
Wording Text(std::string text) {
    return {std::move(text), {}};
}

}  // namespace

Wording ChangeWording(
    CompareWord word,
    const definition::Indicator& indicator,
    const std::string& unit,
    const indicator::Figure& now,
    const indicator::Comparison& comparison
) {
    if (!now.value) {
        return Lacking(indicator.name.Both());
    }
    if (!comparison.base || !comparison.base->value || !comparison.difference) {
        return Lacking(OfBase(word, indicator));
    }
    const std::string prefix = Prefix(word);
    const Decimal& base = *comparison.base->value;
    const bool percentage = unit == kPercent;
    if (percentage) {
        if (Rescale(*comparison.difference, 2).units == 0) {
            return Text(prefix + "持平");
        }
        return Text(prefix + DifferenceText(*comparison.difference, unit, true));
    }
    if (word == CompareWord::kSinceYearStart) {
        return Text(prefix + DifferenceText(*comparison.difference, unit, false));
    }
    if (base.units < 0) {
        return Text(prefix + OverLoss(*now.value, *comparison.difference, unit));
    }
    if (base.units == 0) {
        return Text(BaseName(word) + "为0");
    }
    const auto change = Divide(*comparison.difference, base);
    const Ratio percent = Multiply(*change, Ratio{100, 1});
    if (IsLevel(percent)) {
        return Text(prefix + "持平");
    }
    return Text(prefix + (percent.numerator > 0 ? "增长" : "下降") + Percent(percent, 1));
}

Wording CompletionWording(
    const definition::Indicator& indicator,
    const std::string& unit,
    const indicator::Figure& now,
    const std::optional<indicator::Figures::Target>& target
) {
    if (!target) {
        return Lacking(YearTarget(indicator));
    }
    if (!now.value) {
        return Lacking(indicator.name.Both());
    }
    if (indicator.direction == "down") {
        if (Compare(*now.value, target->value) <= 0) {
            return Text("控制在年度目标以内");
        }
        return Text("超出年度目标" + PrintNumber(Subtract(*now.value, target->value), unit));
    }
    if (!target->completion) {
        return Lacking(YearTarget(indicator));
    }
    return Text("完成年度目标的" + Percent(Multiply(*target->completion, Ratio{100, 1}), 1));
}

Wording GapWording(
    const definition::Indicator& indicator,
    const std::string& unit,
    const indicator::Figure& now,
    const std::optional<indicator::Figures::Target>& target
) {
    if (!target) {
        return Lacking(YearTarget(indicator));
    }
    if (!now.value) {
        return Lacking(indicator.name.Both());
    }
    const Decimal gap = Subtract(*now.value, target->value);
    if (gap.units == 0) {
        return Text("恰好达到");
    }
    return Text((gap.units < 0 ? "还差" : "超出") + PrintNumber(Magnitude(gap), unit));
}

Wording ShareWording(const definition::Indicator& whole, const std::optional<Ratio>& share) {
    if (!share) {
        return Lacking(whole.name.Both());
    }
    return Text("占" + whole.name.zh + "的" + Percent(Multiply(*share, Ratio{100, 1}), 1));
}

Wording DueWording(
    const definition::Indicator& indicator, const std::optional<indicator::Figures::Target>& target
) {
    if (!target || !target->due) {
        return Lacking(Sentence("label_due", {{"name", indicator.name.Both()}}));
    }
    const Date& due = *target->due;
    if (due.month == 12 && due.day == 31) {
        return Text(std::to_string(due.year) + "年底");
    }
    return Text(ToChinese(PeriodOf(due, Grain::kDay)));
}

}  // namespace zw::report
