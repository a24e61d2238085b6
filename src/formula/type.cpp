#include "formula/type.h"

namespace zw::formula {

namespace {

std::string WithUnit(const std::string& name, const Unit& unit) {
    return unit.name.empty() ? name : name + " " + unit.name;
}

struct TextOf {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(int64_t value) const { return std::to_string(value); }
    std::string operator()(const Decimal& value) const { return zw::ToText(value); }
    std::string operator()(const Ratio& value) const { return zw::ToText(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const Date& value) const { return zw::ToText(value); }
    std::string operator()(const Period& value) const { return zw::ToText(value); }
};

}  // namespace

std::string Describe(const Type& type) {
    switch (type.kind) {
        case Kind::kBool:
            return "bool";
        case Kind::kInt:
            return WithUnit("int", type.unit);
        case Kind::kDecimal:
            return WithUnit(
                type.scale == kAnyScale ? "decimal" : "decimal(" + std::to_string(type.scale) + ")",
                type.unit
            );
        case Kind::kRatio:
            return WithUnit("ratio", type.unit);
        case Kind::kText:
            return "text";
        case Kind::kChoice:
            return "choice";
        case Kind::kDate:
            return "date";
        case Kind::kPeriod:
            return "period(" + std::string(GrainName(type.grain)) + ")";
        case Kind::kRef:
            break;
    }
    return "ref(" + type.record + ")";
}

std::string ToText(const Value& value) {
    return std::visit(TextOf{}, value);
}

}  // namespace zw::formula
