#include "sheet/heading_rows.h"

#include <charconv>

#include "base/text.h"
#include "sheet/heading.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

bool IsRemark(const std::string& text, const Vocabulary& vocabulary) {
    if (StartsWithOne(text, vocabulary.part_words)) {
        return false;
    }
    return text.find(':') != std::string::npos ||
           StartsWithOne(text, vocabulary.filled_date_words) || Length(text) > 60;
}

// 3, 03, "5=6+7" begin a column's number; absent for anything else.
std::optional<int> ColumnNumber(const std::string& text) {
    int number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string rest(result.ptr, static_cast<size_t>(text.data() + text.size() - result.ptr));
    const bool good =
        result.ec == std::errc{} && number > 0 && number < 10'000 &&
        (rest.empty() ||
         (rest[0] == '=' && rest.find_first_not_of("=+-*/()0123456789") == std::string::npos));
    return good ? std::optional(number) : std::nullopt;
}

}  // namespace

Look LookAt(const RowData& row, const Vocabulary& vocabulary) {
    Look look;
    look.row = &row;
    look.texts = RowTexts(row, vocabulary);
    for (const auto& [column, text] : look.texts) {
        const Cell& cell = row.cells[static_cast<size_t>(column - 1)];
        look.values += LooksLikeValue(cell) && !LooksLikeYear(cell) ? 1 : 0;
        look.remarks += IsRemark(text, vocabulary) ? 1 : 0;
    }
    return look;
}

std::string WithoutBrackets(const std::string& text) {
    return text.size() > 2 && text.front() == '(' && text.back() == ')'
               ? text.substr(1, text.size() - 2)
               : text;
}

bool IsUnitRow(const Look& look, const Vocabulary& vocabulary) {
    const bool labelled =
        !look.texts.empty() && IsOneOf(look.texts[0].second, vocabulary.unit_labels);
    int units = 0;
    int leading = 0;
    int others = 0;
    for (const auto& [column, text] : look.texts) {
        if (IsUnit(WithoutBrackets(text), vocabulary)) {
            ++units;
        } else {
            (units == 0 ? leading : others) += 1;
        }
    }
    if (labelled) {
        return units >= 1 && others <= units;
    }
    return (units >= 3 && leading <= 2 && others * 4 <= units) ||
           (units >= 2 && leading + others == 0);
}

bool IsStem(const std::string& text) {
    constexpr std::u32string_view kStems = U"甲乙丙丁戊己庚辛壬癸ABCDE";
    const std::u32string points = ToCodePoints(text);
    return points.size() == 1 && kStems.find(points[0]) != std::u32string_view::npos;
}

bool IsCodeRow(const Look& look, const Vocabulary& vocabulary, bool after_units) {
    int numbers = 0;
    int steps = 0;
    int others = 0;
    int last = 0;
    bool stem = false;
    bool rising = true;
    for (const auto& [column, text] : look.texts) {
        const auto number = ColumnNumber(text);
        if (number) {
            rising = rising && *number > last;
            steps += *number == last + 1 ? 1 : 0;
            last = *number;
            ++numbers;
        } else if (IsStem(text)) {
            stem = true;
        } else {
            ++others;
        }
    }
    if (!look.texts.empty() && IsOneOf(look.texts[0].second, vocabulary.code_labels)) {
        return look.texts.size() > 1;
    }
    const bool from_one = numbers >= 3 && steps == numbers && others == 0;
    const bool counted = rising && steps * 10 >= numbers * 7;
    return from_one || (stem && numbers >= 2 && counted && others == 0) ||
           (after_units && numbers >= 5 && counted && others <= 1);
}

}  // namespace zw::sheet
