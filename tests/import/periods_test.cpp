// Periods that cannot be meant, warned of and stored. Today is 8 January 2024.

#include <doctest/doctest.h>

#include "tests/import/line.h"

using namespace zw;
using namespace zw::testing;

TEST_CASE("a period still to come and one before 1949 are warned of, row by row, and stored") {
    OrchardTown town;
    const auto result = town.Csv(
        "年报.csv",
        "所属村,报告年,采收量\n河东村,2099,1\n河东村,1948,2\n河东村,1949,3\n河东村,2024,4\n"
        "河东村,2025,5\n河东村,1899,6\n河东村,1899年,7\n"
    );
    CHECK(Questions(result) == "");
    CHECK(
        Findings(result) ==
        "2 B period_unlikely; 3 B period_unlikely; 6 B period_unlikely; 7 B period_unlikely; "
        "8 B bad_period; "
    );
    const Finding& first = result.files.at(0).sheets.at(0).findings.at(0);
    CHECK(first.severity == Severity::kWarning);
    CHECK(first.field == "year");
    CHECK(first.message.find("2099年") != std::string::npos);
    CHECK(town.Count("orchard_return") == 6);
    CHECK(town.Count("orchard_return", "picked = 1") == 1);
}

TEST_CASE("the quarter that is running is not to come, the next one is") {
    OrchardTown town;
    const auto result = town.Csv(
        "季报.csv", "所属村,报告季,用工人数\n河东村,2024年一季度,1\n河东村,2024年二季度,2\n"
    );
    CHECK(Findings(result) == "3 B period_unlikely; ");
    CHECK(town.Count("orchard_quarter") == 2);
}

TEST_CASE("a period of the title or of a heading tier is warned of once, where it stands") {
    OrchardTown town;
    const auto titled =
        town.Csv("年报.csv", "2099年果品产销年报,\n所属村,采收量\n河东村,1\n河西村,2\n");
    CHECK(Findings(titled) == "2  period_unlikely; ");
    CHECK(town.Count("orchard_return") == 2);
    // Side by side: only the years that are unlikely, at the first of their columns.
    OrchardTown other;
    const auto beside = other.Csv(
        "年报.csv",
        "所属村,2023年,,2098年,\n,采收量,入库量,采收量,入库量\n河东村,1,1,2,2\n河西村,3,3,4,4\n"
    );
    CHECK(Findings(beside) == "2 D period_unlikely; ");
    CHECK(other.Count("orchard_return") == 4);
    // Said by the rows, the title's year is nobody's.
    OrchardTown rows;
    const auto overruled = rows.Csv(
        "年报.csv", "2099年果品产销年报,,\n所属村,报告年,采收量\n河东村,2022,1\n河西村,2022,2\n"
    );
    CHECK(Findings(overruled) == "");
    CHECK(rows.Count("orchard_return") == 2);
}
