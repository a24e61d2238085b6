#include "store/sqlite_functions.h"

#include <memory>
#include <stdexcept>
#include <string>

#include "base/date.h"
#include "base/decimal.h"
#include "base/exact.h"
#include "base/text.h"
#include "base/work_calendar.h"

namespace zw::store {

namespace {

constexpr std::string_view kPrefix = "zw:";
constexpr std::string_view kRecord = ":record=";

// The arguments of one call; reading one of another kind throws.
class Arguments {
public:
    Arguments(sqlite3_context* context, int count, sqlite3_value** values)
        : context_(context), count_(count), values_(values) {}

    int Count() const { return count_; }
    sqlite3_context* Context() const { return context_; }
    bool IsNull(int i) const { return sqlite3_value_type(values_[i]) == SQLITE_NULL; }
    bool AnyNull(int count) const {
        for (int i = 0; i < count; ++i) {
            if (IsNull(i)) {
                return true;
            }
        }
        return false;
    }
    int64_t Int(int i) const {
        if (sqlite3_value_type(values_[i]) != SQLITE_INTEGER) {
            throw std::invalid_argument("not a whole number: " + Shown(i));
        }
        return sqlite3_value_int64(values_[i]);
    }
    bool IsText(int i) const { return sqlite3_value_type(values_[i]) == SQLITE_TEXT; }
    std::string Text(int i) const {
        if (!IsText(i)) {
            throw std::invalid_argument("not a text: " + Shown(i));
        }
        return Shown(i);
    }
    Date Day(int i) const {
        const auto date = ParseIsoDate(Text(i));
        if (!date) {
            throw std::invalid_argument("not a date: " + Shown(i));
        }
        return *date;
    }
    Ratio Quotient(int i) const {
        const auto ratio = ParseRatio(Text(i));
        if (!ratio) {
            throw std::invalid_argument("not a ratio: " + Shown(i));
        }
        return *ratio;
    }
    std::string Shown(int i) const {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values_[i]));
        return text == nullptr
                   ? ""
                   : std::string(text, static_cast<size_t>(sqlite3_value_bytes(values_[i])));
    }

private:
    sqlite3_context* context_;
    int count_;
    sqlite3_value** values_;
};

using Answer = std::optional<int64_t>;

