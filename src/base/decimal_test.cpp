#include "base/decimal.h"

#include <doctest/doctest.h>

#include <limits>

#include "base/problem.h"
#include "tests/support/expect_problem.h"

using namespace zw;  // NOLINT(google-build-using-namespace)
using zw::testing::ProblemOf;

namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

}  // namespace

TEST_CASE("text to decimal") {
    CHECK(ParseDecimal("12.50") == Decimal{1250, 2});
    CHECK(ParseDecimal("-12.50") == Decimal{-1250, 2});
    CHECK(ParseDecimal("0") == Decimal{0, 0});
    CHECK(ParseDecimal("007") == Decimal{7, 0});
    CHECK(ParseDecimal("0.000000001") == Decimal{1, 9});
    CHECK(ParseDecimal("9223372036854775807") == Decimal{kMost, 0});
    CHECK(ParseDecimal("-9223372036854775808") == Decimal{kLeast, 0});
    CHECK(ParseDecimal("-9.223372036854775808") == std::nullopt);  // more than 9 decimals
    CHECK(ParseDecimal("-9223372036.854775808") == Decimal{kLeast, 9});
}

TEST_CASE("what is no decimal") {
    for (const char* text :
         {"",
          "-",
          "+",
          ".",
          "1.",
          "-.",
          "1.2.3",
          "1,000",
          "1e5",
          " 1",
          "1 ",
          "--1",
          "0x10",
          "１",
          "约1.2",
          "12亩",
          "1.0000000001",
          "9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999999999999999999999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(ParseDecimal(text));
    }
}

TEST_CASE("decimal to text") {
    CHECK(ToText(Decimal{1250, 2}) == "12.50");
    CHECK(ToText(Decimal{-5, 3}) == "-0.005");
    CHECK(ToText(Decimal{0, 2}) == "0.00");
    CHECK(ToText(Decimal{kLeast, 0}) == "-9223372036854775808");
    CHECK(ToText(Decimal{kLeast, 9}) == "-9223372036.854775808");
    CHECK(ToShortText(Decimal{1250, 2}) == "12.5");
    CHECK(ToShortText(Decimal{1200, 2}) == "12");
    CHECK(ToShortText(Decimal{1200, 0}) == "1200");
    CHECK(ToShortText(Decimal{0, 9}) == "0");
    CHECK(ToShortText(Decimal{-10, 1}) == "-1");
}

TEST_CASE("rounding is half away from zero, once") {
    CHECK(Rescale({25, 1}, 0) == Decimal{3, 0});
    CHECK(Rescale({-25, 1}, 0) == Decimal{-3, 0});
    CHECK(Rescale({249, 2}, 0) == Decimal{2, 0});  // not 2.49 → 2.5 → 3
    CHECK(Rescale({24, 1}, 0) == Decimal{2, 0});
    CHECK(Rescale({12, 0}, 2) == Decimal{1200, 2});
    CHECK(Rescale({kMost, 9}, 9) == Decimal{kMost, 9});
    CHECK(ProblemOf([] { Rescale({kMost, 0}, 1); }) == "overflow");
    CHECK(DivideRounded(7, 2) == 4);
    CHECK(DivideRounded(-7, 2) == -4);
    CHECK(DivideRounded(7, -2) == -4);
    CHECK(DivideRounded(-7, -2) == 4);
    CHECK(DivideRounded(1, 3) == 0);
    CHECK(DivideRounded(2, 3) == 1);
    CHECK(DivideRounded(0, 5) == 0);
}

TEST_CASE("comparison is by value, whatever the scales") {
    CHECK(Compare(Decimal{120, 1}, Decimal{12, 0}) == 0);
    CHECK(Compare(Decimal{121, 1}, Decimal{12, 0}) > 0);
    CHECK(Compare(Decimal{-121, 1}, Decimal{-12, 0}) < 0);
    CHECK(Compare(Decimal{kMost, 0}, Decimal{kMost, 9}) > 0);
    CHECK(Compare(Decimal{kLeast, 0}, Decimal{kLeast, 9}) < 0);
}

TEST_CASE("sums and products keep every digit") {
    CHECK(Add({125, 2}, {5, 1}) == Decimal{175, 2});
    CHECK(Subtract({1, 0}, {1, 9}) == Decimal{999999999, 9});
    CHECK(Multiply({125, 2}, {-4, 1}) == Decimal{-500, 3});
    CHECK(Add({kMost, 0}, {-1, 0}) == Decimal{kMost - 1, 0});
    CHECK(Subtract({kLeast, 0}, {-1, 0}) == Decimal{kLeast + 1, 0});
}

TEST_CASE("what does not fit 64 bits is an error") {
    CHECK(ProblemOf([] { Add({kMost, 0}, {1, 0}); }) == "overflow");
    CHECK(ProblemOf([] { Add({kMost, 0}, {0, 1}); }) == "overflow");
    CHECK(ProblemOf([] { Subtract({kLeast, 0}, {1, 0}); }) == "overflow");
    CHECK(ProblemOf([] { Multiply({kMost, 0}, {2, 0}); }) == "overflow");
    CHECK(ProblemOf([] { Multiply({kLeast, 0}, {-1, 0}); }) == "overflow");
    CHECK(Narrow(kMost, "x") == kMost);
    CHECK(Narrow(kLeast, "x") == kLeast);
    CHECK(ProblemOf([] { Narrow(static_cast<Int128>(kMost) + 1, "x"); }) == "overflow");
    try {
        Narrow(static_cast<Int128>(kLeast) - 1, "总产量");
        FAIL("no overflow");
    } catch (const Problem& problem) {
        CHECK(problem.details().at("what") == "总产量");
    }
}

TEST_CASE("powers of ten") {
    CHECK(PowerOfTen(0) == 1);
    CHECK(PowerOfTen(9) == 1'000'000'000);
    CHECK(PowerOfTen(18) == 1'000'000'000'000'000'000);
    CHECK_THROWS(PowerOfTen(19));
}

TEST_CASE("quotients are exact and reduced") {
    CHECK(ToText(Divide({10, 0}, {4, 0}).value()) == "5/2");
    CHECK(ToText(Divide({10, 0}, {-4, 0}).value()) == "-5/2");
    CHECK(ToText(Divide({15, 1}, {5, 2}).value()) == "30/1");  // 1.5 / 0.05
    CHECK(ToText(Divide({0, 0}, {7, 0}).value()) == "0/1");
    CHECK_FALSE(Divide({1, 0}, {0, 3}));
    CHECK_FALSE(MakeRatio(1, 0));
    CHECK(ToText(MakeRatio(-6, -4).value()) == "3/2");
}

TEST_CASE("ratios compare where cross products would not fit") {
    const Int128 big = static_cast<Int128>(kMost) * kMost;
    CHECK(Compare(MakeRatio(1, 3).value(), MakeRatio(333333333, 1000000000).value()) > 0);
    CHECK(Compare(MakeRatio(-1, 3).value(), MakeRatio(-1, 2).value()) > 0);
    CHECK(Compare(MakeRatio(2, 6).value(), MakeRatio(1, 3).value()) == 0);
    CHECK(Compare(MakeRatio(big, big - 1).value(), MakeRatio(big - 1, big - 2).value()) < 0);
    CHECK(Compare(MakeRatio(-big, big - 1).value(), MakeRatio(-(big - 1), big - 2).value()) > 0);
    CHECK(Compare(MakeRatio(-7, 2).value(), MakeRatio(7, 2).value()) < 0);
}

TEST_CASE("ratios round half away from zero") {
    CHECK(Round(MakeRatio(1, 3).value(), 2) == Decimal{33, 2});
    CHECK(Round(MakeRatio(2, 3).value(), 2) == Decimal{67, 2});
    CHECK(Round(MakeRatio(1, 8).value(), 2) == Decimal{13, 2});
    CHECK(Round(MakeRatio(-1, 8).value(), 2) == Decimal{-13, 2});
    CHECK(Round(MakeRatio(5, 2).value(), 0) == Decimal{3, 0});
    CHECK(Round(MakeRatio(kMost, 1).value(), 0) == Decimal{kMost, 0});
    CHECK(ProblemOf([] { Round(MakeRatio(kMost, 1).value(), 1); }) == "overflow");
}

TEST_CASE("the least number of 128 bits has no opposite, and is told so") {
    const Int128 least = static_cast<Int128>(1) << 127;
    CHECK(ProblemOf([&] { MakeRatio(least, 3); }) == "overflow");
    CHECK(ProblemOf([&] { MakeRatio(1, least); }) == "overflow");
    CHECK(MakeRatio(least + 1, 1)->numerator == least + 1);
}

TEST_CASE("128 bits as text") {
    CHECK(ToText(static_cast<Int128>(0)) == "0");
    CHECK(ToText(static_cast<Int128>(kMost) * 10) == "92233720368547758070");
    CHECK(ToText(static_cast<Int128>(kLeast) * 10) == "-92233720368547758080");
}
