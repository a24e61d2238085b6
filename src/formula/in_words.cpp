#include "base/problem.h"
#include "base/text.h"
#include "formula/impl.h"
#include "formula/phrases.h"

namespace zw::formula {

namespace {

using NameOf = std::function<std::string(const std::string&)>;

class Reader {
public:
    Reader(
        const Phrases& phrases,
        const std::string& text,
        const NameOf& name_of,
        const NameOf& rule_name
    )
        : say_(phrases), text_(text), name_of_(name_of), rule_name_(rule_name) {}

    std::string Of(const Node& node) const {
        switch (node.op) {
            case Op::kLiteral:
                return Literal(node);
            case Op::kPath:
                return Name(node, "");
            case Op::kPrevious:
                return Fill(say_.previous, Name(node, ""));
            case Op::kRule:
                return Fill(say_.rule, rule_name_ ? rule_name_(node.text) : node.text);
            case Op::kToday:
                return std::string(say_.today);
            case Op::kNot:
                return Fill(say_.negation, Part(node, 0));
            case Op::kAnd:
                return Joined(node, say_.both);
            case Op::kOr:
                return Joined(node, say_.any);
            case Op::kCompare:
            case Op::kBetween:
            case Op::kIn:
            case Op::kIsNull:
                return Test(node);
            case Op::kLinear:
                return Linear(node);
            case Op::kMultiply:
                return Factor(node, 0) + " × " + Factor(node, 1);
            case Op::kDivide:
                return Factor(node, 0) + " ÷ " + Factor(node, 1);
            case Op::kToRatio:
                return Part(node, 0);
            case Op::kIf:
                return Fill(say_.choice, Part(node, 0), Part(node, 1), Part(node, 2));
            case Op::kCoalesce:
                return Coalesce(node);
            case Op::kChild:
                return Child(node);
            default:
                return Function(node);
        }
    }

    static std::string Fill(
        std::string_view phrase, std::string a, std::string b = "", std::string c = ""
    ) {
        return FillTemplate(
            phrase, {{"a", std::move(a)}, {"b", std::move(b)}, {"c", std::move(c)}}
        );
    }

private:
    std::string Part(const Node& node, size_t i) const { return Of(*node.children[i]); }

    std::string Written(const Period& period) const {
        return say_.english ? zw::ToText(period) : ToChinese(period);
    }
    // A literal as it was written; numbers have taken other units and scales since.
    std::string Literal(const Node& node) const {
        if (node.type.IsNumber()) {
            return text_.substr(node.place, node.end - node.place);
        }
        if (const auto* truth = std::get_if<bool>(&node.literal)) {
            return std::string(*truth ? say_.yes : say_.no);
        }
        if (const auto* date = std::get_if<Date>(&node.literal)) {
            return Written(Period{*date, Grain::kDay});
        }
        const auto* period = std::get_if<Period>(&node.literal);
        return period != nullptr ? Written(*period) : Fill(say_.quote, ToText(node.literal));
    }

    std::string Name(const Node& node, const std::string& child) const {
        return name_of_(child.empty() ? Join(node.path, ".") : child + "." + Join(node.path, "."));
    }

    // In brackets where the words would else run together.
    std::string Tight(const Node& node) const {
        const bool is_loose = (node.op == Op::kLinear && node.children.size() > 1) ||
                              node.op == Op::kAnd || node.op == Op::kOr || node.op == Op::kIf;
        return is_loose ? Fill(say_.bracket, Of(node)) : Of(node);
    }
    std::string TightPart(const Node& node, size_t i) const { return Tight(*node.children[i]); }
    std::string Factor(const Node& node, size_t i) const {
        const Node& child = *node.children[i];
        const bool is_divisor = node.op == Op::kDivide && i == 1 &&
                                (child.op == Op::kMultiply || child.op == Op::kDivide);
        return is_divisor ? Fill(say_.bracket, Of(child)) : Tight(child);
    }

    std::string Joined(const Node& node, std::string_view between) const {
        std::vector<std::string> parts;
        for (const NodePtr& child : node.children) {
            parts.push_back(Tight(*child));
        }
        return Join(parts, between);
    }

