#include "sheet/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "sheet/number_format.h"

namespace zw::sheet {

namespace {

constexpr int kFirstYear = 1949;
constexpr int kLastYear = 2100;

bool IsDigits(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

bool KnownUnit(const std::string& text, const Vocabulary& vocabulary) {
    if (IsOneOf(text, vocabulary.units) || IsOneOf(text, vocabulary.count_units)) {
        return true;
    }
    for (const std::string_view power : {"十", "百", "千", "万", "亿"}) {
        if (text.size() > power.size() && StartsWith(text, power)) {
            return KnownUnit(text.substr(power.size()), vocabulary);
        }
    }
    return false;
}

}  // namespace

bool IsEmpty(const Cell& cell, const Vocabulary& vocabulary) {
    if (cell.kind == CellKind::kEmpty) {
        return true;
    }
    if (cell.kind != CellKind::kText || cell.text.size() > 64) {
        return false;
    }
    const std::string text = Normalise(cell.text);
    return text.empty() || IsOneOf(text, vocabulary.empty_marks);
}

bool IsOneOf(const std::string& text, const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool StartsWithOne(const std::string& text, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return StartsWith(text, Normalise(word));
    });
}

std::string EndingWord(const std::string& text, const std::vector<std::string>& words) {
    std::string longest;
    for (const std::string& word : words) {
        if (word.size() > longest.size() && EndsWith(text, word)) {
            longest = word;
        }
    }
    return longest;
}

std::string WithoutFilledDates(const std::string& line, const Vocabulary& vocabulary) {
    std::string text = Normalise(line);
    for (const std::string& word : vocabulary.filled_date_words) {
        for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
            const std::u32string after =
                ToCodePoints(std::string_view(text).substr(at + word.size()));
            constexpr std::u32string_view kDate = U":0123456789.-/年月日号至";
            const size_t end = after.find_first_not_of(kDate);
            text = text.substr(0, at) + " " +
                   (end == std::u32string::npos ? "" : ToUtf8(after.substr(end)));
        }
    }
    return text;
}

std::optional<Decimal> DecimalOf(double value) {
    if (!(value > -9e9) || !(value < 9e9)) {
        return ParseDecimal(fmt::format("{:.0f}", value));
    }
    return ParseDecimal(fmt::format("{:.9f}", value));
}

bool IsUnit(const std::string& text, const Vocabulary& vocabulary) {
    const std::string name = Normalise(text);
    if (name == "%" || KnownUnit(name, vocabulary)) {
        return true;
    }
    const size_t slash = name.find('/');
    return slash != std::string::npos && KnownUnit(name.substr(0, slash), vocabulary) &&
           KnownUnit(name.substr(slash + 1), vocabulary);
}

std::optional<Decimal> Addend(const Cell& cell) {
    if (cell.kind == CellKind::kNumber && !cell.is_date) {
        const auto value = ParseDecimal(cell.text);
        return value ? value : RoundedDecimal(cell.text);
    }
    if (cell.kind != CellKind::kText || cell.text.size() > 40 ||
        cell.text.find_first_of("0123456789") == std::string::npos) {
        // Full-width digits are three bytes each and begin with EF BC.
        if (cell.kind != CellKind::kText || cell.text.find("\xEF\xBC") == std::string::npos ||
            cell.text.size() > 120) {
            return std::nullopt;
        }
    }
    const std::string text = ReplaceAll(Normalise(cell.text), ",", "");
    if (text.find_first_not_of("+-.0123456789") != std::string::npos) {
        return std::nullopt;
    }
    return ParseDecimal(text);
}

bool LooksLikeYear(const Cell& cell) {
    const std::string text = cell.text.size() > 20 ? std::string{} : Normalise(cell.text);
    return IsDigits(text) && text.size() == 4 && std::stoi(text) >= kFirstYear &&
           std::stoi(text) <= kLastYear;
}

bool LooksLikeValue(const Cell& cell) {
    if (cell.kind == CellKind::kError || cell.kind == CellKind::kBool) {
        return true;
    }
    if (cell.kind == CellKind::kEmpty || cell.text.size() > 60) {
        return false;
    }
    if (cell.is_date) {
        return true;
    }
    const std::string text = Normalise(cell.text);
    if (IsDigits(text) || cell.kind == CellKind::kNumber ||
        ParseDouble(ReplaceAll(text, ",", ""))) {
        return true;
    }
    // Days as text (2019/8/27, 2023-04-12), ID numbers that end in X.
    const std::string digits = text.substr(0, text.find_first_not_of("0123456789"));
    if (digits.size() >= 15) {
        return true;
    }
    return digits.size() == 4 && text.find_first_not_of("0123456789./-") == std::string::npos &&
           text.size() > 5;
}

}  // namespace zw::sheet
