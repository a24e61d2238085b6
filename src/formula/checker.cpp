#include "formula/checker.h"

#include <algorithm>

#include "base/exact.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::formula {

namespace {

constexpr size_t kMaxHops = 3;

Type BoolType() {
    Type type;
    type.kind = Kind::kBool;
    return type;
}

bool IsOrdered(const Type& type) {
    return type.IsNumber() || type.kind == Kind::kDate || type.kind == Kind::kPeriod;
}

Comparison ComparisonOf(std::string_view sign) {
    constexpr std::string_view kSigns[] = {"=", "<>", "<", "<=", ">", ">="};
    const auto* found = std::find(std::begin(kSigns), std::end(kSigns), sign);
    return static_cast<Comparison>(found - std::begin(kSigns));
}

bool IsLiteral(const Node& node) {
    return node.op == Op::kLiteral;
}

}  // namespace

std::string_view ProfileName(Profile profile) {
    constexpr std::string_view kNames[] = {"ROW", "CHILD", "SET", "FIGURE"};
    return kNames[static_cast<int>(profile)];
}

Checker::Checker(std::string_view text, const Scope& scope, Profile profile)
    : text_(text), scope_(&scope), profile_(profile) {}

void Checker::Fail(size_t place, const Complaint& complaint) const {
    Refuse("formula_type", text_, place, complaint);
}

std::string Checker::SourceOf(const Node& node) const {
    return std::string(text_.substr(node.place, node.end - node.place));
}

void Checker::Mismatch(const Node& a, const Node& b, const std::string& would) const {
    const std::string left = Describe(a.type);
    const std::string right = Describe(b.type);
    Fail(
        b.place,
        {"“" + SourceOf(a) + "”是" + left + "，“" + SourceOf(b) + "”是" + right + "，不能放在一起",
         SourceOf(a) + " is " + left + ", " + SourceOf(b) + " is " + right +
             ": they do not go together",
         would}
    );
}

void Checker::NotFitting(const Node& node, const std::string& wanted, const std::string& would)
    const {
    const std::string type = Describe(node.type);
    Fail(
        node.place,
        {"“" + SourceOf(node) + "”是" + type + "，这里要" + wanted,
         SourceOf(node) + " is " + type + ", " + wanted + " is needed here",
         would}
    );
}

NodePtr Checker::Make(Op op, const Syntax& syntax) const {
    auto node = std::make_unique<Node>();
    node->op = op;
    node->place = syntax.place;
    node->end = syntax.end;
    node->type = BoolType();
    return node;
}

NodePtr Checker::Check(const Syntax& syntax, Use use) {
    NodePtr node = CheckValue(syntax, use);
    for (const NodePtr& child : node->children) {
        node->can_fail = node->can_fail || child->can_fail;
    }
    return node;
}

NodePtr Checker::CheckValue(const Syntax& syntax, Use use) {
    switch (syntax.form) {
        case Form::kNumber:
            return CheckNumber(syntax);
        case Form::kText:
            return CheckText(syntax);
        case Form::kBool: {
            NodePtr node = Make(Op::kLiteral, syntax);
            node->literal = syntax.text == "true";
            return node;
        }
        case Form::kPath:
            return CheckPath(syntax);
        case Form::kCall:
            return CheckCall(syntax);
        case Form::kNegate:
            return CheckNegate(syntax);
        case Form::kSum:
            return CheckSum(syntax);
        case Form::kProduct:
            return CheckProduct(syntax, use);
        case Form::kCompare:
            return CheckCompare(syntax);
        case Form::kIn:
            return CheckIn(syntax);
        case Form::kCategory:
            return CheckCategory(syntax);
        case Form::kBetween:
            return CheckBetween(syntax);
        case Form::kIsNull:
            return CheckIsNull(syntax);
        case Form::kNot:
        case Form::kAnd:
        case Form::kOr:
            break;
    }
    return CheckLogic(syntax);
}

