// Dates as offices write them, and periods named in headings, titles and names of sheets.

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "sheet/number_format.h"
#include "sheet/table.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;
constexpr int kCentury = 2000;
constexpr int kMonths = 12;
constexpr int kShortYears = 50;  // 00年 to 49年 are of this century
constexpr double kFirstBareSerial =
    10'000;  // 1927-05-18: below, a number without a date format is no date
constexpr double kLastBareSerial = 73'415;  // 2100-12-31

bool IsYear(int year) {
    return year >= kFirstYear && year <= kLastYear;
}

[[noreturn]] void BadDate(const std::string& value) {
    throw Problem("bad_date", {{"value", Trim(value)}});
}

std::optional<DateReading> MakeDay(int year, int month, int day) {
    const Date date{year, month, day};
    return IsYear(year) && IsValid(date) ? std::optional(DateReading{date, Precision::kDay})
                                         : std::nullopt;
}

std::optional<DateReading> MakeMonth(int year, int month) {
    if (!IsYear(year) || month < 1 || month > 12) {
        return std::nullopt;
    }
    return DateReading{{year, month, DaysInMonth(year, month)}, Precision::kMonth};
}

std::optional<DateReading> MakeYear(int year) {
    return IsYear(year) ? std::optional(DateReading{{year, 12, 31}, Precision::kYear})
                        : std::nullopt;
}

// 23年4月 → 2023年4月, 98年 → 1998年, 23.9.1 → 2023.9.1, 23-5-1 and 23/5/1 (no month is the 23rd) →
// 2023-5-1; but 23.9 may be anything, and 05-12-23, 12/5/23 may begin with the month.
std::string WithCentury(const std::string& text) {
    const size_t digits = text.find_first_not_of("0123456789");
    if (digits != 2) {
        return text;
    }
    const int year = std::stoi(text.substr(0, digits));
    const char mark = text[digits];
    const bool three_parts = (mark == '.' || ((mark == '-' || mark == '/') && year > kMonths)) &&
                             std::count(text.begin(), text.end(), mark) == 2;
    if (!three_parts && !StartsWith(text.substr(digits), "年")) {
        return text;
    }
    const int century = year < kShortYears ? kCentury : kCentury - 100;
    return std::to_string(century + year) + text.substr(digits);
}

// By when: 2023年12月底 is the month, 2023年12月31日前 the day; 2019年前 is no date.
std::string WithoutDeadline(std::string text) {
    for (const std::string_view word : {"之前", "以前", "前", "止"}) {
        if (EndsWith(text, "日" + std::string(word)) || EndsWith(text, "底" + std::string(word))) {
            text.resize(text.size() - word.size());
            break;
        }
    }
    for (const std::string_view word : {"年底", "月底", "年末", "月末"}) {
        if (EndsWith(text, word)) {
            text.resize(text.size() - word.size() / 2);
            break;
        }
    }
    return text;
}

// The separators that people type between year, month and day, as one: 2023年4月12日, 2023.4.12,
// 2023/4/12 → 2023-4-12.
std::string Unified(const std::string& written) {
    std::string text = WithCentury(WithoutDeadline(Normalise(written)));
    for (const std::string_view mark :
         {"年", "月", ".", "/", "。", "、", "·", "—", "–", "−", "﹒"}) {
        text = ReplaceAll(text, mark, "-");
    }
    for (const std::string_view mark : {"日", "号", "份"}) {
        text = ReplaceAll(text, mark, "");
    }
    while (!text.empty() && text.back() == '-') {
        text.pop_back();
    }
    return text;
}

std::optional<std::vector<int>> Parts(const std::string& text) {
    std::vector<int> numbers;
    for (const std::string& part : Split(text, '-')) {
        if (part.empty() || part.size() > 8 ||
            part.find_first_not_of("0123456789") != std::string::npos) {
            return std::nullopt;
        }
        numbers.push_back(std::stoi(part));
    }
    return numbers;
}

std::optional<DateReading> FromDigits(const std::string& digits) {
    const int number = std::stoi(digits);
    switch (digits.size()) {
        case 4:
            return MakeYear(number);
        case 6:
            return MakeMonth(number / 100, number % 100);
        case 8:
            return MakeDay(number / 10000, number / 100 % 100, number % 100);
        default:
            return std::nullopt;
    }
}

// 二〇二三年四月十二日 → 2023年4月12日; anything else unchanged.
std::string WithDigits(const std::string& text) {
    const std::u32string points = ToCodePoints(text);
    std::u32string out;
    std::string run;
    const auto flush = [&] {
        if (run.empty()) {
            return;
        }
        std::string digits;
        const size_t length = Length(run);
        for (const char32_t point : ToCodePoints(run)) {
            std::string one;
            AppendUtf8(one, point);
            digits += point == U'十' ? std::string("x")
                                     : std::to_string(ParseChineseNumber(one).value_or(0));
        }
        const auto number = digits.find('x') == std::string::npos && length > 1
                                ? std::nullopt
                                : ParseChineseNumber(run);
        out += ToCodePoints(number ? std::to_string(*number) : digits);
        run.clear();
    };
    constexpr std::u32string_view kDigits = U"〇零一二三四五六七八九十";
    for (const char32_t point : points) {
        if (kDigits.find(point) != std::u32string_view::npos) {
            AppendUtf8(run, point);
        } else {
            flush();
            out += point;
        }
    }
    flush();
    return ToUtf8(out);
}

