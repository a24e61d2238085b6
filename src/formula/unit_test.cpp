#include "formula/unit.h"

#include <doctest/doctest.h>

#include "tests/support/expect_problem.h"

namespace zw::formula {

namespace {

Units Some() {
    Units units;
    units.Add({"m²", "area", 3, {"平方米"}});
    units.Add({"亩", "area", 2'000, {"市亩"}});
    units.Add({"公顷", "area", 30'000, {}});
    units.Add({"公斤", "mass", 1'000, {"千克"}});
    units.Add({"吨", "mass", 1'000'000, {}});
    units.Add({"元", "money", 100, {}});
    units.Add({"万元", "money", 1'000'000, {}});
    units.Add({"人", "person", 1, {}});
    units.Add({"头", "animal", 1, {"只", "头/只"}});
    units.Add({"%", "number", 10, {}});
    return units;
}

Ratio Between(const char* from, const char* to) {
    const Units units = Some();
    return Conversion(units.Parse(from).value(), units.Parse(to).value());
}

void CheckRatio(const Ratio& ratio, int64_t numerator, int64_t denominator) {
    CHECK(ToText(ratio) == std::to_string(numerator) + "/" + std::to_string(denominator));
}

}  // namespace

TEST_CASE("units: conversions are exact") {
    CheckRatio(Between("公顷", "亩"), 15, 1);
    CheckRatio(Between("亩", "m²"), 2000, 3);  // 666.67 would be wrong
    CheckRatio(Between("万元", "元"), 10'000, 1);
    CheckRatio(Between("吨/公顷", "公斤/亩"), 200, 3);
    CheckRatio(Between("元/人", "万元/人"), 1, 10'000);
    CheckRatio(Between("%", ""), 1, 100);
}

TEST_CASE("units: written forms") {
    const Units units = Some();
    CHECK(units.Parse("").value().IsNone());
    CHECK(units.Parse("万吨").value().name == "万吨");
    CheckRatio(Between("万吨", "吨"), 10'000, 1);
    CheckRatio(Between("亿元", "万元"), 10'000, 1);
    CHECK(units.Parse("头/只").value().dims == units.Parse("只").value().dims);
    CHECK(units.Parse("公斤 / 亩").value().name == "公斤/亩");
    CHECK(
        units.Parse("元/亩/人").value().dims ==
        std::map<std::string, int>{{"area", -1}, {"money", 1}, {"person", -1}}
    );
    CHECK_FALSE(units.Parse("竹竿").has_value());
    CHECK_FALSE(units.Parse("元/竹竿").has_value());
    CHECK_FALSE(units.Parse("万万元").has_value());
    CHECK_FALSE(units.Parse("/亩").has_value());
}

TEST_CASE("units: products and quotients take the known name") {
    const Units units = Some();
    const auto parse = [&](const char* text) { return units.Parse(text).value(); };
    CHECK(units.Divide(parse("元"), parse("人")).name == "元/人");
    CHECK(units.Multiply(parse("亩"), parse("公斤/亩")).name == "公斤");
    CHECK(units.Multiply(parse("吨"), parse("元/公斤")).name == "吨·元/公斤");
    CHECK(units.Parse("吨·元/公斤").value().dims == parse("元").dims);
    CHECK(units.Divide(parse("亩"), parse("亩")).IsNone());
    CHECK(units.Divide(parse("亩"), parse("公顷")).dims.empty());
    CHECK(units.Divide(parse(""), parse("人")).name == "1/人");
    CHECK(units.Parse("1/人").value().dims == std::map<std::string, int>{{"person", -1}});
}

TEST_CASE("units: what is refused") {
    Units units = Some();
    CHECK(testing::ProblemOf([&] { units.Add({"亩", "area", 1, {}}); }) == "bad_unit");
    CHECK(testing::ProblemOf([&] { units.Add({"新", "area", 0, {}}); }) == "bad_unit");
    CHECK(testing::ProblemOf([&] { units.Add({"新", "area", 1, {"公斤"}}); }) == "bad_unit");
    CHECK(testing::ProblemOf([&] { units.Add({"", "area", 1, {}}); }) == "bad_unit");
    const Unit square = units.Multiply(*units.Parse("人"), *units.Parse("人"));
    const Unit fourth = units.Multiply(square, square);
    CHECK(testing::ProblemOf([&] { units.Multiply(fourth, square); }) == "bad_unit");
    const Unit large = units.Parse("亿元").value();
    CHECK(testing::ProblemOf([&] {
              units.Multiply(units.Multiply(large, large), large);
          }) == "bad_unit");
}

}  // namespace zw::formula
