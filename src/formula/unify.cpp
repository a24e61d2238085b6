#include <algorithm>

#include "base/text.h"
#include "formula/checker.h"

namespace zw::formula {

namespace {

bool IsWords(const Type& type) {
    return type.kind == Kind::kText || type.kind == Kind::kChoice;
}

bool HaveCommonChoice(const Type& a, const Type& b) {
    return &a == &b ||
           std::any_of(a.choices.begin(), a.choices.end(), [&](const std::string& choice) {
               return std::find(b.choices.begin(), b.choices.end(), choice) != b.choices.end();
           });
}

bool IsLiteralText(const Node& node) {
    return node.op == Op::kLiteral && node.type.kind == Kind::kText;
}

}  // namespace

bool Checker::TakeType(Node& literal, const Type& type) const {
    if (!IsLiteralText(literal)) {
        return false;
    }
    const std::string written = std::get<std::string>(literal.literal);
    if (type.kind == Kind::kChoice) {
        if (std::find(type.choices.begin(), type.choices.end(), written) == type.choices.end()) {
            const auto nearest = Nearest(written, type.choices);
            const std::string all = "[" + Join(type.choices, ", ") + "]";
            Fail(
                literal.place,
                {"“" + written + "”不是可选项",
                 "'" + written + "' is none of the choices",
                 nearest ? "'" + *nearest + "'" : all}
            );
        }
        literal.type = type;
        return true;
    }
    if (!IsTime(type)) {
        return false;
    }
    if (const auto date = ParseIsoDate(written)) {
        literal.literal = *date;
        literal.type.kind = Kind::kDate;
        return true;
    }
    if (const auto period = ParsePeriod(written)) {
        literal.literal = *period;
        literal.type.kind = Kind::kPeriod;
        literal.type.grain = period->grain;
        return true;
    }
    Fail(
        literal.place,
        {"“" + written + "”不是日期",
         "'" + written + "' is no date",
         "'2023-04-12', '2023', '2023Q4', '2023-06'"}
    );
}

void Checker::Unify(Node& a, Node& b) const {
    if (TakeType(a, b.type) || TakeType(b, a.type)) {
        return;
    }
    const bool both_time = IsTime(a.type) && IsTime(b.type);
    const bool both_text = a.type.kind == Kind::kText && b.type.kind == Kind::kText;
    const bool both_choice = a.type.kind == Kind::kChoice && b.type.kind == Kind::kChoice &&
                             HaveCommonChoice(a.type, b.type);
    const bool both_ref =
        a.type.kind == Kind::kRef && b.type.kind == Kind::kRef && a.type.record == b.type.record;
    const bool both_bool = a.type.kind == Kind::kBool && b.type.kind == Kind::kBool;
    if (both_time || both_text || both_choice || both_ref || both_bool) {
        return;
    }
    std::string would = Describe(a.type);
    if (a.type.kind == Kind::kChoice) {
        would = "[" + Join(a.type.choices, ", ") + "]";
    } else if (IsWords(a.type) && b.type.IsNumber()) {
        would = "'" + SourceOf(b) + "'";
    }
    Mismatch(a, b, would);
}

}  // namespace zw::formula
