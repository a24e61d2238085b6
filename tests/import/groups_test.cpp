// Groups of columns side by side: a column that stands outside them, or whose group is not known,
// never falls to another group.

#include <doctest/doctest.h>

#include "tests/import/line.h"

using namespace zw;
using namespace zw::testing;

namespace {

constexpr const char* kGroveLine = R"TOML(
name    = "林果"
chapter = "industry"

[record.grove_return]
name     = "林农年报"
title    = "{place.name}{year}林农"
key      = ["place", "year"]
reported = { by = "village", every = "year", at = "year" }
place    = { name = "所属村" }
fields   = [
  { id = "year",  name = "报告年", type = "period", grain = "year", required = true },
  { id = "homes", name = "在册林农", type = "int", also = ["林农"] },
  { id = "hands", name = "在册林工", type = "int", also = ["林工"] },
]
)TOML";

struct GroveTown : Town {
    GroveTown() : Town(LoadModel({LocalLine("grove", kGroveLine)}), ThreeVillages()) {}

    ledger::ImportResult Csv(const std::string& last, bool yes) {
        ledger::ImportOptions options;
        options.yes = yes;
        return Import(
            {Write(
                "林农年报.csv",
                "所属村,2023年,,2022年,," + last +
                    ",\n,在册林农,在册林工,在册林农,在册林工,林农,林工\n"
                    "河东村,100,400,90,380,10,20\n河西村,200,800,210,790,-10,10\n"
            )},
            options
        );
    }
};

}  // namespace

TEST_CASE("a group that compares two years is left out and told") {
    for (const std::string group : {"增减", "比上年增减", "增长率%", "增长%"}) {
        CAPTURE(group);
        GroveTown town;
        const auto result = town.Csv(group, false);
        CHECK(Questions(result) == "");
        CHECK(Findings(result, true) == "2 F unknown_column; 2 G unknown_column; ");
        REQUIRE(town.Count("grove_return") == 4);
        CHECK(
            Value(town.Rows("grove_return", "homes = 100 and hands = 400").at(0), "year") == "2023"
        );
        CHECK(
            Value(town.Rows("grove_return", "homes = 210 and hands = 790").at(0), "year") == "2022"
        );
    }
}

TEST_CASE("a group beside those of the years that fits the same fields is asked about") {
    GroveTown town;
    const auto result = town.Csv("其中困难户", false);
    CHECK(Questions(result) == "repeated_heading F; repeated_heading G; ");
    CHECK(town.Count("grove_return") == 0);
    const auto yes = town.Csv("其中困难户", true);
    CHECK(Findings(yes) == "2  repeated_heading; ");
    CHECK(town.Count("grove_return") == 0);
}

TEST_CASE("a column in percent is no number of things") {
    GroveTown town;
    const auto result = town.Import({town.Write(
        "2022年林农年报.csv", "所属村,林农(%),在册林工\n河东村,25,400\n河西村,33,500\n"
    )});
    CHECK(Questions(result).find("unsure_column B") == std::string::npos);
    ledger::ImportOptions options;
    options.yes = true;
    town.Import({town.folder / "2022年林农年报.csv"}, options);
    CHECK(town.Count("grove_return", "homes = 25") == 0);
    CHECK(town.Count("grove_return", "hands = 400") == 1);
}

TEST_CASE("a tier with one word that is no choice: its columns are refused, the others stay") {
    OrchardTown town;
    const std::string text =
        "2022年品种采收年报,,,,,,\n"
        "所属村,富士,,国光,,嘎啦,\n,挂果规模,采收量,挂果规模,采收量,挂果规模,采收量\n"
        "河东村,10,20,3,4,30,60\n河西村,11,21,5,6,,\n";
    const auto asked = town.Csv("品种.csv", text);
    CHECK(Questions(asked) == "unknown_column D; unknown_column E; ");
    ledger::ImportOptions options;
    options.yes = true;
    const auto result = town.Csv("品种.csv", text, options);
    CHECK(Findings(result) == "3 D unknown_choice; 3 E unknown_choice; ");
    CHECK(town.Count("variety_return") == 3);
    CHECK(town.Count("variety_return", "variety = '富士' and planted = 10 and picked = 20") == 1);
    CHECK(town.Count("variety_return", "variety = '富士' and planted = 11 and picked = 21") == 1);
    CHECK(town.Count("variety_return", "variety = '嘎啦' and planted = 30") == 1);

    // The answer is remembered, and so is what was refused.
    const auto again = town.Csv("品种.csv", text);
    CHECK(again.proposals.at(0).mapping_from == "remembered");
    CHECK(Findings(again) == "3 D unknown_choice; 3 E unknown_choice; ");
}

TEST_CASE("a total beside the groups of a wide table is no group's") {
    OrchardTown town;
    const auto result = town.Csv(
        "品种.csv",
        "2022年品种采收年报,,,,,,\n"
        "所属村,富士,,嘎啦,,合计,\n,挂果规模,采收量,挂果规模,采收量,挂果规模,采收量\n"
        "河东村,10,20,3,4,13,24\n河西村,11,21,5,6,16,27\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(town.Count("variety_return", "planted = 13 or planted = 16") == 0);
    CHECK(town.Count("variety_return") == 4);
}
