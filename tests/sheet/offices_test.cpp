// Cells and totals of two more invented towns' workbooks.
#include <doctest/doctest.h>

#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

std::string DayOf(const std::string& text) {
    Cell cell;
    cell.kind = CellKind::kText;
    cell.text = text;
    try {
        const auto reading = ReadDate(cell, Words());
        return reading ? ToText(reading->date) + (reading->precision == Precision::kMonth ? " month"
                                                  : reading->precision == Precision::kYear ? " year"
                                                                                           : "")
                       : "-";
    } catch (const Problem& problem) {
        return problem.code();
    }
}

TEST_CASE("a year of two digits with points, and days by when") {
    CHECK(DayOf("23.9.1") == "2023-09-01");
    CHECK(DayOf("98.12.31") == "1998-12-31");
    CHECK(DayOf("2023年12月底") == "2023-12-31 month");
    CHECK(DayOf("2023年底") == "2023-12-31 year");
    CHECK(DayOf("2023年12月31日前") == "2023-12-31");
    CHECK(DayOf("2023年9月30日止") == "2023-09-30");
    CHECK(DayOf("2023年12月底前") == "2023-12-31 month");
    for (const char* text :
         {"23.9", "05-12-23", "12/5/23", "23.13.1", "2019年前", "年底前", "2019年以前", "月底"}) {
        CHECK_MESSAGE(DayOf(text) == "bad_date", text);
    }
}

}  // namespace
}  // namespace zw::sheet::test
