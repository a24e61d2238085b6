#pragma once
// Work days (工作日) by the State Council's yearly notices (国务院办公厅关于部分节假日安排的通知):
// Monday to Friday, less the days off (放假), plus the weekend days worked instead (调休上班). A
// year without its notice is not guessed.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/date.h"

namespace zw {

// What one year's notice says. Days of a neighbouring year may stand in it (元旦 often starts on 31
// December).
struct WorkYear {
    int year = 0;
    std::string source;   // the notice's number: 国办发明电〔2022〕16号
    std::set<Date> off;   // days off that would else be worked; weekend days among them do no harm
    std::set<Date> work;  // weekend days worked instead
};

// Immutable once filled; then safe to read from any thread. The empty calendar knows no year and
// refuses every question.
class WorkCalendar {
public:
    void Add(const WorkYear& year);
    bool Knows(int year) const { return years_.contains(year); }
    // Throws Problem "no_work_calendar" for a day of a year that was not added.
    bool IsWorkday(const Date& date) const;
    // Work days met on the way from `a` to `b`: `a` is not counted, `b` is. Negative when `b` is
    // before `a`. 0 for the same day. Throws Problem "no_work_calendar" when a counted day lies in
    // a year that was not added.
    int64_t Between(const Date& a, const Date& b) const;

    // One line of text and back, to hand the calendar to a database function. Parse throws
    // std::invalid_argument.
    std::string Serialize() const;
    static WorkCalendar Parse(std::string_view text);

private:
    std::map<int, std::string> years_;
    std::set<Date> off_;
    std::set<Date> work_;
};

}  // namespace zw