std::vector<NodePtr> Checker::CheckAll(const std::vector<std::unique_ptr<Syntax>>& syntaxes) {
    std::vector<NodePtr> nodes;
    nodes.reserve(syntaxes.size());
    for (const auto& syntax : syntaxes) {
        nodes.push_back(Check(*syntax));
    }
    return nodes;
}

NodePtr Checker::CheckText(const Syntax& syntax) {
    if (syntax.text.empty()) {
        Fail(syntax.place, {"空文字就是空值", "an empty text is null", "is null"});
    }
    NodePtr node = Make(Op::kLiteral, syntax);
    node->type.kind = Kind::kText;
    node->literal = syntax.text;
    return node;
}

void Checker::UnknownName(const Syntax& syntax, const std::vector<std::string>& path) const {
    const auto nearest = Nearest(path.back(), scope_->Candidates(path));
    auto would = path;
    if (nearest) {
        would.back() = *nearest;
    }
    const std::string name = Join(path, ".");
    Fail(
        syntax.place,
        {"没有“" + name + "”这个名称",
         "there is no " + name,
         nearest ? Join(would, ".") : std::string()}
    );
}

Type Checker::ResolvePath(
    const Syntax& syntax, const std::vector<std::string>& path, const Scope& scope
) const {
    if (path.size() > kMaxHops + 1) {
        Fail(syntax.place, {"最多经过3次引用", "at most 3 references may be followed"});
    }
    for (size_t length = 1; length <= path.size(); ++length) {
        const std::vector<std::string> part(
            path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length)
        );
        const auto type = scope.Resolve(part);
        if (!type) {
            UnknownName(syntax, part);
        }
        if (length == path.size()) {
            return *type;
        }
        if (type->kind != Kind::kRef) {
            // A scope may give such a path a meaning of its own: x.last, x.target of a figure.
            if (const auto own = scope.Resolve(path)) {
                return *own;
            }
            Fail(
                syntax.place,
                {"“" + Join(part, ".") + "”是" + Describe(*type) + "，不是引用，后面不能再加“.”",
                 Join(part, ".") + " is " + Describe(*type) +
                     ", no reference: nothing can follow it"}
            );
        }
    }
    return {};
}

NodePtr Checker::CheckPath(const Syntax& syntax) {
    NodePtr node = Make(Op::kPath, syntax);
    node->type = ResolvePath(syntax, syntax.path, *scope_);
    node->path = syntax.path;
    checked_.paths.insert(prefix_ + syntax.text);
    return node;
}

NodePtr Checker::Bool(const Syntax& syntax) {
    NodePtr node = Check(syntax);
    if (node->type.kind != Kind::kBool) {
        NotFitting(
            *node,
            "bool",
            node->type.IsNumber() ? SourceOf(*node) + " <> 0" : SourceOf(*node) + " is not null"
        );
    }
    return node;
}

NodePtr Checker::CheckLogic(const Syntax& syntax) {
    const Op op =
        syntax.form == Form::kNot ? Op::kNot : (syntax.form == Form::kAnd ? Op::kAnd : Op::kOr);
    NodePtr node = Make(op, syntax);
    for (const auto& argument : syntax.arguments) {
        node->children.push_back(Bool(*argument));
    }
    return node;
}

NodePtr Checker::CheckCompare(const Syntax& syntax) {
    NodePtr node = Make(Op::kCompare, syntax);
    node->comparison = ComparisonOf(syntax.text);
    node->children = CheckAll(syntax.arguments);
    Node& left = *node->children[0];
    Node& right = *node->children[1];
    if (left.type.IsNumber() && right.type.IsNumber()) {
        ShareUnit({&left, &right});
        AlignForComparison(*node);
        return node;
    }
    Unify(left, right);
    const bool is_equality =
        node->comparison == Comparison::kEqual || node->comparison == Comparison::kUnequal;
    if (!is_equality && !IsOrdered(left.type)) {
        NotFitting(left, "int, decimal, ratio, date", "=, <>, in");
    }
    return node;
}

