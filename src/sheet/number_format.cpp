#include "sheet/number_format.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace zw::sheet {

namespace {

// By the id that a cell style names (ECMA-376 18.8.30, with the Chinese ones of 27 to 58).
constexpr std::array<std::string_view, 59> kFormats = {
    "",
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "",
    "",
    "",
    "",
    "0%",
    "0.00%",
    "0.00E+00",
    "# ?/?",
    "# ?/?",
    "yyyy/m/d",
    "d-mmm-yy",
    "d-mmm",
    "mmm-yy",
    "h:mm AM/PM",
    "h:mm:ss AM/PM",
    "h:mm",
    "h:mm:ss",
    "yyyy/m/d h:mm",
    "",
    "",
    "",
    "",
    "yyyy\"年\"m\"月\"",
    "m\"月\"d\"日\"",
    "m\"月\"d\"日\"",
    "m/d/yy",
    "yyyy\"年\"m\"月\"d\"日\"",
    "h\"时\"mm\"分\"",
    "h\"时\"mm\"分\"ss\"秒\"",
    "h\"时\"mm\"分\"",
    "h\"时\"mm\"分\"ss\"秒\"",
    "yyyy\"年\"m\"月\"",
    "#,##0",
    "#,##0",
    "#,##0.00",
    "#,##0.00",
    "#,##0",
    "#,##0",
    "#,##0.00",
    "#,##0.00",
    "mm:ss",
    "[h]:mm:ss",
    "mm:ss.0",
    "##0.0E+0",
    "@",
    "yyyy\"年\"m\"月\"",
    "m\"月\"d\"日\"",
    "yyyy\"年\"m\"月\"",
    "m\"月\"d\"日\"",
    "m\"月\"d\"日\"",
    "h\"时\"mm\"分\"",
    "h\"时\"mm\"分\"ss\"秒\"",
    "yyyy\"年\"m\"月\"",
    "m\"月\"d\"日\""};

constexpr double kLastSerial = 2958466;  // the day after 9999-12-31
constexpr int64_t kSerialOf1970 = 25569;
constexpr int kDaysBetweenSystems = 1462;

// Keeps only what a format code computes with: literals in quotes, escapes, colours and conditions
// are dropped.
std::u32string BareFirstSection(std::string_view code) {
    std::u32string bare;
    const std::u32string points = ToCodePoints(code);
    for (size_t i = 0; i < points.size(); ++i) {
        const char32_t point = points[i];
        if (point == U';') {
            break;
        }
        if (point == U'"' || point == U'[') {
            const char32_t close = point == U'"' ? U'"' : U']';
            const size_t end = points.find(close, i + 1);
            const std::u32string inside =
                points.substr(i + 1, end == std::u32string::npos ? end : end - i - 1);
            if (point == U'[' &&
                (inside == U"h" || inside == U"m" || inside == U"s" || inside == U"hh")) {
                bare += inside;
            }
            if (end == std::u32string::npos) {
                break;
            }
            i = end;
        } else if (point == U'\\' || point == U'_' || point == U'*' || point == U'!') {
            ++i;
        } else {
            bare += point >= U'A' && point <= U'Z' ? point + 32 : point;
        }
    }
    return bare;
}

int CountDecimals(const std::u32string& bare) {
    const size_t dot = bare.find(U'.');
    int count = 0;
    for (size_t i = dot + 1; dot != std::u32string::npos && i < bare.size(); ++i) {
        if (bare[i] != U'0' && bare[i] != U'#' && bare[i] != U'?') {
            break;
        }
        ++count;
    }
    return count;
}

std::string Shown(double value, const NumberFormat& format, const std::optional<Date>& date) {
    if (format.is_date) {
        return date ? ToText(*date) : std::string{};
    }
    if (format.is_percent) {
        return fmt::format("{:.{}f}%", value * 100, std::max(format.decimals, 0));
    }
    // From 1e15 on a double has no decimals to show.
    return format.decimals >= 0 && std::fabs(value) < 1e15
               ? fmt::format("{:.{}f}", value, std::min(format.decimals, 15))
               : std::string{};
}

}  // namespace

