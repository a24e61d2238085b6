#include <algorithm>
#include <stdexcept>

#include "base/exact.h"
#include "base/problem.h"
#include "base/text.h"
#include "formula/checker.h"

namespace zw::formula {

namespace {

Type NumberOf(Kind kind, int scale, const Unit& unit) {
    Type type;
    type.kind = kind;
    type.scale = scale;
    type.unit = unit;
    return type;
}

bool IsRatio(const Node& node) {
    return node.type.kind == Kind::kRatio;
}

bool IsOne(const Ratio& ratio) {
    return ratio.numerator == 1 && ratio.denominator == 1;
}

}  // namespace

void Checker::TooFarApart(const Node& node) const {
    Fail(
        node.place,
        {"单位或小数位相差太大，不能精确换算",
         "units or scales are too far apart to convert exactly",
         "round(x, n)"}
    );
}

void Checker::NeedNumber(const Node& node) const {
    if (node.type.IsNumber()) {
        return;
    }
    const bool is_time = node.type.kind == Kind::kDate || node.type.kind == Kind::kPeriod;
    NotFitting(node, "int, decimal, ratio", is_time ? "days(a, b), months(d, n), year(d)" : "");
}

NodePtr Checker::CheckNumber(const Syntax& syntax) {
    NodePtr node = Make(Op::kLiteral, syntax);
    node->literal = syntax.number.units;
    node->type =
        NumberOf(syntax.number.scale == 0 ? Kind::kInt : Kind::kDecimal, syntax.number.scale, {});
    node->bare = syntax.unit.empty();
    if (node->bare) {
        return node;
    }
    const auto unit = scope_->units().Parse(syntax.unit);
    if (!unit) {
        const auto nearest = Nearest(syntax.unit, scope_->units().Names());
        Fail(
            syntax.place,
            {"没有“" + syntax.unit + "”这个单位",
             "there is no unit " + syntax.unit,
             nearest.value_or("")}
        );
    }
    node->type.unit = *unit;
    return node;
}

NodePtr Checker::CheckNegate(const Syntax& syntax) {
    NodePtr node = Make(Op::kLinear, syntax);
    node->children.push_back(Check(*syntax.arguments[0]));
    NeedNumber(*node->children[0]);
    node->type = node->children[0]->type;
    node->bare = node->children[0]->bare;
    node->factors = {-1};
    node->can_fail = true;
    return node;
}

void Checker::ShareUnit(const std::vector<Node*>& nodes) const {
    const Node* first = nullptr;
    for (const Node* node : nodes) {
        NeedNumber(*node);
        if (!node->bare && first == nullptr) {
            first = node;
        }
    }
    if (first == nullptr) {
        return;
    }
    for (Node* node : nodes) {
        if (node->bare) {
            node->type.unit = first->type.unit;
            node->bare = false;
        } else if (!node->type.unit.SameDimension(first->type.unit)) {
            const std::string& unit = first->type.unit.name;
            Mismatch(*first, *node, unit.empty() ? Describe(first->type) : unit);
        }
    }
}

NodePtr Checker::ToRatio(NodePtr node, const Unit& unit) const {
    Ratio factor{1, 1};
    try {
        factor = Conversion(node->type.unit, unit);
    } catch (const Problem&) {
        TooFarApart(*node);
    }
    if (IsRatio(*node) && IsOne(factor)) {
        node->type.unit = unit;
        return node;
    }
    auto ratio = std::make_unique<Node>();
    ratio->op = Op::kToRatio;
    ratio->place = node->place;
    ratio->end = node->end;
    ratio->type = NumberOf(Kind::kRatio, 0, unit);
    ratio->factor = factor;
    ratio->can_fail = true;
    ratio->children.push_back(std::move(node));
    return ratio;
}

NodePtr Checker::Scaled(NodePtr node, const Type& type, int64_t factor) const {
    const bool same_digits =
        factor == 1 && node->type.kind == type.kind && node->type.scale == type.scale;
    if (same_digits || (node->op == Op::kLiteral && FoldFactor(*node, factor))) {
        node->type = type;
        return node;
    }
    auto scaled = std::make_unique<Node>();
    scaled->op = Op::kLinear;
    scaled->place = node->place;
    scaled->end = node->end;
    scaled->type = type;
    scaled->factors = {factor};
    scaled->can_fail = factor != 1 || node->can_fail;
    scaled->children.push_back(std::move(node));
    return scaled;
}

NodePtr Checker::CheckSum(const Syntax& syntax) {
    NodePtr node = Make(Op::kLinear, syntax);
    node->children = CheckAll(syntax.arguments);
    node->can_fail = true;
    std::vector<Node*> parts;
    for (const NodePtr& child : node->children) {
        NeedNumber(*child);
        if (IsRatio(*child) && profile_ != Profile::kFigure) {
            Fail(
                child->place,
                {"“" + SourceOf(*child) + "”是比值，不能相加减",
                 SourceOf(*child) + " is a ratio: it is not added",
                 "round(" + SourceOf(*child) + ", 2)"}
            );
        }
        parts.push_back(child.get());
    }
    node->bare =
        std::all_of(parts.begin(), parts.end(), [](const Node* part) { return part->bare; });
    ShareUnit(parts);
    UnifyBranches(node->children, 0);
    node->type = node->children[0]->type;
    for (const char sign : syntax.operators) {
        node->factors.push_back(sign == '-' ? -1 : 1);
    }
    // Conversions join the sum, so that only its result must fit 64 bits.
    for (size_t i = 0; i < node->children.size(); ++i) {
        Node& child = *node->children[i];
        const bool is_conversion =
            child.op == Op::kLinear && child.children.size() == 1 && child.factors[0] != -1;
        if (is_conversion && !IsRatio(child)) {
            node->factors[i] *= child.factors[0];
            node->children[i] = std::move(child.children[0]);
        }
    }
    return node;
}

NodePtr Checker::CheckProduct(const Syntax& syntax, Use use) {
    NodePtr product = Check(*syntax.arguments[0], use);
    NeedNumber(*product);
    for (size_t i = 1; i < syntax.arguments.size(); ++i) {
        NodePtr right = Check(*syntax.arguments[i], use);
        NeedNumber(*right);
        product =
            Product(std::move(product), std::move(right), syntax.operators[i] == '/', use, syntax);
    }
    return product;
}

NodePtr Checker::Product(NodePtr left, NodePtr right, bool divide, Use use, const Syntax& syntax)
    const {
    NodePtr node = Make(divide ? Op::kDivide : Op::kMultiply, syntax);
    node->end = right->end;
    node->bare = left->bare && right->bare && !divide;
    node->can_fail = true;
    const Units& units = scope_->units();
    Unit unit;
    try {
        unit = divide ? units.Divide(left->type.unit, right->type.unit)
                      : units.Multiply(left->type.unit, right->type.unit);
    } catch (const Problem&) {
        TooFarApart(*right);
    }
    const int scale = left->type.scale + right->type.scale;
    const bool is_exact = divide || use == Use::kExact || IsRatio(*left) || IsRatio(*right);
    if (!is_exact && scale > kMaxScale) {
        Fail(
            node->place,
            {"乘积有" + std::to_string(scale) + "位小数，最多9位",
             "the product has " + std::to_string(scale) + " decimals, at most 9 are kept",
             "round(" + SourceOf(*node) + ", 2)"}
        );
    }
    const bool is_whole = left->type.kind == Kind::kInt && right->type.kind == Kind::kInt;
    const Kind kind = is_exact ? Kind::kRatio : (is_whole ? Kind::kInt : Kind::kDecimal);
    node->type = NumberOf(kind, is_exact ? 0 : scale, unit);
    node->children.push_back(std::move(left));
    node->children.push_back(std::move(right));
    return node;
}

NodePtr Checker::CheckRound(const Syntax& syntax, const Unit* target) {
    NeedArguments(syntax, 2, 2, "round(x, 2)");
    NodePtr node = Make(Op::kRound, syntax);
    NodePtr value = Check(*syntax.arguments[0], Use::kExact);
    NeedNumber(*value);
    const Syntax& digits = *syntax.arguments[1];
    if (digits.form != Form::kNumber || !digits.unit.empty() || digits.number.scale != 0 ||
        digits.number.units < 0 || digits.number.units > kMaxScale) {
        Fail(
            digits.place,
            {"小数位要写成0到9的整数",
             "the number of decimals is a whole number from 0 to 9",
             "round(x, 2)"}
        );
    }
    const int scale = static_cast<int>(digits.number.units);
    node->bare = value->bare;
    if (target != nullptr && !value->bare && value->type.unit.SameDimension(*target) &&
        Compare(value->type.unit.factor, target->factor) != 0) {
        value = ToRatio(std::move(value), *target);
    }
    const Kind kind = scale == 0 && value->type.kind == Kind::kInt ? Kind::kInt : Kind::kDecimal;
    node->type = NumberOf(kind, scale, value->type.unit);
    node->can_fail = true;
    node->children.push_back(std::move(value));
    return node;
}

void Checker::AlignForComparison(Node& node) const {
    auto& children = node.children;
    if (std::any_of(children.begin(), children.end(), [](const NodePtr& child) {
            return IsRatio(*child);
        })) {
        const Unit unit = children[0]->type.unit;
        for (NodePtr& child : children) {
            child = ToRatio(std::move(child), unit);
        }
        return;
    }
    std::vector<Type> types;
    types.reserve(children.size());
    for (const NodePtr& child : children) {
        types.push_back(child->type);
    }
    try {
        node.factors = CommonFactors(types);
    } catch (const std::range_error&) {
        TooFarApart(*children[1]);
    }
    // A literal takes its factor at once, so that a plain column stays plain.
    for (size_t i = 0; i < children.size(); ++i) {
        if (children[i]->op == Op::kLiteral && FoldFactor(*children[i], node.factors[i])) {
            node.factors[i] = 1;
        }
    }
    const auto is_literal = [](const NodePtr& child) { return child->op == Op::kLiteral; };
    const auto other = std::find_if_not(children.begin(), children.end(), is_literal);
    if (other == children.end() ||
        std::count_if(children.begin(), children.end(), is_literal) + 1 != std::ssize(children)) {
        return;
    }
    const int64_t factor = node.factors[static_cast<size_t>(other - children.begin())];
    const bool divides = std::all_of(children.begin(), children.end(), [&](const NodePtr& child) {
        return !is_literal(child) || std::get<int64_t>(child->literal) % factor == 0;
    });
    if (!divides) {
        return;
    }
    for (size_t i = 0; i < children.size(); ++i) {
        if (is_literal(children[i]) && node.factors[i] == 1) {
            children[i]->literal = std::get<int64_t>(children[i]->literal) / factor;
        } else if (is_literal(children[i])) {
            node.factors[i] /= factor;
        }
    }
    node.factors[static_cast<size_t>(other - children.begin())] = 1;
}

void Checker::UnifyBranches(std::vector<NodePtr>& nodes, size_t from) const {
    std::vector<Node*> parts;
    for (size_t i = from; i < nodes.size(); ++i) {
        parts.push_back(nodes[i].get());
    }
    const auto is_number = [](const Node* node) { return node->type.IsNumber(); };
    if (std::none_of(parts.begin(), parts.end(), is_number)) {
        for (Node* part : parts) {
            Unify(*parts[0], *part);
        }
        return;
    }
    ShareUnit(parts);
    if (std::any_of(parts.begin(), parts.end(), [](const Node* part) { return IsRatio(*part); })) {
        const Unit unit = parts[0]->type.unit;
        for (size_t i = from; i < nodes.size(); ++i) {
            nodes[i] = ToRatio(std::move(nodes[i]), unit);
        }
        return;
    }
    std::vector<Type> types;
    types.reserve(parts.size());
    for (const Node* part : parts) {
        types.push_back(part->type);
    }
    try {
        const Common common = CommonNumber(types);
        for (size_t i = from; i < nodes.size(); ++i) {
            nodes[i] = Scaled(std::move(nodes[i]), common.type, common.factors[i - from]);
        }
    } catch (const std::range_error&) {
        TooFarApart(*parts.back());
    }
}

}  // namespace zw::formula
