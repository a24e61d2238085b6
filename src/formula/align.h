#pragma once
// How numbers of one dimension but other units and scales are brought together exactly. Pure
// functions over types and nodes. Where nothing exact exists they throw std::range_error; the
// checker says so at the formula's place.

#include <optional>
#include <vector>

#include "formula/node.h"

namespace zw::formula {

// What one step of the number's last digit is in quanta: unit.factor / 10^scale.
Ratio Step(const Type& type);

// The type that holds each of `types` (int or decimal, one dimension) exactly, and what to multiply
// each with: the unit among them that needs the fewest decimals, the first of equals; when none
// serves, a common measure of all.
struct Common {
    Type type;
    std::vector<int64_t> factors;
};
Common CommonNumber(const std::vector<Type>& types);

// Whole factors that make steps of `types` comparable.
std::vector<int64_t> CommonFactors(const std::vector<Type>& types);

// `type` (int or decimal) in `unit` with as few decimals as hold it, at least `least`; absent when
// no 9 decimals do.
std::optional<Common> InUnit(const Type& type, const Unit& unit, int least);

// The literal's units times `factor` when that fits, false otherwise (the literal is unchanged).
bool FoldFactor(Node& literal, int64_t factor);

}  // namespace zw::formula
