#include "ledger/dated_setting.h"

#include <doctest/doctest.h>

namespace zw::ledger {

namespace {

formula::Type Whole() {
    formula::Type type;
    type.kind = formula::Kind::kInt;
    return type;
}

}  // namespace

TEST_CASE("a rule's value is one, or several each from a day on") {
    const auto one = ParseDated(Whole(), "20");
    REQUIRE(one);
    REQUIRE(one->size() == 1);
    CHECK(formula::ToText(one->front().value) == "20");
    CHECK_FALSE(one->front().valid_from);

    const auto dated = ParseDated(Whole(), "20；2024-01-01起 30; 2025-07-01 起40");
    REQUIRE(dated);
    REQUIRE(dated->size() == 3);
    CHECK(formula::ToText((*dated)[1].value) == "30");
    CHECK((*dated)[1].valid_from == Date{2024, 1, 1});
    CHECK((*dated)[2].valid_from == Date{2025, 7, 1});
}

TEST_CASE("what is no value, or no day, or stands twice is refused") {
    for (const char* text :
         {"很多",
          "20；30",
          "20；2024-13-01起 30",
          "20；起 30",
          "20；",
          "2024-01-01起 20；2024-01-01起 30",
          "20；2024-01-01起 许多"}) {
        CAPTURE(text);
        CHECK_FALSE(ParseDated(Whole(), text));
    }
}

}  // namespace zw::ledger
