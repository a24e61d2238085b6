#include "base/date.h"

#include <doctest/doctest.h>

using namespace zw;  // NOLINT(google-build-using-namespace)

TEST_CASE("days since 1970, both ways") {
    CHECK(ToDays({1970, 1, 1}) == 0);
    CHECK(ToDays({1969, 12, 31}) == -1);
    CHECK(ToDays({2000, 3, 1}) == 11017);  // date -ud 2000-03-01 +%s / 86400
    CHECK(ToDays({2023, 12, 31}) == 19722);
    CHECK(ToDays({1, 1, 1}) == -719162);
    CHECK(ToDays({9999, 12, 31}) == 2932896);
    for (int64_t days = -719162; days <= 2932896; days += 97) {
        REQUIRE(ToDays(FromDays(days)) == days);
        REQUIRE(IsValid(FromDays(days)));
    }
}

TEST_CASE("which dates there are") {
    CHECK(IsValid({2024, 2, 29}));
    CHECK(IsValid({2000, 2, 29}));
    CHECK_FALSE(IsValid({2023, 2, 29}));
    CHECK_FALSE(IsValid({1900, 2, 29}));
    CHECK_FALSE(IsValid({2023, 4, 31}));
    CHECK_FALSE(IsValid({2023, 13, 1}));
    CHECK_FALSE(IsValid({2023, 0, 1}));
    CHECK_FALSE(IsValid({2023, 1, 0}));
    CHECK_FALSE(IsValid({0, 1, 1}));
    CHECK_FALSE(IsValid({10000, 1, 1}));
    CHECK(DaysInMonth(2023, 2) == 28);
    CHECK(DaysInMonth(2024, 2) == 29);
    CHECK(DaysInMonth(2023, 12) == 31);
}

TEST_CASE("months end where the month does (民法典 §202)") {
    CHECK(AddMonths({2023, 1, 31}, 1) == Date{2023, 2, 28});
    CHECK(AddMonths({2024, 1, 31}, 1) == Date{2024, 2, 29});
    CHECK(AddMonths({2023, 11, 30}, 3) == Date{2024, 2, 29});
    CHECK(AddMonths({2023, 3, 31}, -1) == Date{2023, 2, 28});
    CHECK(AddMonths({2023, 1, 15}, -1) == Date{2022, 12, 15});
    CHECK(AddMonths({2023, 12, 15}, 1) == Date{2024, 1, 15});
    CHECK(AddMonths({2023, 5, 15}, 0) == Date{2023, 5, 15});
    CHECK(AddMonths({2023, 5, 15}, -29) == Date{2020, 12, 15});
    CHECK(AddDays({2023, 12, 31}, 1) == Date{2024, 1, 1});
    CHECK(AddDays({2024, 3, 1}, -1) == Date{2024, 2, 29});
}

TEST_CASE("age in full years (周岁)") {
    CHECK(AgeInYears({2005, 6, 15}, {2023, 6, 14}) == 17);
    CHECK(AgeInYears({2005, 6, 15}, {2023, 6, 15}) == 18);
    CHECK(AgeInYears({2004, 2, 29}, {2023, 2, 27}) == 18);
    CHECK(AgeInYears({2004, 2, 29}, {2023, 2, 28}) == 19);
    CHECK(AgeInYears({2023, 6, 15}, {2023, 6, 15}) == 0);
    CHECK(AgeInYears({2023, 6, 15}, {2023, 6, 14}) == -1);
}

TEST_CASE("weekdays") {
    CHECK(Weekday({1970, 1, 1}) == 4);
    CHECK(Weekday({2023, 12, 31}) == 7);
    CHECK(Weekday({2024, 1, 1}) == 1);
    CHECK(Weekday({1969, 12, 29}) == 1);
    CHECK(Weekday({1, 1, 1}) == 1);
}

TEST_CASE("dates as text, strictly") {
    CHECK(ToText(Date{2023, 4, 2}) == "2023-04-02");
    CHECK(ToText(Date{7, 4, 2}) == "0007-04-02");
    CHECK(ParseIsoDate("2023-04-02") == Date{2023, 4, 2});
    for (const char* text :
         {"",
          "2023-4-2",
          "2023-02-29",
          "2023/04/02",
          "2023-04-02 ",
          "2023-04-0a",
          "-023-04-02",
          "2023-00-10"}) {
        CAPTURE(text);
        CHECK_FALSE(ParseIsoDate(text));
    }
}

