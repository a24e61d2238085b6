#pragma once
// The typed tree that back ends walk. Everything is decided here: units, scales and conversions are
// plain factors. Numbers are 64-bit units at type.scale, or exact ratios; a number child of a ratio
// operation stands for units / 10^scale.

#include <memory>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "formula/formula.h"
#include "formula/type.h"

namespace zw::formula {

enum class Op {
    kLiteral,   // literal: numbers as int64 units
    kPath,      // path
    kPrevious,  // path
    kRule,      // text: the key
    kNot,
    kAnd,  // two or more; every part is evaluated
    kOr,
    kCompare,   // two; numbers times factors; comparison
    kIn,        // children[0] among set; negated
    kBetween,   // three; numbers times factors; negated
    kIsNull,    // negated
    kLinear,    // sum of children times factors, narrowed once; ratios: factors are 1 or -1
    kMultiply,  // type decimal: narrowed; type ratio: exact
    kDivide,    // two; null when the divisor is 0
    kToRatio,   // children[0] times factor
    kRound,     // to type.scale
    kIf,        // condition, then, else
    kCoalesce,
    kMonths,  // date, n
    kDays,
    kWorkdays,
    kAge,
    kYear,
    kToday,
    kChild  // aggregate over child rows: text: the child; children[0]: the argument (none for
            // count); where
};

enum class Comparison { kEqual, kUnequal, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

struct Node {
    Op op = Op::kLiteral;
    Type type;
    size_t place = 0;  // bytes of the formula's text
    size_t end = 0;
    bool bare = false;      // a number without unit that takes the other side's
    bool can_fail = false;  // evaluating may raise a problem
    std::vector<std::unique_ptr<Node>> children;
    std::vector<int64_t> factors;
    Ratio factor;
    Value literal;
    std::vector<Value> set;
    std::vector<std::string> written;  // the members of a set as they were written
    std::vector<std::string> path;
    std::string text;
    Comparison comparison = Comparison::kEqual;
    Aggregate aggregate = Aggregate::kNone;
    std::unique_ptr<Node> where;
    bool negated = false;
};

using NodePtr = std::unique_ptr<Node>;

}  // namespace zw::formula
