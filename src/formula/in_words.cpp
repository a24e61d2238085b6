#include <array>

#include "base/text.h"
#include "formula/impl.h"

namespace zw::formula {

namespace {

using NameOf = std::function<std::string(const std::string&)>;

// Chinese words for people: no sign that an officer would have to learn.
class Words {
public:
    Words(const std::string& text, const NameOf& name_of, const NameOf& rule_name)
        : text_(text), name_of_(name_of), rule_name_(rule_name) {}

    std::string Of(const Node& node) const {
        switch (node.op) {
            case Op::kLiteral:
                return Literal(node);
            case Op::kPath:
                return Name(node, "");
            case Op::kPrevious:
                return "上一期的" + Name(node, "");
            case Op::kRule:
                return "规则“" + (rule_name_ ? rule_name_(node.text) : node.text) + "”";
            case Op::kToday:
                return "今天";
            case Op::kNot:
                return "不满足（" + Of(*node.children[0]) + "）";
            case Op::kAnd:
                return Joined(node, "，并且");
            case Op::kOr:
                return Joined(node, "，或者");
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
                return Of(*node.children[0]);
            case Op::kIf:
                return "如果（" + Of(*node.children[0]) + "）则" + Of(*node.children[1]) +
                       "，否则" + Of(*node.children[2]);
            case Op::kCoalesce:
                return Coalesce(node);
            case Op::kChild:
                return Child(node);
            default:
                return Function(node);
        }
    }

private:
    // A literal as it was written; numbers have taken other units and scales since.
    std::string Literal(const Node& node) const {
        if (node.type.IsNumber()) {
            return text_.substr(node.place, node.end - node.place);
        }
        if (const auto* truth = std::get_if<bool>(&node.literal)) {
            return *truth ? "是" : "否";
        }
        if (const auto* date = std::get_if<Date>(&node.literal)) {
            return ToChinese(Period{*date, Grain::kDay});
        }
        const auto* period = std::get_if<Period>(&node.literal);
        return period != nullptr ? ToChinese(*period) : "“" + ToText(node.literal) + "”";
    }

    std::string Name(const Node& node, const std::string& child) const {
        return name_of_(child.empty() ? Join(node.path, ".") : child + "." + Join(node.path, "."));
    }

    // In brackets where the words would else run together.
    std::string Tight(const Node& node) const {
        const bool is_loose = (node.op == Op::kLinear && node.children.size() > 1) ||
                              node.op == Op::kAnd || node.op == Op::kOr || node.op == Op::kIf;
        return is_loose ? "（" + Of(node) + "）" : Of(node);
    }
    std::string Factor(const Node& node, size_t i) const {
        const Node& child = *node.children[i];
        const bool is_divisor = node.op == Op::kDivide && i == 1 &&
                                (child.op == Op::kMultiply || child.op == Op::kDivide);
        return is_divisor ? "（" + Of(child) + "）" : Tight(child);
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
        const std::string value = Tight(*node.children[0]);
        if (node.op == Op::kIsNull) {
            return value + (node.negated ? "已填写" : "未填写");
        }
        if (node.op == Op::kBetween) {
            return value + (node.negated ? "不在" : "在") + Tight(*node.children[1]) + "到" +
                   Tight(*node.children[2]) + "之间";
        }
        if (node.op == Op::kCompare) {
            constexpr std::array<std::string_view, 6> kWords = {
                "等于", "不等于", "小于", "不超过", "大于", "不小于"};
            return value + std::string(kWords[static_cast<size_t>(node.comparison)]) +
                   Tight(*node.children[1]);
        }
        const std::vector<std::string> members = Members(node);
        if (members.empty()) {
            return value + (node.negated ? "不在" : "在") + "空的类别之中";
        }
        const std::string quoted = "“" + Join(members, "、") + "”";
        return members.size() == 1 ? value + (node.negated ? "不是" : "是") + quoted
                                   : value + (node.negated ? "不在" : "在") + quoted + "之中";
    }

    std::string Linear(const Node& node) const {
        std::string words;
        for (size_t i = 0; i < node.children.size(); ++i) {
            const bool is_less = node.factors[i] < 0;
            words += i == 0 ? (is_less ? "负" : "") : (is_less ? " − " : " + ");
            words += node.children.size() == 1 && !is_less ? Of(*node.children[i])
                                                           : Tight(*node.children[i]);
        }
        return words;
    }

    std::string Coalesce(const Node& node) const {
        std::string words = Of(*node.children[0]);
        for (size_t i = 1; i < node.children.size(); ++i) {
            words += (i == 1 ? "（未填写时取" : "，再无则取") + Of(*node.children[i]);
        }
        return words + "）";
    }

    std::string Child(const Node& node) const {
        const std::string rows = name_of_(node.text);
        std::string words =
            node.children.empty() ? rows + "的条数" : Name(*node.children[0], node.text) + "之和";
        if (node.where) {
            const NameOf inner = [&](const std::string& path) {
                return name_of_(node.text + "." + path);
            };
            words += "（只计" + Words(text_, inner, rule_name_).Of(*node.where) + "的）";
        }
        return words;
    }

    std::string Function(const Node& node) const {
        const auto argument = [&](size_t i) { return Tight(*node.children[i]); };
        switch (node.op) {
            case Op::kRound:
                return argument(0) + "（四舍五入，" +
                       (node.type.scale == 0 ? std::string("取整")
                                             : "留" + std::to_string(node.type.scale) + "位小数") +
                       "）";
            case Op::kMonths:
                return argument(0) + "起" + argument(1) + "个月后";
            case Op::kDays:
                return argument(0) + "到" + argument(1) + "的天数";
            case Op::kWorkdays:
                return argument(0) + "到" + argument(1) + "的工作日数";
            case Op::kAge:
                return argument(0) + "出生的人在" + argument(1) + "的周岁";
            default:
                return argument(0) + "的年份";
        }
    }

    const std::string& text_;
    const NameOf& name_of_;
    const NameOf& rule_name_;
};

}  // namespace

std::string Formula::InWords(const NameOf& name_of, const NameOf& rule_name) const {
    std::string words = Words(text(), name_of, rule_name).Of(root());
    switch (aggregate()) {
        case Aggregate::kNone:
            return words;
        case Aggregate::kSum:
            return words + "之和";
        case Aggregate::kCount:
            return "记录数";
        case Aggregate::kCountDistinct:
            return "不同" + words + "的个数";
        case Aggregate::kMin:
            return words + "的最小值";
        case Aggregate::kMax:
            return words + "的最大值";
        case Aggregate::kAvg:
            break;
    }
    return words + "的平均值";
}

}  // namespace zw::formula
