#include "report/slot_number.h"

#include "base/exact.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "report/resolve.h"

namespace zw::report {

namespace {

constexpr const char* kPercent = "%";
constexpr int kPercentScale = 2;

InUnit PercentOf(const Ratio& value) {
    return {Round(Multiply(value, Ratio{100, 1}), kPercentScale), kPercent};
}

// Growth has no rate on a base that is not above 0.
std::optional<InUnit> Change(
    const FigureSource& source,
    const indicator::FigureQuery& query,
    const definition::Indicator& indicator,
    const Slot& slot
) {
    const auto compare =
        slot.compare == CompareWord::kPeriodOnPeriod   ? indicator::Compare::kPeriodOnPeriod
        : slot.compare == CompareWord::kSinceYearStart ? indicator::Compare::kSinceYearStart
                                                       : indicator::Compare::kYearOnYear;
    const auto comparison = source.CompareWith(query, compare);
    if (!comparison.uneven.empty() || !comparison.difference) {
        return std::nullopt;
    }
    if (indicator.unit_text == kPercent) {
        return InUnit{*comparison.difference, kPercent};
    }
    if (slot.compare == CompareWord::kSinceYearStart) {
        return Convert(source.model(), indicator, slot, *comparison.difference);
    }
    if (comparison.percent_exact) {
        return InUnit{Round(*comparison.percent_exact, kPercentScale), kPercent};
    }
    return comparison.percent ? std::optional(InUnit{*comparison.percent, kPercent}) : std::nullopt;
}

std::optional<InUnit> AgainstTarget(
    const FigureSource& source,
    const indicator::FigureQuery& query,
    const definition::Indicator& indicator,
    const Slot& slot
) {
    const auto target = source.TargetOf(query);
    if (!target) {
        return std::nullopt;
    }
    if (slot.compare == CompareWord::kTarget) {
        return Convert(source.model(), indicator, slot, target->value);
    }
    if (slot.compare == CompareWord::kCompletion) {
        return target->completion ? std::optional(PercentOf(*target->completion)) : std::nullopt;
    }
    const auto now = source.Get(query).value;
    return now ? std::optional(
                     Convert(source.model(), indicator, slot, Subtract(*now, target->value))
                 )
               : std::nullopt;
}

}  // namespace

InUnit Convert(
    const definition::Model& model,
    const definition::Indicator& indicator,
    const Slot& slot,
    const Decimal& value
) {
    if (slot.unit.empty()) {
        return {value, indicator.print_unit.empty() ? indicator.unit_text : indicator.print_unit};
    }
    if (slot.unit == indicator.unit_text || slot.unit == indicator.print_unit) {
        return {value, slot.unit};
    }
    const auto from = model.units.Parse(indicator.unit_text);
    const auto to = model.units.Parse(slot.unit);
    if (!from || !to || !from->SameDimension(*to)) {
        throw NotFound(Thing::kUnit, slot.unit);
    }
    const Ratio factor = formula::Conversion(*from, *to);
    constexpr int kScale = 6;
    const auto converted =
        MakeRatio(value.units * factor.numerator, PowerOfTen(value.scale) * factor.denominator);
    return {Round(*converted, kScale), slot.unit};
}

indicator::FigureQuery QueryOf(const FigureSource& source, const Period& own, const Slot& slot) {
    const auto& places = source.places();
    indicator::FigureQuery query;
    query.indicator = slot.key;
    query.place = places.town().id;
    if (!slot.place.empty()) {
        const auto place = places.Match(slot.place);
        if (!place) {
            throw NotFound(Thing::kVillage, slot.place);
        }
        query.place = *place;
    }
    const auto period = SlotPeriod(slot.period, own);
    if (!period) {
        throw NotFound(Thing::kPeriod, slot.period);
    }
    query.period = *period;
    return query;
}

std::optional<InUnit> NumberOf(const FigureSource& source, const Period& own, const Slot& slot) {
    const auto* indicator = source.model().FindIndicator(slot.key);
    if (indicator == nullptr) {
        throw NotFound(Thing::kIndicator, slot.key);
    }
    const auto query = QueryOf(source, own, slot);
    switch (slot.compare) {
        case CompareWord::kNone: {
            const auto value = source.Get(query).value;
            return value ? std::optional(Convert(source.model(), *indicator, slot, *value))
                         : std::nullopt;
        }
        case CompareWord::kShare: {
            const auto share = source.ShareOf(query, slot.whole);
            return share ? std::optional(PercentOf(*share)) : std::nullopt;
        }
        case CompareWord::kCompletion:
        case CompareWord::kTarget:
        case CompareWord::kGap:
            return AgainstTarget(source, query, *indicator, slot);
        case CompareWord::kDue:
            return std::nullopt;
        default:
            return Change(source, query, *indicator, slot);
    }
}

}  // namespace zw::report
