// Periods that a heading, a title or the name of a sheet says in words.

#include <cctype>

#include "base/text.h"
#include "sheet/table.h"

namespace zw::sheet {

namespace {

constexpr int kFirstYear = 1949;
constexpr int kLastYear = 2100;
constexpr int kCentury = 2000;
constexpr int kShortYears = 50;  // 00 to 49 are of this century

bool IsDigit(char32_t point) {
    return point >= U'0' && point <= U'9';
}

// Reads over the code points of a normalised text.
class Scanner {
public:
    explicit Scanner(std::u32string text) : text_(std::move(text)) {}
    bool AtEnd() const { return at_ >= text_.size(); }
    size_t at() const { return at_; }
    void MoveTo(size_t at) { at_ = at; }
    char32_t Peek(size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0';
    }
    char32_t Before() const { return at_ == 0 ? U'\0' : text_[at_ - 1]; }
    bool Eat(std::u32string_view word) {
        if (text_.compare(at_, word.size(), word) != 0) {
            return false;
        }
        at_ += word.size();
        return true;
    }
    bool EatAny(std::u32string_view points) {
        if (AtEnd() || points.find(Peek()) == std::u32string_view::npos) {
            return false;
        }
        ++at_;
        return true;
    }
    // 1 to `most` digits, in either script (十二 counts as digits); absent and unmoved when there
    // are none or more.
    std::optional<int> Number(int most) {
        const size_t begin = at_;
        int value = 0;
        while (IsDigit(Peek()) && static_cast<int>(at_ - begin) <= most) {
            value = value * 10 + static_cast<int>(text_[at_++] - U'0');
        }
        const auto length = static_cast<int>(at_ - begin);
        if (length >= 1 && length <= most) {
            return value;
        }
        at_ = begin;
        return length == 0 ? Chinese() : std::nullopt;
    }

private:
    std::optional<int> Chinese() {
        constexpr std::u32string_view kDigits = U"〇零一二三四五六七八九十";
        size_t end = at_;
        while (end < text_.size() && kDigits.find(text_[end]) != std::u32string_view::npos) {
            ++end;
        }
        const std::u32string word = text_.substr(at_, end - at_);
        std::optional<int> value;
        if (word.size() == 4 && word.find(U'十') == std::u32string::npos) {
            value = 0;  // 二〇二三: digit by digit
            for (const char32_t point : word) {
                value = *value * 10 + ParseChineseNumber(ToUtf8({&point, 1})).value_or(0);
            }
        } else if (!word.empty()) {
            value = ParseChineseNumber(ToUtf8(word));
        }
        if (value) {
            at_ = end;
        }
        return value;
    }

