#include "ledger/dated_setting.h"

#include <algorithm>

#include "base/text.h"
#include "ledger/parse_value.h"

namespace zw::ledger {

namespace {

constexpr std::string_view kFrom = "起";

std::optional<definition::RuleValue> ParsePart(const formula::Type& type, const std::string& part) {
    definition::RuleValue value;
    std::string text = part;
    if (const size_t at = part.find(kFrom); at != std::string::npos) {
        value.valid_from = ParseIsoDate(Trim(part.substr(0, at)));
        text = Trim(part.substr(at + kFrom.size()));
        if (!value.valid_from) {
            return std::nullopt;
        }
    }
    const auto parsed = ParseValue(type, text);
    if (!parsed || formula::IsNull(*parsed)) {
        return std::nullopt;
    }
    value.value = *parsed;
    return value;
}

}  // namespace

std::optional<std::vector<definition::RuleValue>> ParseDated(
    const formula::Type& type, std::string_view text
) {
    std::vector<definition::RuleValue> values;
    for (const std::string& part : Split(ReplaceAll(std::string(text), "；", ";"), ';')) {
        auto value = ParsePart(type, Trim(part));
        const bool twice =
            value && std::any_of(values.begin(), values.end(), [&](const auto& known) {
                return known.valid_from == value->valid_from;
            });
        if (!value || twice) {
            return std::nullopt;
        }
        values.push_back(std::move(*value));
    }
    return values;
}

}  // namespace zw::ledger