void Return(sqlite3_context* context, const std::string& text) {
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Return(sqlite3_context* context, const Ratio& ratio) {
    Return(context, ToText(ratio));
}
void Return(sqlite3_context* context, const Date& date) {
    Return(context, ToText(date));
}
void Return(sqlite3_context* context, int64_t number) {
    sqlite3_result_int64(context, number);
}
template <typename T>
void Return(sqlite3_context* context, const std::optional<T>& value) {
    if (value) {
        Return(context, *value);
    } else {
        sqlite3_result_null(context);
    }
}

void ReturnError(sqlite3_context* context, const std::string& text) {
    sqlite3_result_error(context, text.c_str(), static_cast<int>(text.size()));
}

void ReturnProblem(sqlite3_context* context, const Problem& problem, const std::string& record) {
    const bool is_overflow = problem.code() == "overflow";
    const auto detail = problem.details().find(is_overflow ? "what" : "year");
    std::string text = std::string(kPrefix) + problem.code() + ":";
    text += detail == problem.details().end() ? "" : detail->second;
    ReturnError(context, record.empty() ? text : text + std::string(kRecord) + record);
}

// Calls Function on the arguments; an argument beyond the first `kCount` is the record's id.
template <auto Function, int kCount>
void Strict(sqlite3_context* context, int count, sqlite3_value** values) {
    const Arguments arguments(context, count, values);
    try {
        if (arguments.AnyNull(kCount)) {
            return sqlite3_result_null(context);
        }
        Return(context, Function(arguments));
    } catch (const Problem& problem) {
        ReturnProblem(context, problem, count > kCount ? arguments.Shown(kCount) : "");
    } catch (const std::exception& error) {
        ReturnError(context, error.what());
    }
}

// As Strict, for functions that say themselves what a null means.
template <auto Function>
void Lenient(sqlite3_context* context, int count, sqlite3_value** values) {
    try {
        Return(context, Function(Arguments(context, count, values)));
    } catch (const std::exception& error) {
        ReturnError(context, error.what());
    }
}

int Sign(Int128 a, Int128 b) {
    return a < b ? -1 : (a > b ? 1 : 0);
}

int64_t AddOf(const Arguments& in) {
    return Narrow(static_cast<Int128>(in.Int(0)) + in.Int(1), "+");
}
int64_t SubtractOf(const Arguments& in) {
    return Narrow(static_cast<Int128>(in.Int(0)) - in.Int(1), "-");
}
int64_t MultiplyOf(const Arguments& in) {
    return Narrow(static_cast<Int128>(in.Int(0)) * in.Int(1), "*");
}
int64_t MultiplyDivideOf(const Arguments& in) {
    return MultiplyDivide(in.Int(0), in.Int(1), in.Int(2));
}
Answer DivideRoundOf(const Arguments& in) {
    const Int128 divisor = static_cast<Int128>(in.Int(2)) * in.Int(3);
    if (divisor == 0) {
        return std::nullopt;
    }
    return Narrow(DivideRounded(static_cast<Int128>(in.Int(0)) * in.Int(1), divisor), "round");
}
int64_t CompareOf(const Arguments& in) {
    return Sign(
        static_cast<Int128>(in.Int(0)) * in.Int(1), static_cast<Int128>(in.Int(2)) * in.Int(3)
    );
}
std::optional<Ratio> RatioOf(const Arguments& in) {
    return ExactRatio(in.Int(0), in.Int(1), in.Int(2), in.Int(3));
}
Ratio RatioMultiplyOf(const Arguments& in) {
    return Multiply(in.Quotient(0), in.Quotient(1));
}
std::optional<Ratio> RatioDivideOf(const Arguments& in) {
    return Divide(in.Quotient(0), in.Quotient(1));
}
Ratio RatioNegateOf(const Arguments& in) {
    return Negate(in.Quotient(0));
}
int64_t RatioCompareOf(const Arguments& in) {
    return Compare(in.Quotient(0), in.Quotient(1));
}
int64_t RatioRoundOf(const Arguments& in) {
    return RoundUnits(in.Quotient(0), static_cast<int>(in.Int(1)));
}
Date MonthsOf(const Arguments& in) {
    return MonthsAfter(in.Day(0), in.Int(1));
}
int64_t DaysOf(const Arguments& in) {
    return ToDays(in.Day(1)) - ToDays(in.Day(0));
}
int64_t AgeOf(const Arguments& in) {
    return AgeInYears(in.Day(0), in.Day(1));
}

void FreeCalendar(void* calendar) {
    delete static_cast<WorkCalendar*>(calendar);
}

// The calendar's text is the same for all rows of a statement: read once, kept with the statement.
int64_t WorkdaysOf(const Arguments& in) {
    constexpr int kCalendar = 2;
    const auto* kept =
        static_cast<const WorkCalendar*>(sqlite3_get_auxdata(in.Context(), kCalendar));
    if (kept != nullptr) {
        return kept->Between(in.Day(0), in.Day(1));
    }
    auto calendar = std::make_unique<WorkCalendar>(WorkCalendar::Parse(in.Text(kCalendar)));
    const int64_t days = calendar->Between(in.Day(0), in.Day(1));
    sqlite3_set_auxdata(in.Context(), kCalendar, calendar.release(), FreeCalendar);
    return days;
}

// a·af + b·bf + …; an odd last argument is the record's id.
void LinearOf(sqlite3_context* context, int count, sqlite3_value** values) {
    const Arguments in(context, count, values);
    const int terms = count / 2;
    try {
        if (in.AnyNull(terms * 2)) {
            return sqlite3_result_null(context);
        }
        Int128 sum = 0;
        for (int i = 0; i < terms; ++i) {
            sum = AddChecked(sum, static_cast<Int128>(in.Int(2 * i)) * in.Int(2 * i + 1), "+");
        }
        sqlite3_result_int64(context, Narrow(sum, "+"));
    } catch (const Problem& problem) {
        ReturnProblem(context, problem, count % 2 == 1 ? in.Shown(count - 1) : "");
    } catch (const std::exception& error) {
        ReturnError(context, error.what());
    }
}

Answer AndOf(const Arguments& in) {
    const bool is_false = (!in.IsNull(0) && in.Int(0) == 0) || (!in.IsNull(1) && in.Int(1) == 0);
    return is_false ? Answer(0) : (in.AnyNull(2) ? std::nullopt : Answer(1));
}
Answer OrOf(const Arguments& in) {
    const bool is_true = (!in.IsNull(0) && in.Int(0) != 0) || (!in.IsNull(1) && in.Int(1) != 0);
    return is_true ? Answer(1) : (in.AnyNull(2) ? std::nullopt : Answer(0));
}

// x >= low and x <= high: `low` and `high` are x against each, absent when that one is null.
Answer BetweenOf(const std::optional<int>& low, const std::optional<int>& high) {
    if ((low && *low < 0) || (high && *high > 0)) {
        return 0;
    }
    return low && high ? Answer(1) : std::nullopt;
}

Answer BetweenTextOf(const Arguments& in) {
    if (in.IsNull(0)) {
        return std::nullopt;
    }
    const auto against = [&](int i) -> std::optional<int> {
        return in.IsNull(i) ? std::nullopt : std::optional<int>(in.Text(0).compare(in.Text(i)));
    };
    return BetweenOf(against(1), against(2));
}
Answer BetweenNumbersOf(const Arguments& in) {
    const int step = in.Count() == 6 ? 2 : 1;
    if (in.IsNull(0)) {
        return std::nullopt;
    }
    const auto scaled = [&](int i) {
        return static_cast<Int128>(in.Int(i)) * (step == 2 ? in.Int(i + 1) : 1);
    };
    const auto against = [&](int i) -> std::optional<int> {
        return in.IsNull(i) ? std::nullopt : std::optional<int>(Sign(scaled(0), scaled(i)));
    };
    return BetweenOf(against(step), against(2 * step));
}
Answer BetweenAnyOf(const Arguments& in) {
    return in.Count() == 3 && (in.IsText(0) || in.IsText(1) || in.IsText(2)) ? BetweenTextOf(in)
                                                                             : BetweenNumbersOf(in);
}
Answer RatioBetweenOf(const Arguments& in) {
    if (in.IsNull(0)) {
        return std::nullopt;
    }
    const auto against = [&](int i) -> std::optional<int> {
        return in.IsNull(i) ? std::nullopt
                            : std::optional<int>(Compare(in.Quotient(0), in.Quotient(i)));
    };
    return BetweenOf(against(1), against(2));
}

// zw_sum's running sum, in memory that SQLite gives zeroed and aligned for 64 bits only.
struct Sum {
    uint64_t low;
    int64_t high;
    int64_t rows;

    Int128 Total() const { return (static_cast<Int128>(high) << 64) + low; }
    void Add(int64_t value) {
        const Int128 total =
            Total() + value;  // 2^63 rows of the largest number would be needed to pass 128 bits
        low = static_cast<uint64_t>(total);
        high = static_cast<int64_t>(total >> 64);
        ++rows;
    }
};

void SumStep(sqlite3_context* context, int count, sqlite3_value** values) {
    const Arguments in(context, count, values);
    auto* sum = static_cast<Sum*>(sqlite3_aggregate_context(context, sizeof(Sum)));
    if (sum == nullptr) {
        return sqlite3_result_error_nomem(context);
    }
    try {
        if (!in.IsNull(0)) {
            sum->Add(in.Int(0));
        }
    } catch (const std::exception& error) {
        ReturnError(context, error.what());
    }
}

void SumFinal(sqlite3_context* context) {
    const auto* sum = static_cast<const Sum*>(sqlite3_aggregate_context(context, 0));
    if (sum == nullptr || sum->rows == 0) {
        return sqlite3_result_null(context);
    }
    try {
        sqlite3_result_int64(context, Narrow(sum->Total(), "sum"));
    } catch (const Problem& problem) {
        ReturnProblem(context, problem, "");
    }
}

struct Entry {
    const char* name;
    int arguments;
    bool named;  // takes the record's id too
    void (*function)(sqlite3_context*, int, sqlite3_value**);
};

constexpr Entry kEntries[] = {
    {"zw_add", 2, true, Strict<AddOf, 2>},
    {"zw_sub", 2, true, Strict<SubtractOf, 2>},
    {"zw_mul", 2, true, Strict<MultiplyOf, 2>},
    {"zw_linear", -1, false, LinearOf},
    {"zw_muldiv", 3, true, Strict<MultiplyDivideOf, 3>},
    {"zw_divround", 4, true, Strict<DivideRoundOf, 4>},
    {"zw_cmp", 4, false, Strict<CompareOf, 4>},
    {"zw_between", 3, false, Lenient<BetweenAnyOf>},
    {"zw_between", 6, false, Lenient<BetweenAnyOf>},
    {"zw_and", 2, false, Lenient<AndOf>},
    {"zw_or", 2, false, Lenient<OrOf>},
    {"zw_ratio", 4, true, Strict<RatioOf, 4>},
    {"zw_rmul", 2, true, Strict<RatioMultiplyOf, 2>},
    {"zw_rdiv", 2, true, Strict<RatioDivideOf, 2>},
    {"zw_rneg", 1, false, Strict<RatioNegateOf, 1>},
    {"zw_rcmp", 2, false, Strict<RatioCompareOf, 2>},
    {"zw_rbetween", 3, false, Lenient<RatioBetweenOf>},
    {"zw_rround", 2, true, Strict<RatioRoundOf, 2>},
    {"zw_months", 2, true, Strict<MonthsOf, 2>},
    {"zw_days", 2, false, Strict<DaysOf, 2>},
    {"zw_age", 2, false, Strict<AgeOf, 2>},
    {"zw_workdays", 3, false, Strict<WorkdaysOf, 3>},
};

void CheckRegistered(sqlite3* handle, int code, const char* name) {
    if (code != SQLITE_OK) {
        throw Problem("sql_failed", {{"what", sqlite3_errmsg(handle)}, {"sql", name}});
    }
}

}  // namespace

