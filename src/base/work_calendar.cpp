#include "base/work_calendar.h"

#include <charconv>
#include <stdexcept>

#include "base/problem.h"
#include "base/text.h"

namespace zw {

namespace {

std::string JoinDates(const std::set<Date>& dates) {
    std::string text;
    for (const Date& date : dates) {
        text += (text.empty() ? "" : ",") + ToText(date);
    }
    return text;
}

std::set<Date> ParseDates(const std::string& text) {
    std::set<Date> dates;
    if (text.empty()) {
        return dates;
    }
    for (const std::string& part : Split(text, ',')) {
        const auto date = ParseIsoDate(part);
        if (!date) {
            throw std::invalid_argument("work calendar: " + part);
        }
        dates.insert(*date);
    }
    return dates;
}

}  // namespace

void WorkCalendar::Add(const WorkYear& year) {
    years_[year.year] = year.source;
    off_.insert(year.off.begin(), year.off.end());
    work_.insert(year.work.begin(), year.work.end());
}

bool WorkCalendar::IsWorkday(const Date& date) const {
    if (!Knows(date.year)) {
        throw Problem("no_work_calendar", {{"year", std::to_string(date.year)}});
    }
    if (work_.contains(date)) {
        return true;
    }
    return Weekday(date) <= 5 && !off_.contains(date);
}

int64_t WorkCalendar::Between(const Date& a, const Date& b) const {
    const int step = a < b ? 1 : -1;
    int64_t count = 0;
    for (Date day = a; day != b;) {
        day = AddDays(day, step);
        count += IsWorkday(day) ? step : 0;
    }
    return count;
}

std::string WorkCalendar::Serialize() const {
    std::string years;
    for (const auto& [year, source] : years_) {
        years += (years.empty() ? "" : ",") + std::to_string(year);
    }
    return years + ";" + JoinDates(off_) + ";" + JoinDates(work_);
}

WorkCalendar WorkCalendar::Parse(std::string_view text) {
    const auto parts = Split(text, ';');
    if (parts.size() != 3) {
        throw std::invalid_argument("work calendar");
    }
    WorkCalendar calendar;
    if (!parts[0].empty()) {
        for (const std::string& year : Split(parts[0], ',')) {
            int value = 0;
            const auto [end, error] =
                std::from_chars(year.data(), year.data() + year.size(), value);
            if (error != std::errc() || end != year.data() + year.size()) {
                throw std::invalid_argument("work calendar: " + year);
            }
            calendar.years_[value] = "";
        }
    }
    calendar.off_ = ParseDates(parts[1]);
    calendar.work_ = ParseDates(parts[2]);
    return calendar;
}

}  // namespace zw
