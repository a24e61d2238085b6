#include "ledger/parse_value.h"

#include <algorithm>

#include "base/text.h"

namespace zw::ledger {

namespace {

std::optional<formula::Value> ParseNumber(const formula::Type& type, std::string_view text) {
    const std::optional<Decimal> number = ParseDecimal(text);
    const int scale = type.kind == formula::Kind::kDecimal ? type.scale : 0;
    if (!number || Compare(Rescale(*number, scale), *number) != 0) {
        return std::nullopt;
    }
    const Decimal scaled = Rescale(*number, scale);
    return type.kind == formula::Kind::kDecimal ? formula::Value(scaled)
                                                : formula::Value(scaled.units);
}

}  // namespace

std::optional<formula::Value> ParseValue(const formula::Type& type, std::string_view text) {
    using formula::Kind;
    const std::string trimmed = Trim(text);
    if (trimmed.empty()) {
        return formula::Value();
    }
    switch (type.kind) {
        case Kind::kInt:
        case Kind::kRef:
        case Kind::kDecimal:
            return ParseNumber(type, trimmed);
        case Kind::kBool:
            if (trimmed == "true" || trimmed == "false") {
                return formula::Value(trimmed == "true");
            }
            return std::nullopt;
        case Kind::kDate:
            if (const auto date = ParseIsoDate(trimmed)) {
                return formula::Value(*date);
            }
            return std::nullopt;
        case Kind::kPeriod:
            if (const auto period = ParsePeriod(trimmed); period && period->grain == type.grain) {
                return formula::Value(*period);
            }
            return std::nullopt;
        case Kind::kChoice:
            if (!type.choices.empty() &&
                std::find(type.choices.begin(), type.choices.end(), trimmed) ==
                    type.choices.end()) {
                return std::nullopt;
            }
            return formula::Value(trimmed);
        case Kind::kText:
            return formula::Value(trimmed);
        case Kind::kRatio:
            break;
    }
    return std::nullopt;
}

}  // namespace zw::ledger
