#pragma once
// Types and values of the formula language (formula.md "Types"). Immutable values; safe to copy
// between threads.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "formula/unit.h"

namespace zw::formula {

enum class Kind { kBool, kInt, kDecimal, kRatio, kText, kChoice, kDate, kPeriod, kRef };

constexpr int kAnyScale = -1;

struct Type {
    Kind kind = Kind::kText;
    int scale = 0;  // kDecimal; kAnyScale in an expectation: as many decimals as the formula gives
    Unit unit;      // kInt, kDecimal, kRatio
    std::vector<std::string> choices;  // kChoice: the values allowed
    Grain grain = Grain::kYear;        // kPeriod
    std::string record;                // kRef: the record type referred to ("place" for places)

    bool IsNumber() const {
        return kind == Kind::kInt || kind == Kind::kDecimal || kind == Kind::kRatio;
    }
};

std::string Describe(const Type& type);  // "decimal(2) 亩": for messages

// monostate is null. bool; int64 (kInt, kRef: id); Decimal; Ratio; text (kText, kChoice); Date;
// Period.
using Value =
    std::variant<std::monostate, bool, int64_t, Decimal, Ratio, std::string, Date, Period>;

inline bool IsNull(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}
// For messages, JSON and tests: 12.50, 2023-04-12, 2023Q4, 文字, true; null is the empty text.
std::string ToText(const Value& value);

}  // namespace zw::formula