    std::u32string text_;
    size_t at_ = 0;
};

enum class Outcome { kNothing, kPeriod, kNoPeriod };
struct Found {
    Outcome outcome = Outcome::kNothing;
    Period period;
};

Found Of(const Period& period) {
    return {Outcome::kPeriod, period};
}

std::optional<Period> Months(int year, int first, int last) {
    if (first < 1 || last > 12 || first > last) {
        return std::nullopt;
    }
    const Date day{year, last, DaysInMonth(year, last)};
    if (first == last) {
        return PeriodOf(day, Grain::kMonth);
    }
    if (first == 1 && last == 12) {
        return YearPeriod(year);
    }
    if (last - first == 2 && last % 3 == 0) {
        return PeriodOf(day, Grain::kQuarter);
    }
    return std::nullopt;  // 1-9月 is a sum of periods, none of them
}

std::optional<Period> Quarter(int year, int quarter) {
    return quarter >= 1 && quarter <= 4
               ? std::optional(PeriodOf({year, quarter * 3, 1}, Grain::kQuarter))
               : std::nullopt;
}

Found OrNone(const std::optional<Period>& period) {
    return period ? Of(*period) : Found{Outcome::kNoPeriod, {}};
}

// 三季度, 第3季度, Q3 of `year`; nothing and unmoved when the text goes on otherwise.
Found ReadQuarter(Scanner& scan, int year) {
    const size_t begin = scan.at();
    if (scan.EatAny(U"Qq")) {
        if (const auto quarter = scan.Number(1)) {
            return OrNone(Quarter(year, *quarter));
        }
    } else {
        scan.Eat(U"第");
        const auto quarter = scan.Number(1);
        if (quarter && (scan.Eat(U"季度") || scan.Eat(U"季"))) {
            return OrNone(Quarter(year, *quarter));
        }
    }
    scan.MoveTo(begin);
    return {};
}

// 3月, 1-3月, 3月5日 of `year`.
Found ReadMonths(Scanner& scan, int year) {
    const size_t begin = scan.at();
    const auto first = scan.Number(2);
    if (!first) {
        return {};
    }
    int last = *first;
    scan.Eat(U"月");
    if (scan.EatAny(U"-—~至–")) {
        const auto second = scan.Number(2);
        if (!second) {
            scan.MoveTo(begin);
            return {};
        }
        last = *second;
        if (!scan.Eat(U"月")) {
            scan.MoveTo(begin);
            return {};
        }
        return OrNone(Months(year, *first, last));
    }
    if (scan.Before() != U'月') {
        scan.MoveTo(begin);
        return {};
    }
    scan.Eat(U"份");
    const size_t after = scan.at();
    const auto day = scan.Number(2);
    if (day && scan.EatAny(U"日号")) {
        const Date date{year, *first, *day};
        return IsValid(date) ? Of(PeriodOf(date, Grain::kDay)) : Found{Outcome::kNoPeriod, {}};
    }
    scan.MoveTo(after);
    return OrNone(Months(year, *first, *first));
}

Found ReadWithinYear(Scanner& scan, int year) {
    if (scan.Eat(U"上半年") || scan.Eat(U"下半年") || scan.Eat(U"半年")) {
        return {Outcome::kNoPeriod, {}};
    }
    const Found quarter = ReadQuarter(scan, year);
    return quarter.outcome != Outcome::kNothing ? quarter : ReadMonths(scan, year);
}

// 2023.5, 2023-05, 2023/5/12 after the year's digits.
Found ReadSeparated(Scanner& scan, int year) {
    const size_t begin = scan.at();
    const bool span = scan.Peek() == U'-' || scan.Peek() == U'—';
    if (!scan.EatAny(U".-/—")) {
        return {};
    }
    const auto month = scan.Number(2);
    if (!month) {
        // 2021-2023: two years are no period
        const bool years = span && scan.Number(4).has_value();
        scan.MoveTo(years ? scan.at() : begin);
        return years ? Found{Outcome::kNoPeriod, {}} : Found{};
    }
    if (scan.EatAny(U".-/")) {
        const auto day = scan.Number(2);
        const Date date{year, *month, day.value_or(0)};
        return day && IsValid(date) ? Of(PeriodOf(date, Grain::kDay))
                                    : Found{Outcome::kNoPeriod, {}};
    }
    return OrNone(Months(year, *month, *month));
}

// A period that begins here with its year.
Found ReadHere(Scanner& scan) {
    const size_t begin = scan.at();
    if (IsDigit(scan.Before())) {
        return {};
    }
    auto year = scan.Number(4);
    // 23年四季度 at the beginning: the century is left out.
    if (year && begin == 0 && scan.at() == 2 && IsDigit(scan.Before()) && scan.Peek() == U'年' &&
        *year < kShortYears) {
        *year += kCentury;
    }
    if (!year || *year < kFirstYear || *year > kLastYear) {
        scan.MoveTo(begin);
        return {};
    }
    if (IsDigit(scan.Peek())) {
        scan.MoveTo(begin);
        return {};
    }
    const size_t after = scan.at();
    if (scan.Eat(U"年")) {
        scan.EatAny(U"度全");
        scan.EatAny(U"年");
        const Found within = ReadWithinYear(scan, *year);
        return within.outcome == Outcome::kNothing ? Of(YearPeriod(*year)) : within;
    }
    if (const Found quarter =
            scan.Peek() == U'Q' || scan.Peek() == U'q' ? ReadQuarter(scan, *year) : Found{};
        quarter.outcome != Outcome::kNothing) {
        return quarter;
    }
    if (const Found separated = ReadSeparated(scan, *year);
        separated.outcome != Outcome::kNothing) {
        return separated;
    }
    // A bare 2023 names a year only when nothing else stands there.
    scan.MoveTo(after);
    return begin == 0 && scan.AtEnd() ? Of(YearPeriod(*year)) : Found{};
}

std::optional<Period> Search(const std::string& text, const std::optional<int>& year) {
    Scanner scan(ToCodePoints(Normalise(text)));
    std::optional<Period> result;
    while (!scan.AtEnd()) {
        const size_t begin = scan.at();
        Found found = ReadHere(scan);
        if (found.outcome == Outcome::kNothing && year && !IsDigit(scan.Before())) {
            found = ReadWithinYear(scan, *year);
        }
        if (found.outcome == Outcome::kNoPeriod ||
            (result && found.outcome == Outcome::kPeriod && found.period != *result)) {
            return std::nullopt;
        }
        if (found.outcome == Outcome::kPeriod) {
            result = found.period;
        }
        if (scan.at() == begin) {
            scan.MoveTo(begin + 1);
        }
    }
    return result;
}

}  // namespace

std::optional<Period> FindPeriod(const std::string& text) {
    return Search(text, std::nullopt);
}

std::optional<Period> FindPeriod(const std::string& text, int year) {
    return Search(text, year);
}

}  // namespace zw::sheet