    // A category's id says nothing to a reader: its members do.
    static std::vector<std::string> Members(const Node& node) {
        if (node.text.empty()) {
            return node.written;
        }
        std::vector<std::string> members;
        for (const Value& value : node.set) {
            members.push_back(ToText(value));
        }
        return members;
    }

    std::string Test(const Node& node) const {
        const std::string value = TightPart(node, 0);
        if (node.op == Op::kIsNull) {
            return Fill(node.negated ? say_.given : say_.not_given, value);
        }
        if (node.op == Op::kBetween) {
            return Fill(
                node.negated ? say_.not_between : say_.between,
                value,
                TightPart(node, 1),
                TightPart(node, 2)
            );
        }
        if (node.op == Op::kCompare) {
            const auto which = static_cast<size_t>(node.comparison);
            return Fill(say_.compared.at(which), value, TightPart(node, 1));
        }
        const std::vector<std::string> members = Members(node);
        if (members.empty()) {
            return Fill(node.negated ? say_.not_in_nothing : say_.in_nothing, value);
        }
        const std::string quoted = Fill(say_.quote, Join(members, say_.listed));
        return members.size() == 1
                   ? Fill(node.negated ? say_.is_not : say_.is, value, quoted)
                   : Fill(node.negated ? say_.not_among : say_.among, value, quoted);
    }

    std::string Linear(const Node& node) const {
        std::string words;
        for (size_t i = 0; i < node.children.size(); ++i) {
            const bool is_less = node.factors[i] < 0;
            words += i == 0 ? (is_less ? say_.minus : "") : (is_less ? " − " : " + ");
            words += node.children.size() == 1 && !is_less ? Part(node, i) : TightPart(node, i);
        }
        return words;
    }

    std::string Coalesce(const Node& node) const {
        std::vector<std::string> others;
        for (size_t i = 1; i < node.children.size(); ++i) {
            others.push_back(Part(node, i));
        }
        return Fill(say_.otherwise, Part(node, 0), Join(others, say_.or_else));
    }

    std::string Child(const Node& node) const {
        std::string words = node.children.empty()
                                ? Fill(say_.rows, name_of_(node.text))
                                : Fill(say_.sum, Name(*node.children[0], node.text));
        if (!node.where) {
            return words;
        }
        const NameOf inner = [&](const std::string& path) {
            return name_of_(node.text + "." + path);
        };
        return Fill(say_.only, words, Reader(say_, text_, inner, rule_name_).Of(*node.where));
    }

    std::string Function(const Node& node) const {
        if (node.op == Op::kRound) {
            return node.type.scale == 0
                       ? Fill(say_.rounded, TightPart(node, 0))
                       : Fill(say_.rounded_to, TightPart(node, 0), std::to_string(node.type.scale));
        }
        const auto two = [&](std::string_view phrase) {
            return Fill(phrase, TightPart(node, 0), TightPart(node, 1));
        };
        switch (node.op) {
            case Op::kMonths:
                return two(say_.months);
            case Op::kDays:
                return two(say_.days);
            case Op::kWorkdays:
                return two(say_.workdays);
            case Op::kAge:
                return two(say_.age);
            default:
                return Fill(say_.year, TightPart(node, 0));
        }
    }

    const Phrases& say_;
    const std::string& text_;
    const NameOf& name_of_;
    const NameOf& rule_name_;
};

}  // namespace

std::string Formula::InWords(const NameOf& name_of, const NameOf& rule_name, bool english) const {
    const Phrases& say = english ? kEnglishPhrases : kChinesePhrases;
    std::string words = Reader(say, text(), name_of, rule_name).Of(root());
    switch (aggregate()) {
        case Aggregate::kNone:
            return words;
        case Aggregate::kSum:
            return Reader::Fill(say.sum, words);
        case Aggregate::kCount:
            return std::string(say.records);
        case Aggregate::kCountDistinct:
            return Reader::Fill(say.different, words);
        case Aggregate::kMin:
            return Reader::Fill(say.least, words);
        case Aggregate::kMax:
            return Reader::Fill(say.most, words);
        case Aggregate::kAvg:
            break;
    }
    return Reader::Fill(say.average, words);
}

}  // namespace zw::formula