void RegisterFunctions(sqlite3* handle) {
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (const Entry& entry : kEntries) {
        for (int more = 0; more <= (entry.named ? 1 : 0); ++more) {
            const int code = sqlite3_create_function_v2(
                handle,
                entry.name,
                entry.arguments + more,
                kFlags,
                nullptr,
                entry.function,
                nullptr,
                nullptr,
                nullptr
            );
            CheckRegistered(handle, code, entry.name);
        }
    }
    const int code = sqlite3_create_function_v2(
        handle, "zw_sum", 1, kFlags, nullptr, nullptr, SumStep, SumFinal, nullptr
    );
    CheckRegistered(handle, code, "zw_sum");
}

std::optional<Problem> ProblemOfFunction(std::string_view message) {
    for (const std::string_view code : {"overflow", "no_work_calendar"}) {
        const std::string prefix = std::string(kPrefix) + std::string(code) + ":";
        if (!StartsWith(message, prefix)) {
            continue;
        }
        std::string_view rest = message.substr(prefix.size());
        Details details;
        const size_t record = rest.find(kRecord);
        if (record != std::string_view::npos) {
            details["record"] = rest.substr(record + kRecord.size());
            rest = rest.substr(0, record);
        }
        details[code == "overflow" ? "what" : "year"] = rest;
        return Problem(code, details);
    }
    return std::nullopt;
}

}  // namespace zw::store
