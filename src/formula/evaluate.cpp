#include "formula/evaluate.h"

#include <algorithm>

#include "base/exact.h"
#include "base/problem.h"

namespace zw::formula {

namespace {

enum class Truth { kFalse, kTrue, kNull };

Truth TruthOf(const Value& value) {
    if (IsNull(value)) {
        return Truth::kNull;
    }
    return std::get<bool>(value) ? Truth::kTrue : Truth::kFalse;
}

// One row. Numbers inside are int64 units at their node's scale, or ratios.
class Evaluator {
public:
    Evaluator(const Row& row, const WorkCalendar& calendar) : row_(row), calendar_(calendar) {}

    Value Run(const Node& node) const {
        switch (node.op) {
            case Op::kLiteral:
                return node.literal;
            case Op::kPath:
                return Inside(row_.Get(node.path), node.type);
            case Op::kPrevious:
                return Inside(row_.Previous(node.path), node.type);
            case Op::kRule:
                return Inside(row_.Rule(node.text), node.type);
            case Op::kToday:
                return row_.Today();
            case Op::kNot:
            case Op::kAnd:
            case Op::kOr:
                return Logic(node);
            case Op::kCompare:
            case Op::kBetween:
            case Op::kIn:
            case Op::kIsNull:
                return Test(node);
            case Op::kIf:
                return TruthOf(Run(*node.children[0])) == Truth::kTrue ? Run(*node.children[1])
                                                                       : Run(*node.children[2]);
            case Op::kCoalesce:
                return Coalesce(node);
            case Op::kChild:
                return Child(node);
            case Op::kMonths:
            case Op::kDays:
            case Op::kWorkdays:
            case Op::kAge:
            case Op::kYear:
                return Time(node);
            case Op::kLinear:
            case Op::kMultiply:
            case Op::kDivide:
            case Op::kToRatio:
                break;
            case Op::kRound:
                return Round(node);
        }
        return Arithmetic(node);
    }

private:
    // A value as its owner gives it, as back ends count it.
    static Value Inside(const Value& value, const Type& type) {
        if (const auto* decimal = std::get_if<Decimal>(&value)) {
            return type.kind == Kind::kRatio
                       ? Value(MakeRatio(decimal->units, PowerOfTen(decimal->scale)).value())
                       : Value(Rescale(*decimal, type.scale).units);
        }
        const auto* whole = std::get_if<int64_t>(&value);
        if (whole != nullptr && type.kind == Kind::kDecimal) {
            return Rescale({*whole, 0}, type.scale).units;
        }
        if (whole != nullptr && type.kind == Kind::kRatio) {
            return Ratio{*whole, 1};
        }
        const auto* text = std::get_if<std::string>(&value);
        return text != nullptr && text->empty() ? Value() : value;
    }

    static Date DateOf(const Value& value) {
        const auto* period = std::get_if<Period>(&value);
        return period != nullptr ? period->last : std::get<Date>(value);
    }

    static Ratio RatioOf(const Node& node, const Value& value) {
        const auto* ratio = std::get_if<Ratio>(&value);
        if (ratio != nullptr) {
            return *ratio;
        }
        return ExactRatio(std::get<int64_t>(value), 1, 1, PowerOfTen(node.type.scale)).value();
    }

    Value Logic(const Node& node) const {
        if (node.op == Op::kNot) {
            const Truth truth = TruthOf(Run(*node.children[0]));
            return truth == Truth::kNull ? Value() : Value(truth == Truth::kFalse);
        }
        const Truth decisive = node.op == Op::kAnd ? Truth::kFalse : Truth::kTrue;
        bool decided = false;
        bool is_null = false;
        for (const NodePtr& child :
             node.children) {  // each one, so that a problem in one never depends on another
            const Truth truth = TruthOf(Run(*child));
            decided = decided || truth == decisive;
            is_null = is_null || truth == Truth::kNull;
        }
        if (decided) {
            return decisive == Truth::kTrue;
        }
        return is_null ? Value() : Value(decisive == Truth::kFalse);
    }

