#include <algorithm>
#include <stdexcept>

#include "base/exact.h"
#include "base/problem.h"
#include "formula/impl.h"

namespace zw::formula {

namespace {

constexpr int kMostDigits = 18;  // a power of ten that still fits 64 bits

std::string DateText(const Value& value) {
    const auto* period = std::get_if<Period>(&value);
    return ToText(period != nullptr ? period->last : std::get<Date>(value));
}

std::string_view SignOf(Comparison comparison) {
    constexpr std::string_view kSigns[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    return kSigns[static_cast<int>(comparison)];
}

bool IsRatio(const Node& node) {
    return node.type.kind == Kind::kRatio;
}

bool ArePlain(const Node& node) {
    return std::all_of(node.factors.begin(), node.factors.end(), [](int64_t factor) {
        return factor == 1;
    });
}

// Writes one expression from left to right, so that values stand in the order of their question
// marks. Bool nodes become SQL conditions; everything else scalar expressions. Only identifiers
// from SqlNames and numbers of the compiler enter the text.
class Writer {
public:
    Writer(const SqlNames& names, const WorkCalendar& calendar)
        : names_(names), calendar_(calendar) {}

    Sql Take() { return std::move(sql_); }

    void Write(const Node& node) {
        switch (node.op) {
            case Op::kLiteral:
                return Literal(node.literal);
            case Op::kPath:
                return Stored(node, {names_.Column(node.path), {}});
            case Op::kPrevious:
                return Stored(node, {names_.Previous(node.path), {}});
            case Op::kRule:
                return Stored(node, names_.Rule(node.text));
            case Op::kToday:
                return Bind(ToText(names_.Today()));
            case Op::kNot:
                return Wrap("(not ", *node.children[0], ")");
            case Op::kAnd:
            case Op::kOr:
                return Logic(node, 0, node.children.size());
            case Op::kCompare:
                return Compare(node);
            case Op::kIn:
                return In(node);
            case Op::kBetween:
                return Between(node);
            case Op::kIsNull:
                return Wrap("(", *node.children[0], node.negated ? " is not null)" : " is null)");
            case Op::kIf:
                return If(node);
            case Op::kCoalesce:
                return List("coalesce(", node.children);
            case Op::kChild:
                return Child(node);
            default:
                return node.type.kind == Kind::kDate || IsTimeCount(node.op) ? Time(node)
                                                                             : Arithmetic(node);
        }
    }

    void Text(std::string_view text) { sql_.text += text; }
    void Append(const Sql& sql) {
        sql_.text += sql.text;
        sql_.values.insert(sql_.values.end(), sql.values.begin(), sql.values.end());
    }

private:
    static bool IsTimeCount(Op op) {
        return op == Op::kDays || op == Op::kWorkdays || op == Op::kAge || op == Op::kYear;
    }

    void Bind(SqlValue value) {
        sql_.text += "?";
        sql_.values.push_back(std::move(value));
    }
    void Number(int64_t number) { sql_.text += std::to_string(number); }

    void Wrap(std::string_view before, const Node& node, std::string_view after) {
        Text(before);
        Write(node);
        Text(after);
    }

    void List(std::string_view before, const std::vector<NodePtr>& nodes) {
        Text(before);
        for (size_t i = 0; i < nodes.size(); ++i) {
            Text(i == 0 ? "" : ", ");
            Write(*nodes[i]);
        }
        Text(")");
    }

    // Closes a call that may overflow: the last argument names the record.
    void CloseNamed() {
        const std::string id = names_.RowId();
        Text(id.empty() ? ")" : ", " + id + ")");
    }

    void Literal(const Value& value) {
        if (const auto* truth = std::get_if<bool>(&value)) {
            return Text(*truth ? "true" : "false");
        }
        if (const auto* number = std::get_if<int64_t>(&value)) {
            return Bind(*number);
        }
        if (const auto* text = std::get_if<std::string>(&value)) {
            return Bind(*text);
        }
        Bind(DateText(value));
    }

    void Stored(const Node& node, const Sql& sql) {
        const bool is_bool = node.type.kind == Kind::kBool;
        Text(is_bool ? "((" : "(");
        Append(sql);
        Text(is_bool ? ") = 1)" : ")");
    }

    // Halved, so that a long chain does not become a deep expression. Where a part can fail, all
    // parts are evaluated.
    void Logic(const Node& node, size_t from, size_t to) {
        if (to - from == 1) {
            return Write(*node.children[from]);
        }
        const bool is_and = node.op == Op::kAnd;
        const size_t middle = from + (to - from) / 2;
        Text(node.can_fail ? (is_and ? "zw_and(" : "zw_or(") : "(");
        Logic(node, from, middle);
        Text(node.can_fail ? ", " : (is_and ? " and " : " or "));
        Logic(node, middle, to);
        Text(")");
    }

    void Compare(const Node& node) {
        const Node& left = *node.children[0];
        const Node& right = *node.children[1];
        if (IsRatio(left)) {
            Text("(zw_rcmp(");
            AsRatio(left);
            Text(", ");
            AsRatio(right);
            return Text(")" + std::string(SignOf(node.comparison)) + "0)");
        }
        if (ArePlain(node)) {
            Wrap("(", left, SignOf(node.comparison));
            return Wrap("", right, ")");
        }
        Text("(zw_cmp(");
        Pairs(node);
        Text(")" + std::string(SignOf(node.comparison)) + "0)");
    }

    void Pairs(const Node& node) {
        for (size_t i = 0; i < node.children.size(); ++i) {
            Wrap(i == 0 ? "" : ", ", *node.children[i], ", ");
            Number(node.factors[i]);
        }
    }

    void In(const Node& node) {
        const Node& value = *node.children[0];
        if (node.set.empty()) {
            return Wrap(
                "(case when ",
                value,
                node.negated ? " is not null then true end)" : " is not null then false end)"
            );
        }
        Wrap("(", value, node.negated ? " not in (" : " in (");
        for (size_t i = 0; i < node.set.size(); ++i) {
            Text(i == 0 ? "" : ", ");
            Literal(node.set[i]);
        }
        Text("))");
    }

    void Between(const Node& node) {
        const bool is_ratio = IsRatio(*node.children[0]);
        if (!is_ratio && ArePlain(node) && !node.can_fail) {
            Wrap("(", *node.children[0], node.negated ? " not between " : " between ");
            Write(*node.children[1]);
            return Wrap(" and ", *node.children[2], ")");
        }
        if (is_ratio) {
            Text("(zw_rbetween(");
            for (size_t i = 0; i < node.children.size(); ++i) {
                Text(i == 0 ? "" : ", ");
                AsRatio(*node.children[i]);
            }
            Text(")");
        } else if (node.factors.empty()) {
            List("(zw_between(", node.children);
        } else {
            Text("(zw_between(");
            Pairs(node);
            Text(")");
        }
        Text(node.negated ? " = 0)" : " = 1)");
    }

    void If(const Node& node) {
        Wrap("(case when ", *node.children[0], " then ");
        Wrap("", *node.children[1], " else ");
        Wrap("", *node.children[2], " end)");
    }

    void Child(const Node& node) {
        const SqlNames* child = names_.ChildNames(node.text);
        if (child == nullptr) {
            throw std::logic_error("SqlNames knows no child " + node.text);
        }
        Writer what(*child, calendar_);
        if (node.children.empty()) {
            what.Text("count(*)");
        } else {
            what.Wrap("zw_sum(", *node.children[0], ")");
        }
        Writer when(*child, calendar_);
        if (node.where) {
            when.Write(*node.where);
        } else {
            when.Text("1 = 1");
        }
        const Sql what_sql = what.Take();
        const Sql when_sql = when.Take();
        Text("(");
        Append({names_.ChildSelect(node.text, what_sql.text, when_sql.text), what_sql.values});
        Append({"", when_sql.values});
        Text(")");
    }

    void Time(const Node& node) {
        switch (node.op) {
            case Op::kMonths:
                Wrap("zw_months(", *node.children[0], ", ");
                Write(*node.children[1]);
                return CloseNamed();
            case Op::kDays:
                return List("zw_days(", node.children);
            case Op::kAge:
                return List("zw_age(", node.children);
            case Op::kWorkdays:
                Wrap("zw_workdays(", *node.children[0], ", ");
                Wrap("", *node.children[1], ", ");
                Bind(calendar_.Serialize());
                return Text(")");
            default:
                return Wrap("cast(substr(", *node.children[0], ", 1, 4) as bigint)");
        }
    }

    void Arithmetic(const Node& node) {
        switch (node.op) {
            case Op::kLinear:
                return Linear(node);
            case Op::kRound:
                return Round(node);
            case Op::kMultiply:
                return Multiply(node);
            case Op::kDivide:
                return Divide(node);
            default:
                return ToRatio(node);
        }
    }

    void Linear(const Node& node) {
        if (IsRatio(node)) {
            Text("zw_rneg(");
            AsRatio(*node.children[0]);
            return Text(")");
        }
        if (node.children.size() == 1 && node.factors[0] == 1) {
            return Write(*node.children[0]);
        }
        const bool is_pair = node.children.size() == 2 && node.factors[0] == 1;
        if (is_pair && (node.factors[1] == 1 || node.factors[1] == -1)) {
            Wrap(node.factors[1] == 1 ? "zw_add(" : "zw_sub(", *node.children[0], ", ");
            Write(*node.children[1]);
            return CloseNamed();
        }
        Text(node.children.size() == 1 ? "zw_mul(" : "zw_linear(");
        Pairs(node);
        CloseNamed();
    }

    void Multiply(const Node& node) {
        if (!IsRatio(node)) {
            Wrap("zw_mul(", *node.children[0], ", ");
            Write(*node.children[1]);
            return CloseNamed();
        }
        RatioCall("zw_rmul(", node);
    }

    void Divide(const Node& node) {
        const Node& left = *node.children[0];
        const Node& right = *node.children[1];
        if (IsRatio(left) || IsRatio(right)) {
            return RatioCall("zw_rdiv(", node);
        }
        Wrap("zw_ratio(", left, ", ");
        Number(PowerOfTen(right.type.scale));
        Wrap(", ", right, ", ");
        Number(PowerOfTen(left.type.scale));
        CloseNamed();
    }

    void RatioCall(std::string_view call, const Node& node) {
        Text(call);
        AsRatio(*node.children[0]);
        Text(", ");
        AsRatio(*node.children[1]);
        CloseNamed();
    }

    // Any number as the text "n/d".
    void AsRatio(const Node& node) {
        if (IsRatio(node)) {
            return Write(node);
        }
        Wrap("zw_ratio(", node, ", 1, 1, ");
        Number(PowerOfTen(node.type.scale));
        Text(")");
    }

    void ToRatio(const Node& node) {
        if (node.factor.numerator == 1 && node.factor.denominator == 1) {
            return AsRatio(*node.children[0]);
        }
        Text("zw_rmul(");
        AsRatio(*node.children[0]);
        Text(", '" + ToText(node.factor) + "'");
        CloseNamed();
    }

    void Round(const Node& node) {
        const Node& value = *node.children[0];
        const int scale = node.type.scale;
        const bool is_pair = value.children.size() == 2 && !IsRatio(*value.children[0]) &&
                             !IsRatio(*value.children[1]);
        if (!IsRatio(value)) {
            return RoundDecimal(value, scale);
        }
        const int digits =
            is_pair ? value.children[0]->type.scale + value.children[1]->type.scale - scale : -1;
        if (value.op == Op::kMultiply && is_pair && digits >= 0 && digits <= kMostDigits) {
            Wrap("zw_muldiv(", *value.children[0], ", ");
            Wrap("", *value.children[1], ", ");
            Number(PowerOfTen(digits));
            return CloseNamed();
        }
        if (value.op == Op::kDivide && is_pair) {
            Wrap("zw_divround(", *value.children[0], ", ");
            Number(PowerOfTen(value.children[1]->type.scale + scale));
            Wrap(", ", *value.children[1], ", ");
            Number(PowerOfTen(value.children[0]->type.scale));
            return CloseNamed();
        }
        Text("zw_rround(");
        AsRatio(value);
        Text(", ");
        Number(scale);
        CloseNamed();
    }

    void RoundDecimal(const Node& value, int scale) {
        const int digits = value.type.scale - scale;
        if (digits == 0) {
            return Write(value);
        }
        Wrap(digits > 0 ? "zw_muldiv(" : "zw_mul(", value, digits > 0 ? ", 1, " : ", ");
        Number(PowerOfTen(std::abs(digits)));
        CloseNamed();
    }

    const SqlNames& names_;
    const WorkCalendar& calendar_;
    Sql sql_;
};

void RefuseFigures(const Formula& formula) {
    if (formula.impl().profile == Profile::kFigure) {
        throw std::logic_error("a formula over figures runs in memory: " + formula.text());
    }
}

}  // namespace

Sql ToSql(const Formula& formula, const SqlNames& names) {
    RefuseFigures(formula);
    const Node& root = formula.root();
    Writer writer(names, *formula.impl().calendar);
    if (root.type.kind != Kind::kBool) {
        writer.Write(root);
        return writer.Take();
    }
    const Sql condition = ConditionToSql(formula, names);
    writer.Text("(case when ");
    writer.Append(condition);
    writer.Text(" then 1 when not ");
    writer.Append(condition);
    writer.Text(" then 0 end)");
    return writer.Take();
}

Sql ConditionToSql(const Formula& formula, const SqlNames& names) {
    RefuseFigures(formula);
    if (formula.root().type.kind != Kind::kBool) {
        throw std::logic_error("not a condition: " + formula.text());
    }
    Writer writer(names, *formula.impl().calendar);
    writer.Write(formula.root());
    return writer.Take();
}

Sql ArgumentToSql(const Formula& formula, const SqlNames& names) {
    return ToSql(formula, names);
}

namespace {

Value FromText(const Type& type, const std::string& text) {
    if (type.kind == Kind::kText || type.kind == Kind::kChoice) {
        return text;
    }
    if (type.kind == Kind::kRatio) {
        if (const auto ratio = ParseRatio(text)) {
            return *ratio;
        }
    }
    if (const auto date = ParseIsoDate(text)) {
        return type.kind == Kind::kPeriod ? Value(Period{*date, type.grain}) : Value(*date);
    }
    throw Problem("internal", {{"what", "not a " + Describe(type) + ": " + text}});
}

}  // namespace

Value FromSql(const Type& type, const SqlValue& value) {
    if (std::holds_alternative<std::monostate>(value)) {
        return {};
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        return FromText(type, *text);
    }
    const int64_t number = std::get<int64_t>(value);
    if (type.kind == Kind::kBool) {
        return number != 0;
    }
    return type.kind == Kind::kDecimal ? Value(Decimal{number, type.scale}) : Value(number);
}

}  // namespace zw::formula
