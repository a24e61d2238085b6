#include "base/date.h"

#include <fmt/format.h>

#include <charconv>

namespace zw {

namespace {

bool IsLeap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::optional<int> Digits(std::string_view text) {
    int value = 0;
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos ||
        text.size() > 4) {
        return std::nullopt;
    }
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Date MonthEnd(int year, int month) {
    return {year, month, DaysInMonth(year, month)};
}

Period Shift(const Period& period, int months) {
    const Date first = AddMonths({period.last.year, period.last.month, 1}, months);
    return {MonthEnd(first.year, first.month), period.grain};
}

}  // namespace

int MonthsOf(Grain grain) {
    switch (grain) {
        case Grain::kYear:
            return 12;
        case Grain::kQuarter:
            return 3;
        default:
            return 1;
    }
}

int DaysInMonth(int year, int month) {
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

bool IsValid(const Date& date) {
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= DaysInMonth(date.year, date.month);
}

// Days by the civil calendar, counted from 1 March so that the leap day is a year's last.
int64_t ToDays(const Date& date) {
    const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const int64_t era = (year >= 0 ? year : year - 399) / 400;
    const int64_t year_of_era = year - era * 400;
    const int64_t day_of_year =
        (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

Date FromDays(int64_t days) {
    days += 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const int64_t day_of_era = days - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted = (5 * day_of_year + 2) / 153;
    const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    const auto year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
    return {year, month, static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

Date AddDays(const Date& date, int64_t days) {
    return FromDays(ToDays(date) + days);
}

Date AddMonths(const Date& date, int months) {
    const int index = date.year * 12 + date.month - 1 + months;
    const int year = index >= 0 ? index / 12 : (index - 11) / 12;
    const int month = index - year * 12 + 1;
    const int last = DaysInMonth(year, month);
    return {year, month, date.day < last ? date.day : last};
}

int AgeInYears(const Date& birth, const Date& on) {
    const int years = on.year - birth.year;
    return on < AddMonths(birth, years * 12) ? years - 1 : years;
}

int Weekday(const Date& date) {
    return static_cast<int>(((ToDays(date) + 3) % 7 + 7) % 7) + 1;
}

std::string ToText(const Date& date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Date> ParseIsoDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = Digits(text.substr(0, 4));
    const auto month = Digits(text.substr(5, 2));
    const auto day = Digits(text.substr(8, 2));
    if (!year || !month || !day || !IsValid({*year, *month, *day})) {
        return std::nullopt;
    }
    return Date{*year, *month, *day};
}

std::string_view GrainName(Grain grain) {
    constexpr std::string_view kNames[] = {"day", "month", "quarter", "year"};
    return kNames[static_cast<int>(grain)];
}

std::optional<Grain> ParseGrain(std::string_view name) {
    for (const Grain grain : {Grain::kDay, Grain::kMonth, Grain::kQuarter, Grain::kYear}) {
        if (GrainName(grain) == name) {
            return grain;
        }
    }
    return std::nullopt;
}

Date Period::First() const {
    if (grain == Grain::kDay) {
        return last;
    }
    return AddMonths({last.year, last.month, 1}, 1 - MonthsOf(grain));
}

Period YearPeriod(int year) {
    return {{year, 12, 31}, Grain::kYear};
}

Period PeriodOf(const Date& date, Grain grain) {
    switch (grain) {
        case Grain::kDay:
            return {date, grain};
        case Grain::kMonth:
            return {MonthEnd(date.year, date.month), grain};
        case Grain::kQuarter:
            return {MonthEnd(date.year, (date.month + 2) / 3 * 3), grain};
        case Grain::kYear:
            break;
    }
    return YearPeriod(date.year);
}

Period Previous(const Period& period) {
    return period.grain == Grain::kDay ? Period{AddDays(period.last, -1), Grain::kDay}
                                       : Shift(period, -MonthsOf(period.grain));
}

Period Next(const Period& period) {
    return period.grain == Grain::kDay ? Period{AddDays(period.last, 1), Grain::kDay}
                                       : Shift(period, MonthsOf(period.grain));
}

Period YearBefore(const Period& period) {
    return period.grain == Grain::kDay ? Period{AddMonths(period.last, -12), Grain::kDay}
                                       : Shift(period, -12);
}

std::string ToText(const Period& period) {
    switch (period.grain) {
        case Grain::kYear:
            return fmt::format("{:04}", period.last.year);
        case Grain::kQuarter:
            return fmt::format("{:04}Q{}", period.last.year, period.last.month / 3);
        case Grain::kMonth:
            return fmt::format("{:04}-{:02}", period.last.year, period.last.month);
        case Grain::kDay:
            break;
    }
    return ToText(period.last);
}

std::optional<Period> ParsePeriod(std::string_view text) {
    if (text.size() == 10) {
        const auto day = ParseIsoDate(text);
        return day ? std::optional<Period>({*day, Grain::kDay}) : std::nullopt;
    }
    const auto year = Digits(text.substr(0, 4));
    if (!year || *year < 1 || text.size() < 4) {
        return std::nullopt;
    }
    if (text.size() == 4) {
        return YearPeriod(*year);
    }
    if (text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4') {
        return Period{MonthEnd(*year, (text[5] - '0') * 3), Grain::kQuarter};
    }
    if (text.size() == 7 && text[4] == '-') {
        const auto month = Digits(text.substr(5, 2));
        if (month && *month >= 1 && *month <= 12) {
            return Period{MonthEnd(*year, *month), Grain::kMonth};
        }
    }
    return std::nullopt;
}

std::string ToChinese(const Period& period) {
    constexpr std::string_view kQuarters[] = {"一", "二", "三", "四"};
    switch (period.grain) {
        case Grain::kYear:
            return fmt::format("{}年", period.last.year);
        case Grain::kQuarter:
            return fmt::format(
                "{}年{}季度", period.last.year, kQuarters[period.last.month / 3 - 1]
            );
        case Grain::kMonth:
            return fmt::format("{}年{}月", period.last.year, period.last.month);
        case Grain::kDay:
            break;
    }
    return fmt::format("{}年{}月{}日", period.last.year, period.last.month, period.last.day);
}

}  // namespace zw
