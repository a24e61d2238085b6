#include "report/number.h"

#include <doctest/doctest.h>

using namespace zw::report;

namespace {

zw::Decimal D(const char* text) {
    return *zw::ParseDecimal(text);
}

std::string Style(
    const char* value, StyleWord style, const char* bound = "", const char* last = ""
) {
    const auto styled = PrintStyled(
        D(value),
        "头",
        style,
        *bound == 0 ? std::nullopt : std::optional(D(bound)),
        *last == 0 ? std::nullopt : std::optional(D(last)),
        false
    );
    return (styled.true_of_value ? "" : "!") + styled.text;
}

}  // namespace

TEST_CASE("numbers are printed as official prose has them") {
    CHECK(PrintNumber(D("276"), "座") == "276座");
    CHECK(PrintNumber(D("9999"), "亩") == "9999亩");
    CHECK(PrintNumber(D("10000"), "亩") == "1万亩");
    CHECK(PrintNumber(D("20779"), "亩") == "2.08万亩");
    CHECK(PrintNumber(D("106644.380"), "吨") == "10.66万吨");
    CHECK(PrintNumber(D("9502.72"), "元") == "9502.72元");
    CHECK(PrintNumber(D("20785.31"), "万元") == "2.08亿元");
    CHECK(PrintNumber(D("0.5"), "万元") == "5000元");
    CHECK(PrintNumber(D("98.90"), "%") == "98.9%");
    CHECK(PrintNumber(D("9999.996"), "吨") == "1万吨");
    CHECK(PrintNumber(D("99999999"), "元") == "1亿元");
    CHECK(PrintNumber(D("-12345"), "元") == "-1.23万元");
    CHECK(PrintInUnit(D("20785.31"), "万元") == "20785.31万元");
    CHECK(PrintExact(D("23182"), "人") == "23182人");
}

TEST_CASE("a style is printed only where the value satisfies it") {
    CHECK(Style("2445", StyleWord::kAtLeast) == "2440头以上");
    CHECK(Style("2445", StyleWord::kAtLeast, "100") == "2400头以上");
    CHECK(Style("2440", StyleWord::kAtLeast) == "2440头以上");
    CHECK(Style("7", StyleWord::kAtLeast) == "!7头");
    CHECK(Style("286", StyleWord::kNearly) == "近300头");
    CHECK(Style("286", StyleWord::kNearly, "300") == "近300头");
    CHECK(Style("270", StyleWord::kNearly, "300") == "!270头");
    CHECK(Style("300", StyleWord::kNearly, "300") == "!300头");
    CHECK(Style("2445", StyleWord::kAbout) == "约2400头");
    CHECK(Style("106644", StyleWord::kPassed, "100000", "98000") == "突破10万头");
    CHECK(Style("106644", StyleWord::kPassed, "100000", "102771") == "!10.66万头");
    CHECK(Style("106644", StyleWord::kPassed, "100000") == "!10.66万头");
    CHECK(Style("2672", StyleWord::kRound, "10") == "2670头");
    CHECK(Style("23182", StyleWord::kExact) == "23182头");
}

TEST_CASE("the same value in another dress is the same") {
    CHECK(SameValue("9502.72元", "９５０２．７２元"));
    CHECK(SameValue("2440", "2,440"));
    CHECK(SameValue("1234567头", "１，２３４，５６７ 头"));
    CHECK(SameValue("98.9%", "98.90％"));
    CHECK(SameValue("1.2万吨", "12000吨"));
    CHECK(SameValue("2.08亿元", "20800万元"));
    CHECK(SameValue("较年初增加3座", "较年初增加 ３ 座"));
    CHECK(SameValue("持平", "持 平"));

    CHECK_FALSE(SameValue("276座", "300座"));
    CHECK_FALSE(SameValue("276座", "276栋"));
    CHECK_FALSE(SameValue("2440", "24,40"));
    CHECK_FALSE(SameValue("2440", "2.440"));
    CHECK_FALSE(SameValue("1.2万吨", "1.2吨"));
    CHECK_FALSE(SameValue("增长3%", "下降3%"));
    CHECK_FALSE(SameValue("增长3%", "增长-3%"));
    CHECK_FALSE(SameValue("3座", "3座（不含甲村）"));
    CHECK_FALSE(SameValue("持平", "增长3%"));
    CHECK_FALSE(SameValue("3座", ""));
}
