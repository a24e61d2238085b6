#include "formula/align.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "base/exact.h"
#include "base/problem.h"

namespace zw::formula {

namespace {

constexpr int64_t kMaxFactor = 1'000'000'000'000'000'000;

int64_t WholeFactor(const Ratio& ratio) {
    if (ratio.denominator != 1 || ratio.numerator > kMaxFactor) {
        throw std::range_error("factor");
    }
    return static_cast<int64_t>(ratio.numerator);
}

// Decimals that `type` needs in `unit`; absent when more than 9 would.
std::optional<int> DecimalsIn(const Type& type, const Unit& unit) {
    const Ratio one = Divide(Step(type), unit.factor).value();
    for (int scale = 0; scale <= kMaxScale; ++scale) {
        if (PowerOfTen(scale) % one.denominator == 0) {
            return scale;
        }
    }
    return std::nullopt;
}

int64_t FactorTo(const Type& from, const Type& to) {
    return WholeFactor(Divide(Step(from), Step(to)).value());
}

bool AllWhole(const std::vector<Type>& types) {
    return std::all_of(types.begin(), types.end(), [](const Type& type) {
        return type.kind == Kind::kInt;
    });
}

Int128 CommonDivisor(Int128 a, Int128 b) {
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

// The largest measure that both are whole numbers of.
Ratio CommonMeasure(const Ratio& a, const Ratio& b) {
    const Int128 divisor = CommonDivisor(a.denominator, b.denominator);
    const Int128 x = MultiplyChecked(a.numerator, b.denominator / divisor, "unit");
    const Int128 y = MultiplyChecked(b.numerator, a.denominator / divisor, "unit");
    const Int128 whole = MultiplyChecked(a.denominator / divisor, b.denominator, "unit");
    return MakeRatio(CommonDivisor(x, y), whole).value();
}

Ratio CommonStep(const std::vector<Type>& types) {
    try {
        Ratio step = Step(types.at(0));
        for (const Type& type : types) {
            step = CommonMeasure(step, Step(type));
        }
        return step;
    } catch (const Problem&) {
        throw std::range_error("step");
    }
}

Common WithType(const std::vector<Type>& types, Type type) {
    Common common{std::move(type), {}};
    for (const Type& from : types) {
        common.factors.push_back(FactorTo(from, common.type));
    }
    return common;
}

Type NumberType(const std::vector<Type>& types, const Unit& unit, int scale) {
    Type type;
    type.kind = scale == 0 && AllWhole(types) ? Kind::kInt : Kind::kDecimal;
    type.scale = scale;
    type.unit = unit;
    return type;
}

}  // namespace

Ratio Step(const Type& type) {
    const int scale = type.kind == Kind::kDecimal ? type.scale : 0;
    return Divide(type.unit.factor, Ratio{PowerOfTen(scale), 1}).value();
}

Common CommonNumber(const std::vector<Type>& types) {
    const Type* best = nullptr;
    int best_scale = kMaxScale + 1;
    for (const Type& candidate : types) {
        int scale = 0;
        for (const Type& type : types) {
            const bool same = Compare(type.unit.factor, candidate.unit.factor) == 0;
            const auto needed =
                same ? std::optional<int>(type.scale) : DecimalsIn(type, candidate.unit);
            scale = std::max(scale, needed.value_or(kMaxScale + 1));
        }
        if (scale < best_scale) {
            best_scale = scale;
            best = &candidate;
        }
    }
    if (best != nullptr) {
        return WithType(types, NumberType(types, best->unit, best_scale));
    }
    Unit unit = types.at(0).unit;
    const Ratio share = Divide(CommonStep(types), unit.factor).value();
    unit.name = "(" + ToText(share) + " " + unit.name + ")";
    unit.factor = CommonStep(types);
    return WithType(types, NumberType(types, unit, 0));
}

std::vector<int64_t> CommonFactors(const std::vector<Type>& types) {
    const Ratio step = CommonStep(types);
    std::vector<int64_t> factors;
    factors.reserve(types.size());
    for (const Type& type : types) {
        factors.push_back(WholeFactor(Divide(Step(type), step).value()));
    }
    return factors;
}

std::optional<Common> InUnit(const Type& type, const Unit& unit, int least) {
    const auto decimals = DecimalsIn(type, unit);
    if (!decimals) {
        return std::nullopt;
    }
    const bool same = Compare(type.unit.factor, unit.factor) == 0;
    const int scale = std::max({*decimals, least, same ? type.scale : 0});
    return WithType({type}, NumberType({type}, unit, scale));
}

bool FoldFactor(Node& literal, int64_t factor) {
    const Int128 units = static_cast<Int128>(std::get<int64_t>(literal.literal)) * factor;
    if (units > INT64_MAX || units < INT64_MIN) {
        return false;
    }
    literal.literal = static_cast<int64_t>(units);
    return true;
}

}  // namespace zw::formula
