#include "store/sqlite_functions.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace zw::store {

namespace {

class Memory {
public:
    Memory() {
        REQUIRE(sqlite3_open(":memory:", &handle_) == SQLITE_OK);
        RegisterFunctions(handle_);
    }
    ~Memory() { sqlite3_close(handle_); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    // The first value as text, "null", or "error: …".
    std::string Ask(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        REQUIRE_MESSAGE(
            sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
            sqlite3_errmsg(handle_)
        );
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> guard(
            statement, sqlite3_finalize
        );
        const int code = sqlite3_step(statement);
        if (code != SQLITE_ROW) {
            return code == SQLITE_DONE ? "done" : "error: " + std::string(sqlite3_errmsg(handle_));
        }
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        return text == nullptr ? "null" : text;
    }

private:
    sqlite3* handle_ = nullptr;
};

}  // namespace

TEST_CASE("zw functions: exact where SQLite is not") {
    Memory memory;
    CHECK(memory.Ask("select typeof(9223372036854775807 + 1)") == "real");  // what they are for
    CHECK(memory.Ask("select zw_add(9223372036854775807, 1)") == "error: zw:overflow:+");
    CHECK(
        memory.Ask("select zw_add(9223372036854775807, 1, 17)") == "error: zw:overflow:+:record=17"
    );
    CHECK(memory.Ask("select zw_sub(5, 7)") == "-2");
    CHECK(memory.Ask("select zw_mul(-4294967296, 2147483648)") == "-9223372036854775808");
    CHECK(
        memory.Ask("select zw_muldiv(9223372036854775807, 9223372036854775807, 9223372036854775807)"
        ) == "9223372036854775807"
    );
    CHECK(memory.Ask("select zw_muldiv(-1, 1, 2)") == "-1");
    CHECK(
        memory.Ask("select zw_linear(9223372036854775807, 1, 1, 1, 1, -1)") == "9223372036854775807"
    );
    CHECK(
        memory.Ask("select zw_linear(9223372036854775807, 1, 1, 1, 42)") ==
        "error: zw:overflow:+:record=42"
    );
    CHECK(memory.Ask("select zw_divround(1, 100, 3, 1)") == "33");
    CHECK(memory.Ask("select zw_divround(1, 100, 0, 1)") == "null");
    CHECK(
        memory.Ask("select zw_cmp(9223372036854775807, 1000, -9223372036854775808, 1000)") == "1"
    );
}

TEST_CASE("zw functions: null and Kleene") {
    Memory memory;
    CHECK(memory.Ask("select zw_add(null, 1)") == "null");
    CHECK(memory.Ask("select zw_and(0, null)") == "0");
    CHECK(memory.Ask("select zw_and(null, 1)") == "null");
    CHECK(memory.Ask("select zw_or(null, 1)") == "1");
    CHECK(memory.Ask("select zw_or(0, null)") == "null");
    CHECK(memory.Ask("select zw_between(5, 6, null)") == "0");
    CHECK(memory.Ask("select zw_between(5, 1, null)") == "null");
    CHECK(memory.Ask("select zw_between('2023-05-01', '2023-01-01', '2023-12-31')") == "1");
    CHECK(memory.Ask("select zw_between(5, 1, 1, 10, 51, 1)") == "0");
}

TEST_CASE("zw functions: ratios and dates") {
    Memory memory;
    CHECK(memory.Ask("select zw_ratio(2, 1, 6, 1)") == "1/3");
    CHECK(memory.Ask("select zw_ratio(2, 1, 0, 1)") == "null");
    CHECK(memory.Ask("select zw_rmul('1/3', '3/5')") == "1/5");
    CHECK(memory.Ask("select zw_rdiv('1/3', '0/1')") == "null");
    CHECK(memory.Ask("select zw_rcmp('1/3', '33/100')") == "1");
    CHECK(memory.Ask("select zw_rround('-1/2', 0)") == "-1");
    CHECK(memory.Ask("select zw_months('2024-01-31', 1)") == "2024-02-29");
    CHECK(memory.Ask("select zw_months('9999-12-01', 1)") == "error: zw:overflow:months");
    CHECK(memory.Ask("select zw_age('2000-02-29', '2023-02-28')") == "23");
    CHECK(
        memory.Ask("select zw_workdays('2023-01-02', '2023-01-09', '2023;2023-01-03;2023-01-08')"
        ) == "5"
    );
    CHECK(
        memory.Ask("select zw_workdays('2023-12-29', '2024-01-02', '2023;;')") ==
        "error: zw:no_work_calendar:2024"
    );
}

TEST_CASE("zw_sum: exact whatever the order, null of nothing") {
    Memory memory;
    const std::string rows =
        "(select 9223372036854775807 as x union all select 9223372036854775807 union all select "
        "-9223372036854775807)";
    CHECK(memory.Ask("select zw_sum(x) from " + rows) == "9223372036854775807");
    CHECK(memory.Ask("select sum(x) from " + rows) == "error: integer overflow");  // what it is for
    CHECK(memory.Ask("select zw_sum(x) from " + rows + " where x > 0") == "error: zw:overflow:sum");
    CHECK(memory.Ask("select zw_sum(x) from " + rows + " where x = 3") == "null");
    CHECK(memory.Ask("select zw_sum(x) from (select null as x)") == "null");
    CHECK(
        memory.Ask("select zw_sum(x) from (select -1 as x union all select -1 union all select -5)"
        ) == "-7"
    );
}

TEST_CASE("zw functions: what is no number is refused, not turned into one") {
    Memory memory;
    CHECK(memory.Ask("select zw_add('5', 1)") == "error: not a whole number: 5");
    CHECK(memory.Ask("select zw_add(1.5, 1)") == "error: not a whole number: 1.5");
    CHECK(memory.Ask("select zw_rmul('1/3', '0.5')") == "error: not a ratio: 0.5");
    CHECK(
        memory.Ask("select zw_days('2023-02-30', '2023-03-01')") == "error: not a date: 2023-02-30"
    );
    CHECK(
        memory.Ask("select zw_workdays('2023-01-02', '2023-01-09', 'x')") == "error: work calendar"
    );
}

TEST_CASE("zw functions: the problem behind an error text") {
    const auto overflow = ProblemOfFunction("zw:overflow:*:record=17");
    REQUIRE(overflow.has_value());
    CHECK(overflow->code() == "overflow");
    CHECK(overflow->details().at("what") == "*");
    CHECK(overflow->details().at("record") == "17");
    CHECK(ProblemOfFunction("zw:no_work_calendar:2031")->details().at("year") == "2031");
    CHECK_FALSE(ProblemOfFunction("no such table: r").has_value());
}

}  // namespace zw::store
