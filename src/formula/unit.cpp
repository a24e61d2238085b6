#include "formula/unit.h"

#include <algorithm>

#include "base/exact.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::formula {

namespace {

constexpr std::string_view kDot = "·";
// Ways to print large numbers, before any unit that does not already have one.
constexpr std::pair<std::string_view, int64_t> kMultiples[] = {{"万", 10'000}, {"亿", 100'000'000}};
constexpr std::string_view kNumber = "number";
constexpr int64_t kNumberQuanta = 1'000;  // quanta of the number 1
constexpr int kMaxPower = 4;
constexpr int64_t kMaxFactor = 1'000'000'000'000'000'000;

[[noreturn]] void BadUnit(std::string_view what) {
    throw Problem("bad_unit", {{"what", std::string(what)}});
}

struct Parts {
    std::vector<std::string> above;
    std::vector<std::string> below;
};

std::vector<std::string> SplitDots(const std::string& text) {
    return Split(ReplaceAll(text, kDot, "*"), '*');
}

// "元·亩/人/年" as its factors; a leading "1" stands for nothing above the line.
Parts PartsOf(const std::string& name) {
    Parts parts;
    if (name.empty()) {
        return parts;
    }
    const auto pieces = Split(name, '/');
    for (size_t i = 0; i < pieces.size(); ++i) {
        if (i == 0 && pieces[0] == "1") {
            continue;
        }
        auto& side = i == 0 ? parts.above : parts.below;
        for (const std::string& factor : SplitDots(pieces[i])) {
            side.push_back(factor);
        }
    }
    return parts;
}

std::string NameOf(Parts parts) {
    for (auto above = parts.above.begin(); above != parts.above.end();) {
        const auto below = std::find(parts.below.begin(), parts.below.end(), *above);
        if (below == parts.below.end()) {
            ++above;
            continue;
        }
        parts.below.erase(below);
        above = parts.above.erase(above);
    }
    std::string name = Join(parts.above, kDot);
    if (parts.below.empty()) {
        return name;
    }
    return (name.empty() ? "1" : name) + "/" + Join(parts.below, "/");
}

Unit Simple(const UnitDefinition& definition, std::string_view name, int64_t multiple) {
    const bool is_number = definition.dimension == kNumber;
    const Int128 quanta = static_cast<Int128>(definition.quanta) * multiple;
    Unit unit{std::string(name), {}, MakeRatio(quanta, is_number ? kNumberQuanta : 1).value()};
    if (!is_number) {
        unit.dims[definition.dimension] = 1;
    }
    return unit;
}

Unit Raise(Unit unit, const Unit& by, int sign) {
    for (const auto& [dimension, power] : by.dims) {
        const int sum = (unit.dims[dimension] += sign * power);
        if (sum == 0) {
            unit.dims.erase(dimension);
        } else if (sum > kMaxPower || sum < -kMaxPower) {
            BadUnit(unit.name + (sign > 0 ? std::string(kDot) : "/") + by.name);
        }
    }
    const Ratio factor = sign > 0 ? zw::Multiply(unit.factor, by.factor)
                                  : zw::Divide(unit.factor, by.factor).value();
    if (factor.numerator > kMaxFactor || factor.denominator > kMaxFactor) {
        BadUnit(unit.name + (sign > 0 ? std::string(kDot) : "/") + by.name);
    }
    unit.factor = factor;
    return unit;
}

}  // namespace

void Units::Add(const UnitDefinition& definition) {
    if (definition.name.empty() || definition.dimension.empty() || definition.quanta <= 0) {
        BadUnit(definition.name);
    }
    std::vector<std::string> names = definition.also;
    names.push_back(definition.name);
    for (const std::string& name : names) {
        if (!units_.emplace(name, definition).second) {
            BadUnit(name);
        }
    }
}

std::optional<Unit> Units::ParseOne(std::string_view text) const {
    const auto found = units_.find(text);
    if (found != units_.end()) {
        return Simple(found->second, text, 1);
    }
    for (const auto& [prefix, multiple] : kMultiples) {
        const auto rest =
            StartsWith(text, prefix) ? units_.find(text.substr(prefix.size())) : units_.end();
        if (rest != units_.end() && !StartsWith(rest->first, "万") &&
            !StartsWith(rest->first, "亿")) {
            return Simple(rest->second, text, multiple);
        }
    }
    return std::nullopt;
}

std::optional<Unit> Units::Parse(std::string_view text) const {
    const std::string name = RemoveSpaces(text);
    if (name.empty()) {
        return Unit{};
    }
    if (auto whole = ParseOne(name)) {
        return whole;
    }
    const Parts parts = PartsOf(name);
    Unit unit;
    for (const std::string& part : parts.above) {
        const auto factor = ParseOne(part);
        if (!factor) {
            return std::nullopt;
        }
        unit = Raise(unit, *factor, 1);
    }
    for (const std::string& part : parts.below) {
        const auto factor = ParseOne(part);
        if (!factor) {
            return std::nullopt;
        }
        unit = Raise(unit, *factor, -1);
    }
    unit.name = name;
    return unit;
}

Unit Units::Named(Unit unit, std::string name) const {
    const bool is_one = unit.factor.numerator == 1 && unit.factor.denominator == 1;
    if (unit.dims.empty() && is_one) {
        unit.name.clear();
        return unit;
    }
    unit.name = std::move(name);
    if (units_.contains(unit.name) ||
        !(unit.dims.empty() || (unit.dims.size() == 1 && unit.dims.begin()->second == 1))) {
        return unit;
    }
    for (const auto& [known, definition] : units_) {
        const Unit simple = Simple(definition, known, 1);
        if (known == definition.name && simple.dims == unit.dims &&
            Compare(simple.factor, unit.factor) == 0) {
            unit.name = known;
        }
    }
    return unit;
}

Unit Units::Multiply(const Unit& a, const Unit& b) const {
    Parts parts = PartsOf(a.name);
    const Parts more = PartsOf(b.name);
    parts.above.insert(parts.above.end(), more.above.begin(), more.above.end());
    parts.below.insert(parts.below.end(), more.below.begin(), more.below.end());
    return Named(Raise(a, b, 1), NameOf(parts));
}

Unit Units::Divide(const Unit& a, const Unit& b) const {
    Parts parts = PartsOf(a.name);
    const Parts more = PartsOf(b.name);
    parts.above.insert(parts.above.end(), more.below.begin(), more.below.end());
    parts.below.insert(parts.below.end(), more.above.begin(), more.above.end());
    return Named(Raise(a, b, -1), NameOf(parts));
}

std::vector<std::string> Units::Names() const {
    std::vector<std::string> names;
    for (const auto& [name, definition] : units_) {
        names.push_back(name);
    }
    return names;
}

Ratio Conversion(const Unit& from, const Unit& to) {
    return zw::Divide(from.factor, to.factor).value();
}

}  // namespace zw::formula
