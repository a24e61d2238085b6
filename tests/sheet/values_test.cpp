// Values as offices write them: every rule of storage.md "Import" about a single cell.
#include <doctest/doctest.h>

#include "sheet/number_format.h"
#include "tests/sheet/support.h"

namespace zw::sheet::test {
namespace {

Cell Text(const std::string& text) {
    Cell cell;
    cell.kind = CellKind::kText;
    cell.text = text;
    return cell;
}

Cell Number(double value, const std::string& format = "") {
    Cell cell;
    SetNumber(cell, value, AnalyseFormat(format), false);
    return cell;
}

std::string NumberOf(const Cell& cell) {
    try {
        const auto reading = ReadNumber(cell, Words());
        return reading ? ToShortText(reading->value) + reading->unit : "-";
    } catch (const Problem& problem) {
        return problem.code();
    }
}

std::string DateOf(const Cell& cell) {
    try {
        const auto reading = ReadDate(cell, Words());
        if (!reading) {
            return "-";
        }
        const char* precision = reading->precision == Precision::kDay     ? ""
                                : reading->precision == Precision::kMonth ? " month"
                                                                          : " year";
        return ToText(reading->date) + precision + (reading->ambiguous ? " ?" : "") +
               (reading->time_dropped ? " time" : "");
    } catch (const Problem& problem) {
        return problem.code();
    }
}

std::string CodeOf(const Cell& cell) {
    try {
        return ReadCode(cell, Words()).value_or("-");
    } catch (const Problem& problem) {
        return problem.code();
    }
}

std::string PeriodOfText(const std::string& text) {
    const auto period = FindPeriod(text);
    return period ? ToText(*period) : "-";
}

TEST_CASE("numbers") {
    CHECK(NumberOf(Text("１．７９")) == "1.79");
    CHECK(NumberOf(Text("1.11 ")) == "1.11");
    CHECK(NumberOf(Text("　１，２３４．５　")) == "1234.5");
    CHECK(NumberOf(Text("1,23")) == "not_a_number");
    CHECK(NumberOf(Text("12.5亩")) == "12.5亩");
    CHECK(NumberOf(Text("3 公斤/亩")) == "3公斤/亩");
    CHECK(NumberOf(Text("－5")) == "-5");
    CHECK(NumberOf(Text("12%")) == "12%");
    CHECK(NumberOf(Text("约1.2")) == "not_a_number");
    CHECK(NumberOf(Text("不详")) == "not_a_number");
    CHECK(NumberOf(Text("无")) == "0");
    CHECK(NumberOf(Text("0")) == "0");
    CHECK(NumberOf(Text("/")) == "-");
    CHECK(NumberOf(Text("—")) == "-");
    CHECK(NumberOf(Text("　")) == "-");
    CHECK(NumberOf(Cell{}) == "-");
    CHECK(NumberOf(Number(9234, "0!.00,\"万\"")) == "9234");
    CHECK(NumberOf(Number(0.12, "0%")) == "0.12");
    CHECK(NumberOf(Number(0.1 + 0.2)) == "0.3");
    CHECK(NumberOf(Number(1.0 / 3)) == "0.333333333");
    Cell error;
    error.kind = CellKind::kError;
    error.text = "#DIV/0!";
    CHECK(NumberOf(error) == "not_a_number");
    CHECK_THROWS_WITH_AS(ReadNumber(error, Words()), doctest::Contains("#DIV/0!"), Problem);
}

TEST_CASE("dates") {
    CHECK(DateOf(Text("2021年")) == "2021-12-31 year");
    CHECK(DateOf(Text("2022.5")) == "2022-05-31 month");
    CHECK(DateOf(Text("2019/3")) == "2019-03-31 month");
    CHECK(DateOf(Text("2022年10月")) == "2022-10-31 month");
    CHECK(DateOf(Text("2023-04-12")) == "2023-04-12");
    CHECK(DateOf(Text("2023.4.12")) == "2023-04-12");
    CHECK(DateOf(Text("20230412")) == "2023-04-12");
    CHECK(DateOf(Text("２０２３年４月１２日")) == "2023-04-12");
    CHECK(DateOf(Text("二〇二三年四月十二日")) == "2023-04-12");
    CHECK(DateOf(Text("2023-04-12 08:30")) == "2023-04-12 time");
    CHECK(DateOf(Text("23年4月")) == "2023-04-30 month");
    CHECK(DateOf(Text("98年7月1日")) == "1998-07-01");
    CHECK(DateOf(Text("23.4")) == "bad_date");
    CHECK(DateOf(Text("2023.13")) == "bad_date");
    CHECK(DateOf(Text("2021/2/30")) == "bad_date");
    CHECK(DateOf(Text("去年")) == "bad_date");
    CHECK(DateOf(Text("/")) == "-");
    CHECK(DateOf(Number(43398, "yyyy-mm-dd")) == "2018-10-25");
    CHECK(DateOf(Number(43398)) == "2018-10-25");
    CHECK(DateOf(Number(43398.375, "yyyy-mm-dd hh:mm")) == "2018-10-25 time");
    CHECK(DateOf(Number(2021)) == "2021-12-31 year");
    CHECK(DateOf(Number(2021, "yyyy-mm-dd")) == "2021-12-31 year");
    CHECK(DateOf(Number(2022.5)) == "2022-05-31 month");
    CHECK(DateOf(Number(2023.1)) == "2023-01-31 month ?");
    CHECK(DateOf(Number(2023.1, "0.00")) == "2023-10-31 month");
    CHECK(DateOf(Number(2023.12)) == "2023-12-31 month");
    CHECK(DateOf(Number(2023.13)) == "bad_date");
    CHECK(DateOf(Number(44682, "yyyy\"年\"m\"月\"")) == "2022-05-31 month");
    CHECK(DateOf(Number(12)) == "bad_date");
}

TEST_CASE("codes keep their digits or are refused") {
    CHECK(CodeOf(Text("62109919870220161X ")) == "62109919870220161X");
    CHECK(CodeOf(Number(6.21099199311104e17)) == "id_lost_digits");
    CHECK(CodeOf(Number(621099199311104000.0, "0")) == "id_lost_digits");
    CHECK(CodeOf(Text("6.21099E+17")) == "id_lost_digits");
    CHECK(CodeOf(Number(621099101200.0)) == "621099101200");
    CHECK(CodeOf(Number(19937300000.0)) == "19937300000");
    CHECK(CodeOf(Text("—")) == "-");
}

TEST_CASE("periods") {
    CHECK(PeriodOfText("霁川镇2022年蔬菜种植情况统计表") == "2022");
    CHECK(PeriodOfText("2022年三季度") == "2022Q3");
    CHECK(PeriodOfText("2022年第3季度") == "2022Q3");
    CHECK(PeriodOfText("２０２３年度") == "2023");
    CHECK(PeriodOfText("填报单位：  20  16  年") == "2016");
    CHECK(PeriodOfText("2023.5") == "2023-05");
    CHECK(PeriodOfText("2023年06月") == "2023-06");
    CHECK(PeriodOfText("2022年4-6月") == "2022Q2");
    CHECK(PeriodOfText("2022年1-12月") == "2022");
    CHECK(PeriodOfText("2022年1-9月") == "-");
    CHECK(PeriodOfText("2023年上半年") == "-");
    CHECK(PeriodOfText("2021—2023年暖棚牛舍补贴花名册") == "-");
    CHECK(PeriodOfText("2022年和2023年") == "-");
    CHECK(PeriodOfText("花名册") == "-");
    CHECK(ToText(FindPeriod("三季度", 2022).value()) == "2022Q3");
}

}  // namespace
}  // namespace zw::sheet::test
