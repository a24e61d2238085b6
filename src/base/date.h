#pragma once
// Local dates and periods. A period (year, quarter, month, day) is kept as its last day and its
// grain (shared formula.md "Time").

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zw {

struct Date {
    int year = 1970;
    int month = 1;
    int day = 1;

    auto operator<=>(const Date&) const = default;
};

bool IsValid(const Date& date);  // years 1 to 9999
int DaysInMonth(int year, int month);
int64_t ToDays(const Date& date);  // days since 1970-01-01
Date FromDays(int64_t days);
Date AddDays(const Date& date, int64_t days);
// Same day number n months on, or that month's last day (民法典 §202).
Date AddMonths(const Date& date, int months);
// Full years (周岁) between birth and `on`; negative when `on` is before.
int AgeInYears(const Date& birth, const Date& on);
// ISO weekday: 1 Monday … 7 Sunday.
int Weekday(const Date& date);

std::string ToText(const Date& date);                     // 2023-04-12
std::optional<Date> ParseIsoDate(std::string_view text);  // strictly 2023-04-12

enum class Grain { kDay, kMonth, kQuarter, kYear };
std::string_view GrainName(Grain grain);  // day month quarter year
std::optional<Grain> ParseGrain(std::string_view name);
int MonthsOf(Grain grain);  // 12, 3, 1; of a day 1, the month that holds it

struct Period {
    Date last;
    Grain grain = Grain::kYear;

    auto operator<=>(const Period&) const = default;
    Date First() const;
    bool Contains(const Date& date) const { return date >= First() && date <= last; }
};

Period YearPeriod(int year);
Period PeriodOf(const Date& date, Grain grain);  // the one that holds `date`
Period Previous(const Period& period);           // the one just before, same grain
Period Next(const Period& period);
Period YearBefore(const Period& period);                   // the same one a year earlier (同比)
std::string ToText(const Period& period);                  // 2023, 2023Q4, 2023-06, 2023-06-30
std::optional<Period> ParsePeriod(std::string_view text);  // the same forms
std::string ToChinese(const Period& period);  // 2023年, 2023年四季度, 2023年6月, 2023年6月30日

}  // namespace zw