TEST_CASE("periods hold their days") {
    const Period quarter = PeriodOf({2023, 11, 5}, Grain::kQuarter);
    CHECK(quarter.last == Date{2023, 12, 31});
    CHECK(quarter.First() == Date{2023, 10, 1});
    CHECK(quarter.Contains({2023, 10, 1}));
    CHECK(quarter.Contains({2023, 12, 31}));
    CHECK_FALSE(quarter.Contains({2023, 9, 30}));
    CHECK_FALSE(quarter.Contains({2024, 1, 1}));
    CHECK(PeriodOf({2024, 2, 3}, Grain::kMonth).last == Date{2024, 2, 29});
    CHECK(PeriodOf({2024, 2, 3}, Grain::kMonth).First() == Date{2024, 2, 1});
    CHECK(PeriodOf({2024, 2, 3}, Grain::kYear) == YearPeriod(2024));
    CHECK(YearPeriod(2024).First() == Date{2024, 1, 1});
    CHECK(PeriodOf({2024, 2, 3}, Grain::kDay).First() == Date{2024, 2, 3});
    CHECK(PeriodOf({2024, 3, 31}, Grain::kQuarter).last == Date{2024, 3, 31});
    CHECK(PeriodOf({2024, 4, 1}, Grain::kQuarter).last == Date{2024, 6, 30});
}

TEST_CASE("the period before, after and a year before") {
    CHECK(Previous(ParsePeriod("2023Q1").value()) == ParsePeriod("2022Q4"));
    CHECK(Next(ParsePeriod("2023Q4").value()) == ParsePeriod("2024Q1"));
    CHECK(Previous(ParsePeriod("2024-03").value()) == ParsePeriod("2024-02"));
    CHECK(Next(ParsePeriod("2024-01").value()) == ParsePeriod("2024-02"));
    CHECK(Previous(YearPeriod(2023)) == YearPeriod(2022));
    CHECK(Previous(ParsePeriod("2024-03-01").value()) == ParsePeriod("2024-02-29"));
    CHECK(Next(ParsePeriod("2023-12-31").value()) == ParsePeriod("2024-01-01"));
    CHECK(YearBefore(ParsePeriod("2025-02").value()) == ParsePeriod("2024-02"));
    CHECK(YearBefore(ParsePeriod("2024-02-29").value()) == ParsePeriod("2023-02-28"));
    CHECK(YearBefore(ParsePeriod("2023Q2").value()) == ParsePeriod("2022Q2"));
}

TEST_CASE("periods as text, both ways") {
    for (const char* text : {"2023", "2023Q1", "2023Q4", "2023-06", "2023-12", "2023-06-30"}) {
        CAPTURE(text);
        CHECK(ToText(ParsePeriod(text).value()) == text);
    }
    for (const char* text :
         {"",
          "23",
          "0000",
          "2023Q0",
          "2023Q5",
          "2023Q",
          "2023-00",
          "2023-13",
          "2023-6",
          "2023-06-31",
          "2023年"}) {
        CAPTURE(text);
        CHECK_FALSE(ParsePeriod(text));
    }
    CHECK(ToChinese(ParsePeriod("2023").value()) == "2023年");
    CHECK(ToChinese(ParsePeriod("2023Q3").value()) == "2023年三季度");
    CHECK(ToChinese(ParsePeriod("2023-06").value()) == "2023年6月");
    CHECK(ToChinese(ParsePeriod("2023-06-05").value()) == "2023年6月5日");
}

TEST_CASE("names of grains") {
    for (const Grain grain : {Grain::kDay, Grain::kMonth, Grain::kQuarter, Grain::kYear}) {
        CHECK(ParseGrain(GrainName(grain)) == grain);
    }
    CHECK(GrainName(Grain::kQuarter) == "quarter");
    CHECK_FALSE(ParseGrain("week"));
}
