#include "sample/book_cells.h"

#include <fmt/format.h>

#include "base/exact.h"
#include "base/text.h"

namespace zw::sample {

namespace {

using formula::Kind;
using sheet::WriteCell;

std::string FullWidth(const std::string& text) {
    std::u32string wide;
    for (const char32_t point : ToCodePoints(text)) {
        wide += point > 0x20 && point < 0x7F ? point + 0xFEE0 : point;
    }
    return ToUtf8(wide);
}

std::string Spaced(const std::string& text) {
    std::u32string spaced;
    for (const char32_t point : ToCodePoints(text)) {
        spaced += spaced.empty() ? U"" : U"\u3000";
        spaced += point;
    }
    return ToUtf8(spaced);
}

WriteCell DayCell(const Date& date, const StreamKey& key) {
    switch (Stream(key).Below(6)) {
        case 0:
            return sheet::DateCell(date);
        case 1:
            return sheet::TextCell(fmt::format("{}.{}.{}", date.year, date.month, date.day));
        case 2:
            return sheet::TextCell(fmt::format("{}/{}/{}", date.year, date.month, date.day));
        case 3:
            return sheet::TextCell(fmt::format("{}年{}月{}日", date.year, date.month, date.day));
        case 4:
            return sheet::TextCell(fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day));
        default:
            return sheet::TextCell(ToText(date));
    }
}

WriteCell MonthCell(const Date& date, const StreamKey& key) {
    // As a number, 2023.1 would be January or October.
    const bool clear = date.month != 1 && date.month != 10;
    switch (Stream(key).Below(4)) {
        case 0:
            return sheet::TextCell(fmt::format("{}/{}", date.year, date.month));
        case 1:
            return sheet::TextCell(fmt::format("{}年{}月", date.year, date.month));
        case 2:
            if (clear) {
                return sheet::NumberCell(fmt::format("{}.{}", date.year, date.month));
            }
            [[fallthrough]];
        default:
            return sheet::TextCell(fmt::format("{}-{:02}", date.year, date.month));
    }
}

WriteCell DateValue(const Date& date, DateForm form, const StreamKey& key) {
    if (form == DateForm::kMonth) {
        return MonthCell(date, key);
    }
    if (form == DateForm::kYear) {
        return Stream(key).Chance(0.5) ? sheet::TextCell(fmt::format("{}年", date.year))
                                       : sheet::NumberCell(std::to_string(date.year));
    }
    return DayCell(date, key);
}

// In the column's unit, whose factor is a power of ten.
Decimal InUnit(const BookColumn& column, const Decimal& value) {
    const Ratio exact = Multiply(Ratio{value.units, PowerOfTen(value.scale)}, column.factor);
    return Round(exact, kMaxScale - 1);
}

WriteCell NumberValue(const BookColumn& column, const formula::Value& value, const StreamKey& key) {
    const Decimal* decimal = std::get_if<Decimal>(&value);
    const Decimal own = decimal != nullptr ? *decimal : Decimal{std::get<int64_t>(value), 0};
    const std::string digits = ToShortText(column.Converts() ? InUnit(column, own) : own);
    switch (Stream(key).Below(40)) {
        case 0:
            return sheet::TextCell(FullWidth(digits));
        case 1:
            return sheet::TextCell(digits + " ");
        case 2:
            return sheet::TextCell(digits);
        default:
            return sheet::NumberCell(digits);
    }
}

WriteCell ChoiceValue(
    const definition::Field& field, const std::string& choice, const StreamKey& key
) {
    std::vector<std::string> spellings{choice, choice, choice};
    for (const auto& [other, meant] : field.value_also) {
        if (meant == choice) {
            spellings.push_back(other);
        }
    }
    return sheet::TextCell(Draw(spellings, key));
}

}  // namespace

WriteCell ValueCell(
    const BookColumn& column,
    const formula::Value& value,
    DateForm form,
    bool csv,
    const StreamKey& key
) {
    const definition::Field& field = *column.field;
    if (formula::IsNull(value)) {
        const bool dash = field.type.kind == Kind::kDate && Stream(key).Chance(0.3);
        return dash ? sheet::TextCell(Draw(std::vector<std::string>{"/", "—"}, key)) : WriteCell{};
    }
    switch (field.type.kind) {
        case Kind::kInt:
        case Kind::kDecimal:
            return NumberValue(column, value, key);
        case Kind::kDate: {
            const Date& date = std::get<Date>(value);
            WriteCell cell = DateValue(date, form, key);
            return csv && cell.kind == sheet::WriteKind::kDate ? sheet::TextCell(ToText(date))
                                                               : cell;
        }
        case Kind::kPeriod:
            return sheet::TextCell(PeriodText(std::get<Period>(value), key));
        case Kind::kChoice:
            return column.plain ? sheet::TextCell(std::get<std::string>(value))
                                : ChoiceValue(field, std::get<std::string>(value), key);
        default:
            break;
    }
    const std::string text = formula::ToText(value);
    constexpr size_t kShortName = 2;
    const bool name =
        field.personal && field.format == definition::Format::kNone && Length(text) == kShortName;
    return sheet::TextCell(name && Stream(key).Chance(0.4) ? Spaced(text) : text);
}

std::string PlaceText(const access::VillageSetup& village, const StreamKey& key) {
    std::vector<std::string> forms{village.name, village.name, village.name, Spaced(village.name)};
    forms.insert(forms.end(), village.aliases.begin(), village.aliases.end());
    return Draw(forms, key);
}

std::string PeriodText(const Period& period, const StreamKey& key) {
    std::string plain = ToChinese(period);
    const bool other = Stream(key.With("period text")).Chance(0.4);
    if (!other || period.grain == Grain::kMonth) {
        return plain;
    }
    const std::string year = std::to_string(period.last.year);
    if (period.grain == Grain::kYear) {
        return year + "年度";
    }
    const std::string before = year + "年";
    return before + "第" + plain.substr(before.size());
}

WriteCell FaultyCell(
    const Plan& plan,
    const std::string& code,
    const definition::Field& field,
    const formula::Value& value,
    const StreamKey& key
) {
    if (formula::IsNull(value)) {
        return {};
    }
    if (code == "not_a_number" && field.type.IsNumber() && !field.type.unit.IsNone()) {
        return sheet::TextCell(
            ReplaceAll(DrawWord(plan, "book_odd_number", key), "{}", formula::ToText(value))
        );
    }
    if (code == "unknown_choice" && field.type.kind == Kind::kChoice) {
        return sheet::TextCell(DrawWord(plan, "book_odd_choice", key));
    }
    if (code == "bad_date" && field.type.kind == Kind::kDate) {
        return sheet::TextCell(DrawWord(plan, "book_odd_date", key));
    }
    if (field.format != definition::Format::kIdNumber) {
        return {};
    }
    std::string id = std::get<std::string>(value);
    if (code == "id_lost_digits") {
        return sheet::NumberCell(fmt::format("{}.{}E+17", id.substr(0, 1), id.substr(1, 14)));
    }
    if (code == "id_check_digit") {
        id.back() = id.back() == '7' ? '3' : '7';
        return sheet::TextCell(id);
    }
    return {};
}

}  // namespace zw::sample
