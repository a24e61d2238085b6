#include "sample/book_cells.h"

#include <fmt/format.h>

#include "base/codes.h"
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
                return sheet::NumberCell(fmt::format(
                    "{}.{}",
                    date.year,
                    date.month == 11 || date.month == 12 ? date.month : date.month
                ));
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

WriteCell NumberValue(const formula::Value& value, const StreamKey& key) {
    const Decimal* decimal = std::get_if<Decimal>(&value);
    const std::string digits = decimal != nullptr ? ToShortText(*decimal) : formula::ToText(value);
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
    const definition::Field& field,
    const formula::Value& value,
    DateForm form,
    bool csv,
    const StreamKey& key
) {
    if (formula::IsNull(value)) {
        const bool dash = field.type.kind == Kind::kDate && Stream(key).Chance(0.3);
        return dash ? sheet::TextCell(Draw(std::vector<std::string>{"/", "—"}, key)) : WriteCell{};
    }
    switch (field.type.kind) {
        case Kind::kInt:
        case Kind::kDecimal:
            return NumberValue(value, key);
        case Kind::kDate: {
            const Date& date = std::get<Date>(value);
            WriteCell cell = DateValue(date, form, key);
            return csv && cell.kind == sheet::WriteKind::kDate ? sheet::TextCell(ToText(date))
                                                               : cell;
        }
        case Kind::kPeriod:
            return sheet::TextCell(ToChinese(std::get<Period>(value)));
        case Kind::kChoice:
            return ChoiceValue(field, std::get<std::string>(value), key);
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

WriteCell FaultyCell(
    const std::string& code,
    const definition::Field& field,
    const formula::Value& value,
    const StreamKey& key
) {
    const bool set = !formula::IsNull(value);
    if (code == "not_a_number" && set && field.type.IsNumber() && !field.type.unit.IsNone()) {
        return sheet::TextCell(
            Stream(key).Chance(0.7) ? "约" + formula::ToText(value) : std::string("不详")
        );
    }
    if (code == "unknown_choice" && set && field.type.kind == Kind::kChoice) {
        return sheet::TextCell("待核实");
    }
    if (code == "bad_date" && set && field.type.kind == Kind::kDate) {
        return sheet::TextCell(
            Draw(std::vector<std::string>{"2023.13", "2022/2/30", "2021-06-31"}, key)
        );
    }
    if (field.format == definition::Format::kIdNumber && set) {
        std::string id = std::get<std::string>(value);
        if (code == "id_lost_digits") {
            return sheet::NumberCell(fmt::format("{}.{}E+17", id.substr(0, 1), id.substr(1, 14)));
        }
        if (code == "id_check_digit") {
            id.back() = id.back() == '7' ? '3' : '7';
            return sheet::TextCell(id);
        }
    }
    return {};
}

}  // namespace zw::sample