NodePtr Checker::CheckBetween(const Syntax& syntax) {
    NodePtr node = Make(Op::kBetween, syntax);
    node->negated = syntax.negated;
    node->children = CheckAll(syntax.arguments);
    const auto& children = node->children;
    if (std::all_of(children.begin(), children.end(), [](const NodePtr& child) {
            return child->type.IsNumber();
        })) {
        ShareUnit({children[0].get(), children[1].get(), children[2].get()});
        AlignForComparison(*node);
        return node;
    }
    Unify(*children[0], *children[1]);
    Unify(*children[0], *children[2]);
    if (!IsOrdered(children[0]->type)) {
        NotFitting(*children[0], "int, decimal, ratio, date", "=, <>, in");
    }
    return node;
}

NodePtr Checker::CheckIn(const Syntax& syntax) {
    NodePtr node = Make(Op::kIn, syntax);
    node->negated = syntax.negated;
    node->children.push_back(Check(*syntax.arguments[0]));
    for (size_t i = 1; i < syntax.arguments.size(); ++i) {
        NodePtr member = Check(*syntax.arguments[i]);
        if (!IsLiteral(*member)) {
            Fail(
                member->place,
                {"集合里只能写出确定的值",
                 "only values written out may stand in a set",
                 "a = x or a = y"}
            );
        }
        node->written.push_back(
            member->type.kind == Kind::kText ? std::get<std::string>(member->literal)
                                             : SourceOf(*member)
        );
        AddMember(*node, std::move(member));
    }
    return node;
}

void Checker::AddMember(Node& node, NodePtr member) {
    Node& value = *node.children[0];
    if (!value.type.IsNumber() || !member->type.IsNumber()) {
        Unify(value, *member);
        node.set.push_back(member->literal);
        return;
    }
    ShareUnit({&value, member.get()});
    if (value.type.kind == Kind::kRatio) {
        Fail(value.place, {"比值不能用 in", "a ratio is not looked up in a set", "="});
    }
    const Ratio steps = zw::Divide(Step(member->type), Step(value.type)).value();
    const Int128 units = static_cast<Int128>(std::get<int64_t>(member->literal)) * steps.numerator;
    if (units % steps.denominator != 0 || units / steps.denominator > INT64_MAX ||
        units / steps.denominator < INT64_MIN) {
        return;  // a value that the other side cannot have
    }
    node.set.push_back(static_cast<int64_t>(units / steps.denominator));
}

NodePtr Checker::CheckCategory(const Syntax& syntax) {
    NodePtr node = Make(Op::kIn, syntax);
    node->negated = syntax.negated;
    node->children.push_back(Check(*syntax.arguments[0]));
    const Node& value = *node->children[0];
    if (value.type.kind != Kind::kText && value.type.kind != Kind::kChoice) {
        NotFitting(value, "text, choice");
    }
    const auto members = scope_->Category(syntax.text);
    if (!members) {
        Fail(
            syntax.place,
            {"没有“" + syntax.text + "”这个类别", "there is no category " + syntax.text}
        );
    }
    const auto& choices = value.type.choices;
    const auto fits = [&](const std::string& member) {
        return value.type.kind == Kind::kText ||
               std::find(choices.begin(), choices.end(), member) != choices.end();
    };
    if (!members->empty() && std::none_of(members->begin(), members->end(), fits)) {
        Fail(
            value.place,
            {"“" + SourceOf(value) + "”的可选项都不在类别“" + syntax.text + "”里",
             "no choice of " + SourceOf(value) + " is in the category " + syntax.text}
        );
    }
    node->text = syntax.text;
    node->set.assign(members->begin(), members->end());
    checked_.categories.insert(syntax.text);
    return node;
}

NodePtr Checker::CheckIsNull(const Syntax& syntax) {
    NodePtr node = Make(Op::kIsNull, syntax);
    node->negated = syntax.negated;
    node->children.push_back(Check(*syntax.arguments[0]));
    return node;
}

}  // namespace zw::formula