NumberFormat AnalyseFormat(std::string_view code) {
    NumberFormat format;
    const std::u32string bare = BareFirstSection(code);
    if (bare.empty() || bare == U"general" || bare == U"g/通用格式" || bare == U"@") {
        format.code = bare == U"@" ? "@" : "";
        return format;
    }
    format.code = std::string(code);
    const bool exponent =
        bare.find(U"e+") != std::u32string::npos || bare.find(U"e-") != std::u32string::npos;
    const bool digits = bare.find_first_of(U"0#?") != std::u32string::npos;
    const bool clock = bare.find_first_of(U"hs") != std::u32string::npos;
    if (!exponent && (bare.find_first_of(U"yd") != std::u32string::npos || clock ||
                      (!digits && bare.find(U'm') != std::u32string::npos))) {
        format.is_date = true;
        format.has_year = bare.find_first_of(U"ye") != std::u32string::npos;
        format.has_day = bare.find(U'd') != std::u32string::npos;
        format.has_month = bare.find(U'm') != std::u32string::npos &&
                           (!clock || format.has_day || format.has_year);
        return format;
    }
    format.is_percent = bare.find(U'%') != std::u32string::npos;
    if (digits && !exponent && bare.find(U'/') == std::u32string::npos) {
        format.decimals = CountDecimals(bare);
    }
    return format;
}

std::string_view BuiltinFormat(int id) {
    return id >= 0 && id < static_cast<int>(kFormats.size()) ? kFormats[static_cast<size_t>(id)]
                                                             : std::string_view{};
}

std::string NumberText(double value) {
    if (value == 0 || !std::isfinite(value)) {
        return "0";
    }
    // 15 digits: what Excel shows and what typing a number keeps; the rest is noise of binary sums.
    const std::string digits15 = fmt::format("{:.14e}", value);
    double rounded = value;
    std::from_chars(digits15.data(), digits15.data() + digits15.size(), rounded);
    std::array<char, 400> buffer{};
    const double size = std::fabs(rounded);
    const bool exponent = size >= 1e15 || size < 1e-15;
    const auto result = std::to_chars(
        buffer.data(),
        buffer.data() + buffer.size(),
        rounded,
        exponent ? std::chars_format::scientific : std::chars_format::fixed
    );
    std::string text(buffer.data(), result.ptr);
    return exponent ? ReplaceAll(std::move(text), "e", "E") : text;
}

std::optional<Date> SerialDate(double serial, bool from_1904) {
    if (from_1904) {
        serial += kDaysBetweenSystems;
    }
    if (!(serial >= 1) || serial >= kLastSerial) {
        return std::nullopt;
    }
    auto days = static_cast<int64_t>(serial);
    if (days < 60) {
        ++days;  // Excel believes in 1900-02-29 (serial 60)
    }
    return FromDays(days - kSerialOf1970);
}

void SetNumber(Cell& cell, double value, const NumberFormat& format, bool from_1904) {
    if (!std::isfinite(value)) {
        cell.kind = CellKind::kError;
        cell.text = "#NUM!";
        return;
    }
    cell.kind = CellKind::kNumber;
    cell.text = NumberText(value);
    cell.format = format.code;
    cell.is_date = false;
    cell.is_percent = format.is_percent;
    cell.decimals = format.decimals;
    std::optional<Date> date;
    if (format.is_date) {
        cell.is_date = true;
        date = SerialDate(value, from_1904);
        cell.date = date.value_or(Date{});
    }
    cell.shown = Shown(value, format, date);
}

std::optional<double> ParseDouble(std::string_view text) {
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc{} || result.ptr != text.data() + text.size() ||
        !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

}  // namespace zw::sheet
