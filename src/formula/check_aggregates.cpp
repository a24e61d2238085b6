// Aggregates over a set of rows, and whether what a formula gives fits what is expected of it.

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/problem.h"
#include "formula/checker.h"

namespace zw::formula {

namespace {

struct AggregateName {
    std::string_view name;
    Aggregate aggregate;
};
constexpr std::array<AggregateName, 5> kAggregates = {
    {{"sum", Aggregate::kSum},
     {"count", Aggregate::kCount},
     {"min", Aggregate::kMin},
     {"max", Aggregate::kMax},
     {"avg", Aggregate::kAvg}}};

}  // namespace

bool IsTime(const Type& type) {
    return type.kind == Kind::kDate || type.kind == Kind::kPeriod;
}

Aggregate Checker::AggregateOf(const Syntax& syntax) {
    const auto* found =
        std::find_if(kAggregates.begin(), kAggregates.end(), [&](const AggregateName& each) {
            return syntax.form == Form::kCall && each.name == syntax.text;
        });
    return found == kAggregates.end() ? Aggregate::kNone : found->aggregate;
}

NodePtr Checker::FitNumber(NodePtr node, const Type& expected) const {
    if (node->bare) {
        node->type.unit = expected.unit;
    }
    if (!node->type.unit.SameDimension(expected.unit)) {
        NotFitting(*node, Describe(expected));
    }
    const bool is_exact = profile_ == Profile::kFigure || expected.kind == Kind::kRatio;
    const bool is_free = profile_ == Profile::kFigure || expected.scale == kAnyScale;
    const int scale = is_free || expected.kind != Kind::kDecimal ? 0 : expected.scale;
    const std::string rounded =
        "round(" + SourceOf(*node) + ", " + std::to_string(is_free ? 2 : scale) + ")";
    if (node->type.kind == Kind::kRatio || expected.kind == Kind::kRatio) {
        if (!is_exact) {
            Fail(
                node->place,
                {"“" + SourceOf(*node) + "”是比值，不能存为" + Describe(expected),
                 SourceOf(*node) + " is a ratio and is not stored as " + Describe(expected),
                 rounded}
            );
        }
        return ToRatio(std::move(node), expected.unit);
    }
    const auto common = InUnit(node->type, expected.unit, scale);
    if (!common && is_exact) {
        return ToRatio(std::move(node), expected.unit);
    }
    if (!common || (!is_free && common->type.scale > scale)) {
        NotFitting(*node, Describe(expected), rounded);
    }
    Type type = expected;
    type.scale = common->type.scale;
    return Scaled(std::move(node), type, common->factors[0]);
}

NodePtr Checker::Fit(NodePtr node, const Type& expected) const {
    if (node->type.IsNumber() && expected.IsNumber()) {
        return FitNumber(std::move(node), expected);
    }
    if (node->op == Op::kIf || node->op == Op::kCoalesce) {
        for (size_t i = node->op == Op::kIf ? 1 : 0; i < node->children.size(); ++i) {
            node->children[i] = Fit(std::move(node->children[i]), expected);
        }
        node->type = expected;
        return node;
    }
    TakeType(*node, expected);
    const Type& type = node->type;
    const auto is_known = [&](const std::string& choice) {
        return std::find(expected.choices.begin(), expected.choices.end(), choice) !=
               expected.choices.end();
    };
    const bool stands_for_date = expected.kind == Kind::kDate && IsTime(type);
    const bool same = type.kind == expected.kind &&
                      (type.kind != Kind::kPeriod || type.grain == expected.grain) &&
                      (type.kind != Kind::kRef || type.record == expected.record) &&
                      (type.kind != Kind::kChoice ||
                       std::all_of(type.choices.begin(), type.choices.end(), is_known));
    if (!same && !stands_for_date) {
        NotFitting(*node, Describe(expected));
    }
    return node;
}

void Checker::CheckAggregateArgument(const Syntax& syntax, Checked& checked) {
    const bool is_count = checked.aggregate == Aggregate::kCount;
    if (syntax.where) {
        Fail(
            syntax.where->place,
            {"指标的条件写在 when 里", "an indicator's condition stands in its when", "when = '…'"}
        );
    }
    if (is_count && syntax.distinct) {
        checked.aggregate = Aggregate::kCountDistinct;
    } else if (is_count) {
        if (!syntax.arguments.empty()) {
            Fail(
                syntax.place,
                {"count() 没有参数", "count() has no argument", "count(), count(distinct 字段)"}
            );
        }
        checked.root = Make(Op::kLiteral, syntax);
        checked.root->literal = int64_t{1};
        checked.root->type = Counted("");
        return;
    }
    if (syntax.arguments.size() != 1 || (syntax.distinct && !is_count)) {
        Fail(
            syntax.place,
            {"“" + syntax.text + "”的参数不对",
             syntax.text + " takes other arguments",
             syntax.text + "(x)"}
        );
    }
    if (syntax.distinct && syntax.arguments[0]->form != Form::kPath) {
        Fail(
            syntax.arguments[0]->place,
            {"这里要写字段", "a field is needed here", "count(distinct 字段)"}
        );
    }
    checked.root = Check(*syntax.arguments[0]);
    const Node& root = *checked.root;
    if (root.type.kind == Kind::kRatio) {
        Fail(
            root.place,
            {"比值不能逐条汇总，请把两个合计相除",
             "divide the sums, not the rows",
             "round(" + SourceOf(root) + ", 2)"}
        );
    }
    const bool needs_number =
        checked.aggregate == Aggregate::kSum || checked.aggregate == Aggregate::kAvg;
    const bool is_ordered =
        checked.aggregate == Aggregate::kMin || checked.aggregate == Aggregate::kMax;
    if ((needs_number && !root.type.IsNumber()) ||
        (is_ordered && !root.type.IsNumber() && !IsTime(root.type))) {
        NotFitting(root, needs_number ? "int, decimal" : "int, decimal, date");
    }
}

Type Checker::AggregateType(
    const Syntax& syntax, const Checked& checked, const std::optional<Type>& expected
) const {
    const bool counts =
        checked.aggregate == Aggregate::kCount || checked.aggregate == Aggregate::kCountDistinct;
    Type type = counts ? Counted("") : checked.root->type;
    const bool takes_unit = expected && expected->IsNumber();
    if (counts) {
        type.unit = takes_unit ? expected->unit : Unit{};
        return type;
    }
    const bool is_ratio = checked.aggregate == Aggregate::kAvg;
    if (!type.IsNumber() || !takes_unit) {
        if (expected && type.IsNumber() != expected->IsNumber()) {
            NotFitting(*checked.root, Describe(*expected));
        }
        type.kind = is_ratio ? Kind::kRatio : type.kind;
        return type;
    }
    if (checked.root->bare) {
        type.unit = expected->unit;
    }
    if (!type.unit.SameDimension(expected->unit)) {
        const std::string found = Describe(type);
        Fail(
            syntax.place,
            {"“" + syntax.text + "(…)”是" + found + "，指标的单位是" + expected->unit.name,
             syntax.text + "(…) is " + found + ", the indicator's unit is " + expected->unit.name,
             type.unit.name}
        );
    }
    const auto common = InUnit(type, expected->unit, 0);
    if (!common || is_ratio) {
        type.kind = Kind::kRatio;
        type.scale = 0;
        type.unit = expected->unit;
        return type;
    }
    return common->type;
}

Checked Checker::CheckAggregate(const Syntax& syntax, const std::optional<Type>& expected) {
    Checked checked;
    checked.aggregate = AggregateOf(syntax);
    CheckAggregateArgument(syntax, checked);
    if (checked.root->bare && expected && expected->IsNumber()) {
        checked.root->type.unit = expected->unit;
        checked.root->bare = false;
    }
    checked.type = AggregateType(syntax, checked, expected);
    return checked;
}

Checked Checker::Run(const Syntax& syntax, const std::optional<Type>& expected) {
    try {
        return RunWhole(syntax, expected);
    } catch (const std::range_error&) {
        Fail(
            syntax.place,
            {"不能精确换算成" + (expected ? Describe(*expected) : std::string("这个单位")),
             "cannot be converted exactly to " +
                 (expected ? Describe(*expected) : std::string("this unit")),
             "round(x, n)"}
        );
    }
}

Checked Checker::RunWhole(const Syntax& syntax, const std::optional<Type>& expected) {
    Checked checked;
    if (profile_ == Profile::kSet && AggregateOf(syntax) != Aggregate::kNone) {
        checked = CheckAggregate(syntax, expected);
    } else {
        const bool rounds = syntax.form == Form::kCall && syntax.text == "round" && expected &&
                            expected->IsNumber();
        checked.root = rounds ? CheckRound(syntax, &expected->unit) : Check(syntax);
        if (expected) {
            checked.root = Fit(std::move(checked.root), *expected);
        }
        checked.type = checked.root->type;
    }
    checked.argument = checked.root->type;
    checked.paths = checked_.paths;
    checked.rules = checked_.rules;
    checked.categories = checked_.categories;
    checked.uses_previous = checked_.uses_previous;
    checked.uses_today = checked_.uses_today;
    return checked;
}

}  // namespace zw::formula