// Cuts a time of day behind the day: "2023-04-12 08:30", "2023-04-12T00:00:00".
std::string WithoutTime(const std::string& written, bool& dropped) {
    const std::string text = ToHalfWidth(Trim(written));
    const size_t colon = text.find(':');
    if (colon == std::string::npos) {
        return written;
    }
    const size_t gap = text.find_last_of(" T", colon);
    if (gap == std::string::npos || gap == 0 ||
        text.find_first_not_of("0123456789:. ", gap + 1) != std::string::npos) {
        return written;
    }
    dropped = true;
    return text.substr(0, gap);
}

std::optional<DateReading> FromText(const std::string& written) {
    bool time = false;
    const std::string text = Unified(WithDigits(WithoutTime(written, time)));
    const auto parts = Parts(text);
    if (!parts) {
        return std::nullopt;
    }
    std::optional<DateReading> reading;
    if (parts->size() == 1) {
        reading = FromDigits(text);
    } else if (parts->size() == 2) {
        reading = MakeMonth((*parts)[0], (*parts)[1]);
    } else if (parts->size() == 3) {
        reading = MakeDay((*parts)[0], (*parts)[1], (*parts)[2]);
    }
    if (reading) {
        reading->time_dropped = time;
    }
    return reading;
}

// 2023.1 may be January or October; under a format of two decimals it is what is shown.
std::optional<DateReading> FromYearDotMonth(const Cell& cell) {
    const std::string& text =
        cell.decimals == 2 && !cell.shown.empty() && !cell.is_percent ? cell.shown : cell.text;
    const size_t dot = text.find('.');
    if (dot != 4 || text.size() > 7) {
        return std::nullopt;
    }
    const int year = std::stoi(text.substr(0, 4));
    const std::string month = text.substr(5);
    if (month.find_first_not_of("0123456789") != std::string::npos || !IsYear(year)) {
        return std::nullopt;
    }
    int number = std::stoi(month);
    if (month.size() == 2 && month[1] == '0' && number > 12) {
        number /= 10;  // 2022.50 is May
    }
    std::optional<DateReading> reading = MakeMonth(year, number);
    if (reading) {
        reading->ambiguous = month == "1";
    }
    return reading;
}

std::optional<DateReading> FromSerial(const Cell& cell, double value) {
    const NumberFormat format = AnalyseFormat(cell.format);
    const bool whole = value == static_cast<double>(static_cast<int64_t>(value));
    if (cell.is_date) {
        if (cell.shown.empty()) {
            return std::nullopt;
        }
        DateReading reading{cell.date, Precision::kDay};
        if (format.has_year &&
            !format.has_day) {  // 2022年5月 typed into Excel is stored as the first of May
            reading = format.has_month ? *MakeMonth(cell.date.year, cell.date.month)
                                       : *MakeYear(cell.date.year);
        }
        reading.time_dropped = !whole;
        return reading;
    }
    if (value < kFirstBareSerial || value > kLastBareSerial) {
        return std::nullopt;
    }
    const std::optional<Date> date = SerialDate(value, false);
    return date ? std::optional(DateReading{*date, Precision::kDay, false, !whole}) : std::nullopt;
}

std::optional<DateReading> FromNumber(const Cell& cell) {
    const auto value = ParseDouble(cell.text);
    if (!value || *value <= 0) {
        return std::nullopt;
    }
    const bool whole = *value == static_cast<double>(static_cast<int64_t>(*value));
    if (whole && (cell.text.size() == 4 ||
                  (!cell.is_date && (cell.text.size() == 6 || cell.text.size() == 8)))) {
        if (const auto reading = FromDigits(cell.text)) {
            return reading;  // also under a date format: a bare 2021 is a year, not a day in 1905
        }
    }
    if (!whole && *value < kLastYear + 1) {
        return FromYearDotMonth(cell);
    }
    return FromSerial(cell, *value);
}

}  // namespace

std::optional<DateReading> ReadDate(const Cell& cell, const Vocabulary& vocabulary) {
    if (IsEmpty(cell, vocabulary)) {
        return std::nullopt;
    }
    std::optional<DateReading> reading;
    if (cell.kind == CellKind::kNumber) {
        reading = FromNumber(cell);
    } else if (cell.kind == CellKind::kText && cell.text.size() < 100) {
        reading = FromText(cell.text);
    }
    if (!reading) {
        BadDate(cell.text);
    }
    return reading;
}

}  // namespace zw::sheet