    // <0, 0, >0 of children i and j.
    static int Order(const Node& node, const std::vector<Value>& values, size_t i, size_t j) {
        const Value& a = values[i];
        const Value& b = values[j];
        if (std::holds_alternative<Ratio>(a)) {
            return Compare(std::get<Ratio>(a), std::get<Ratio>(b));
        }
        if (std::holds_alternative<int64_t>(a)) {
            const Int128 x = static_cast<Int128>(std::get<int64_t>(a)) *
                             (node.factors.empty() ? 1 : node.factors[i]);
            const Int128 y = static_cast<Int128>(std::get<int64_t>(b)) *
                             (node.factors.empty() ? 1 : node.factors[j]);
            return x < y ? -1 : (x > y ? 1 : 0);
        }
        if (std::holds_alternative<std::string>(a)) {
            return std::get<std::string>(a).compare(std::get<std::string>(b));
        }
        if (std::holds_alternative<bool>(a)) {
            return static_cast<int>(std::get<bool>(a)) - static_cast<int>(std::get<bool>(b));
        }
        const Date x = DateOf(a);
        const Date y = DateOf(b);
        return x < y ? -1 : (y < x ? 1 : 0);
    }

    static bool Holds(Comparison comparison, int order) {
        switch (comparison) {
            case Comparison::kEqual:
                return order == 0;
            case Comparison::kUnequal:
                return order != 0;
            case Comparison::kLess:
                return order < 0;
            case Comparison::kLessOrEqual:
                return order <= 0;
            case Comparison::kGreater:
                return order > 0;
            case Comparison::kGreaterOrEqual:
                break;
        }
        return order >= 0;
    }

    Value Test(const Node& node) const {
        const std::vector<Value> values = RunAll(node);
        if (node.op == Op::kIsNull) {
            return IsNull(values[0]) != node.negated;
        }
        if (node.op == Op::kBetween) {
            return Between(node, values);
        }
        if (std::any_of(values.begin(), values.end(), IsNull)) {
            return {};
        }
        if (node.op == Op::kCompare) {
            return Holds(node.comparison, Order(node, values, 0, 1));
        }
        const bool found = std::any_of(node.set.begin(), node.set.end(), [&](const Value& member) {
            return Order(node, {values[0], member}, 0, 1) == 0;
        });
        return found != node.negated;
    }

    // x >= low and x <= high, by Kleene: one side may decide alone.
    static Value Between(const Node& node, const std::vector<Value>& values) {
        if (IsNull(values[0]) || (IsNull(values[1]) && IsNull(values[2]))) {
            return {};
        }
        const bool known_low = !IsNull(values[1]);
        const bool known_high = !IsNull(values[2]);
        const bool below = known_low && Order(node, values, 0, 1) < 0;
        const bool above = known_high && Order(node, values, 0, 2) > 0;
        if (below || above) {
            return node.negated;
        }
        return known_low && known_high ? Value(!node.negated) : Value();
    }

    std::vector<Value> RunAll(const Node& node) const {
        std::vector<Value> values;
        values.reserve(node.children.size());
        for (const NodePtr& child : node.children) {
            values.push_back(Run(*child));
        }
        return values;
    }

    Value Coalesce(const Node& node) const {
        for (const NodePtr& child : node.children) {
            Value value = Run(*child);
            if (!IsNull(value)) {
                return value;
            }
        }
        return {};
    }

    Value Arithmetic(const Node& node) const {
        const std::vector<Value> values = RunAll(node);
        if (std::any_of(values.begin(), values.end(), IsNull)) {
            return {};
        }
        switch (node.op) {
            case Op::kLinear:
                return Linear(node, values);
            case Op::kToRatio:
                return Multiply(RatioOf(*node.children[0], values[0]), node.factor);
            case Op::kDivide:
                return Quotient(node, values);
            default:
                break;
        }
        if (node.type.kind != Kind::kRatio) {
            return Narrow(
                static_cast<Int128>(std::get<int64_t>(values[0])) * std::get<int64_t>(values[1]),
                "*"
            );
        }
        return Multiply(
            RatioOf(*node.children[0], values[0]), RatioOf(*node.children[1], values[1])
        );
    }

