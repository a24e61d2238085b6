// Numbers, codes and texts of single cells.

#include <algorithm>

#include "base/text.h"
#include "sheet/number_format.h"
#include "sheet/table.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kDigitsKept = 15;  // of a number cell; an ID of 16 digits or more has lost some

[[noreturn]] void NotANumber(const std::string& value) {
    throw Problem("not_a_number", {{"value", Trim(value)}});
}

// "1,234,567.8" without its commas; absent when they do not stand before groups of three.
std::optional<std::string> WithoutGroups(const std::string& text) {
    if (text.find(',') == std::string::npos) {
        return text;
    }
    const std::string whole = text.substr(0, text.find('.'));
    const std::vector<std::string> groups = Split(whole, ',');
    for (size_t i = 0; i < groups.size(); ++i) {
        const std::string digits =
            i == 0 && (StartsWith(groups[0], "-") || StartsWith(groups[0], "+"))
                ? groups[0].substr(1)
                : groups[i];
        const bool good = i == 0 ? !digits.empty() && digits.size() <= 3 : digits.size() == 3;
        if (!good || digits.find_first_not_of("0123456789") != std::string::npos) {
            return std::nullopt;
        }
    }
    return ReplaceAll(text, ",", "");
}

// Splits "12.5亩" into the number and what follows it.
std::pair<std::string, std::string> SplitUnit(const std::string& text) {
    const size_t end = text.find_first_not_of("+-0123456789.,");
    if (end == std::string::npos) {
        return {text, {}};
    }
    // 6.21E+17 and 1e-3 are numbers, 3e is not.
    if (text[end] == 'E' || text[end] == 'e') {
        if (ParseDouble(text)) {
            return {text, {}};
        }
    }
    return {text.substr(0, end), text.substr(end)};
}

// What minus signs and currency signs people type are turned into.
std::string Plain(const std::string& written) {
    std::string text = Normalise(written);
    for (const std::string_view minus : {"−", "﹣", "–", "—"}) {
        if (StartsWith(text, minus)) {
            text.replace(0, minus.size(), "-");
        }
    }
    for (const std::string_view currency : {"¥", "￥"}) {
        if (StartsWith(text, currency)) {
            text.erase(0, currency.size());
        }
    }
    return text;
}

std::optional<Decimal> ParseNumber(const std::string& text) {
    const std::optional<std::string> bare = WithoutGroups(text);
    if (!bare || bare->empty()) {
        return std::nullopt;
    }
    std::string digits = (*bare)[0] == '+' ? bare->substr(1) : *bare;
    if (StartsWith(digits, ".")) {
        digits.insert(0, "0");
    } else if (StartsWith(digits, "-.")) {
        digits.insert(1, "0");
    }
    if (EndsWith(digits, ".")) {
        digits.pop_back();
    }
    if (const auto exact = ParseDecimal(digits)) {
        return exact;
    }
    return RoundedDecimal(digits);
}

std::optional<std::string> CodeText(const Cell& cell, const Vocabulary& vocabulary) {
    if (IsEmpty(cell, vocabulary)) {
        return std::nullopt;
    }
    std::string text = Normalise(cell.text);
    if (StartsWith(text, "'")) {
        text.erase(0, 1);  // the mark that Excel puts before a number kept as text
    }
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::optional<Decimal> RoundedDecimal(const std::string& text) {
    const size_t dot = text.find('.');
    if (text.find_first_of("Ee") != std::string::npos) {
        const auto value = ParseDouble(text);
        if (!value || *value > 9e17 || *value < -9e17) {
            return std::nullopt;
        }
        if (*value == static_cast<double>(static_cast<int64_t>(*value))) {
            return Decimal{static_cast<int64_t>(*value), 0};
        }
        return DecimalOf(*value);
    }
    if (dot == std::string::npos || text.size() - dot - 1 <= static_cast<size_t>(kMaxScale) ||
        text.find_first_not_of("0123456789", dot + 1) != std::string::npos) {
        return std::nullopt;
    }
    // More decimals than are kept: a quotient that a formula left. Rounded half away from zero.
    const auto kept = ParseDecimal(text.substr(0, dot + 1 + kMaxScale));
    if (!kept || text[dot + 1 + kMaxScale] < '5') {
        return kept;
    }
    return Add(*kept, {text[0] == '-' ? -1 : 1, kMaxScale});
}

std::optional<NumberReading> ReadNumber(const Cell& cell, const Vocabulary& vocabulary) {
    if (IsEmpty(cell, vocabulary)) {
        return std::nullopt;
    }
    if (cell.kind == CellKind::kBool || cell.kind == CellKind::kError) {
        NotANumber(cell.text);
    }
    const std::string text = Plain(cell.text);
    if (cell.kind == CellKind::kText && IsOneOf(text, vocabulary.zero_words)) {
        return NumberReading{};
    }
    auto [digits, unit] = SplitUnit(text);
    const std::optional<Decimal> value = ParseNumber(digits);
    if (!value || (!unit.empty() && unit != "%" && !IsUnit(unit, vocabulary))) {
        NotANumber(cell.text);
    }
    return NumberReading{*value, unit};
}

std::optional<std::string> ReadCode(const Cell& cell, const Vocabulary& vocabulary) {
    std::optional<std::string> text = CodeText(cell, vocabulary);
    if (!text) {
        return text;
    }
    const bool exponent =
        text->find_first_of("Ee") != std::string::npos && ParseDouble(*text).has_value();
    if (cell.kind == CellKind::kNumber || exponent) {
        const auto number = ParseDouble(*text);
        const bool lost = number && (*number >= 1e15 || *number <= -1e15);
        if (lost || text->size() > kDigitsKept + 2) {
            throw Problem("id_lost_digits", {{"value", cell.text}});
        }
    }
    return text;
}

std::optional<std::string> ReadText(const Cell& cell, const Vocabulary& vocabulary) {
    if (IsEmpty(cell, vocabulary)) {
        return std::nullopt;
    }
    if (cell.kind == CellKind::kNumber && !cell.shown.empty()) {
        return cell.shown;
    }
    return Trim(cell.text);
}

}  // namespace zw::sheet