    static Value Linear(const Node& node, const std::vector<Value>& values) {
        if (node.type.kind == Kind::kRatio) {
            Ratio sum{0, 1};
            for (size_t i = 0; i < values.size(); ++i) {
                const Ratio term = std::get<Ratio>(values[i]);
                sum = Add(sum, node.factors[i] < 0 ? Negate(term) : term);
            }
            return sum;
        }
        Int128 sum = 0;
        for (size_t i = 0; i < values.size(); ++i) {
            sum = AddChecked(
                sum, static_cast<Int128>(std::get<int64_t>(values[i])) * node.factors[i], "+"
            );
        }
        return Narrow(sum, "+");
    }

    static Value Quotient(const Node& node, const std::vector<Value>& values) {
        const auto quotient =
            Divide(RatioOf(*node.children[0], values[0]), RatioOf(*node.children[1], values[1]));
        return quotient ? Value(*quotient) : Value();
    }

    // A product that is rounded at once keeps all its 126 bits.
    Value Round(const Node& node) const {
        const Node& product = *node.children[0];
        const bool is_plain = product.op == Op::kMultiply &&
                              product.children[0]->type.kind != Kind::kRatio &&
                              product.children[1]->type.kind != Kind::kRatio;
        const int digits = is_plain ? product.children[0]->type.scale +
                                          product.children[1]->type.scale - node.type.scale
                                    : -1;
        if (digits < 0 || product.type.kind != Kind::kRatio) {
            const Value value = Run(product);
            return IsNull(value) ? value : Rounded(node, value);
        }
        const std::vector<Value> values = RunAll(product);
        if (IsNull(values[0]) || IsNull(values[1])) {
            return {};
        }
        return MultiplyDivide(
            std::get<int64_t>(values[0]), std::get<int64_t>(values[1]), PowerOfTen(digits)
        );
    }

    static Value Rounded(const Node& node, const Value& value) {
        if (const auto* ratio = std::get_if<Ratio>(&value)) {
            return RoundUnits(*ratio, node.type.scale);
        }
        return Rescale({std::get<int64_t>(value), node.children[0]->type.scale}, node.type.scale)
            .units;
    }

    Value Time(const Node& node) const {
        const std::vector<Value> values = RunAll(node);
        if (std::any_of(values.begin(), values.end(), IsNull)) {
            return {};
        }
        const Date first = DateOf(values[0]);
        switch (node.op) {
            case Op::kMonths:
                return MonthsAfter(first, std::get<int64_t>(values[1]));
            case Op::kDays:
                return ToDays(DateOf(values[1])) - ToDays(first);
            case Op::kWorkdays:
                return calendar_.Between(first, DateOf(values[1]));
            case Op::kAge:
                return int64_t{AgeInYears(first, DateOf(values[1]))};
            default:
                return int64_t{first.year};
        }
    }

    Value Child(const Node& node) const {
        Int128 sum = 0;
        int64_t count = 0;
        row_.EachChild(node.text, [&](const Row& child) {
            const Evaluator inner(child, calendar_);
            if (node.where && TruthOf(inner.Run(*node.where)) != Truth::kTrue) {
                return;
            }
            const Value value =
                node.children.empty() ? Value(int64_t{1}) : inner.Run(*node.children[0]);
            if (!IsNull(value)) {
                sum = AddChecked(sum, std::get<int64_t>(value), "sum");
                ++count;
            }
        });
        if (node.aggregate == Aggregate::kCount) {
            return count;
        }
        return count == 0 ? Value() : Value(Narrow(sum, "sum"));
    }

    const Row& row_;
    const WorkCalendar& calendar_;
};

Value Outside(const Value& value, const Type& type) {
    if (type.kind == Kind::kDecimal && !IsNull(value)) {
        return Decimal{std::get<int64_t>(value), type.scale};
    }
    const auto* period = std::get_if<Period>(&value);
    return period != nullptr && type.kind == Kind::kDate ? Value(period->last) : value;
}

}  // namespace

Value Evaluate(const Node& node, const Row& row, const WorkCalendar& calendar) {
    return Outside(Evaluator(row, calendar).Run(node), node.type);
}

}  // namespace zw::formula
