// How figures open: leaves, months, inputs and records add up to what is printed.

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "tests/indicator/test_town.h"

namespace zw::testing {

namespace {

using indicator::Breakdown;
using indicator::Figure;
using indicator::FigureQuery;
using indicator::State;

FigureQuery Ask(const std::string& indicator, int64_t place, const std::string& period) {
    return {indicator, place, ParsePeriod(period).value(), {}, {}};
}

std::string Sum(const std::vector<Figure>& figures, int scale) {
    Decimal sum{0, scale};
    for (const Figure& figure : figures) {
        sum = figure.value ? Add(sum, *figure.value) : sum;
    }
    return ToShortText(sum);
}

void Fill(TestTown& town, uint32_t seed) {
    std::mt19937 random(seed);
    const auto pick = [&](int most) {
        return static_cast<int>(random() % static_cast<uint32_t>(most));
    };
    const auto place = [&] {
        return pick(8) == 0 ? town.itself() : town.village(static_cast<size_t>(pick(4)));
    };
    const int64_t plot =
        town.Add("plot", town.village(0), {{"code", Text("p")}, {"terrain", Text("川")}});
    for (int i = 0; i < 40; ++i) {
        const std::string month = std::to_string(1 + pick(12));
        town.Add(
            "shed",
            place(),
            {{"code", Text("s" + std::to_string(i))},
             {"plot", Whole(plot)},
             {"area", Number(std::to_string(pick(9)) + ".1" + std::to_string(pick(9)))},
             {"built_on",
              Day((pick(2) == 0 ? "2022-" : "2023-") + std::string(month.size() < 2 ? "0" : "") +
                  month + "-15")}}
        );
        try {
            town.Add(
                "herd",
                place(),
                {{"farm", Text("f" + std::to_string(pick(4)))},
                 {"kind", Text("牛")},
                 {"quarter", In("2023Q" + std::to_string(1 + pick(4)))},
                 {"closing", Whole(pick(50))},
                 {"out", Whole(pick(9))}}
            );
        } catch (const Problem&) {
            // the farm has told this quarter already
        }
    }
}

}  // namespace

TEST_CASE("the leaves of an explanation add up to the printed value, and so do months and records"
) {
    for (const uint32_t seed : {11U, 12U}) {
        TestTown town;
        Fill(town, seed);
        for (const char* id :
             {"sheds",
              "sheds_built",
              "river_area",
              "herd_stock",
              "herd_known",
              "big_farms",
              "herd_out",
              "herd_fed"}) {
            for (const char* period : {"2022", "2023", "2023Q2", "2023Q4"}) {
                CAPTURE(seed);
                INFO(std::string(id), " ", std::string(period));
                const Figure figure = town.Get(id, town.town(), period);
                const Breakdown breakdown =
                    town.figures().Explain(town.officer(), Ask(id, town.town(), period));
                REQUIRE(breakdown.by_place.size() == 5);
                CHECK(breakdown.by_place.back().place == town.itself());
                CHECK_FALSE(breakdown.formula_in_words.empty());
                const int scale = figure.value ? figure.value->scale : 0;
                if (figure.value) {
                    CHECK(Sum(breakdown.by_place, scale) == ToShortText(*figure.value));
                }
                CHECK((figure.value.has_value() || breakdown.by_month.empty()));
                if (figure.value && !breakdown.by_month.empty()) {
                    CHECK(Sum(breakdown.by_month, scale) == ToShortText(*figure.value));
                }
                Decimal added{0, scale};
                int64_t after = 0;
                int64_t rows = 0;
                for (auto page =
                         town.figures().Records(town.officer(), Ask(id, town.town(), period), 7, 0);
                     !page.empty();
                     page = town.figures().Records(
                         town.officer(), Ask(id, town.town(), period), 7, after
                     )) {
                    for (const auto& row : page) {
                        added = row.adds ? Add(added, *row.adds) : added;
                        after = row.row.id;
                        ++rows;
                    }
                }
                CHECK(rows == figure.records);
                CHECK(ToShortText(added) == (figure.value ? ToShortText(*figure.value) : "0"));
            }
        }
    }
}

TEST_CASE("months of a flow and inputs of a derived figure") {
    TestTown town(1);
    for (const char* day : {"2023-01-31", "2023-02-01", "2023-02-28"}) {
        town.Add("shed", town.village(0), {{"code", Text(day)}, {"built_on", Day(day)}});
    }
    const Breakdown built =
        town.figures().Explain(town.officer(), Ask("sheds_built", town.town(), "2023"));
    REQUIRE(built.by_month.size() == 12);
    CHECK(ToShortText(built.by_month[0].value.value()) == "1");
    CHECK(ToShortText(built.by_month[1].value.value()) == "2");
    CHECK(ToShortText(built.by_month[2].value.value()) == "0");
    CHECK(built.formula_in_words.zh.find("大棚") != std::string::npos);
    CHECK(built.formula_in_words.zh.find("建成时间") != std::string::npos);
    CHECK(town.figures().Explain(town.officer(), Ask("sheds", town.town(), "2023")).by_month.empty()
    );
    const Breakdown rate =
        town.figures().Explain(town.officer(), Ask("out_rate", town.town(), "2023"));
    REQUIRE(rate.inputs.size() == 2);
    CHECK(rate.inputs[0].indicator == "herd_out");
    CHECK(rate.inputs[1].indicator == "herd_stock");
    CHECK(rate.formula_in_words.zh.find("出栏") != std::string::npos);
}

TEST_CASE("a figure names the ledgers it stands on, not those that it could have stood on") {
    TestTown town(1);
    const auto ledgers = [&](const char* indicator) {
        return town.figures().Explain(town.officer(), Ask(indicator, town.town(), "2023")).ledgers;
    };
    using Names = std::vector<std::string>;
    // Nothing was entered: either of its sources would do.
    CHECK(ledgers("yield") == Names{"harvest", "yield_return"});
    town.Add("yield_return", town.village(0), {{"year", In("2023")}, {"output", Number("3.0000")}});
    CHECK(ledgers("yield") == Names{"yield_return"});
    // A derived one: those of its inputs.
    CHECK(ledgers("out_rate") == Names{"herd"});
}

TEST_CASE("a record says who entered it, when, and from which file, sheet and row") {
    TestTown town(1);
    ledger::BatchRow row;
    row.type = town.ledger().model().FindRecord("shed");
    row.place = town.village(0);
    row.values = {{"code", Text("s1")}, {"area", Number("2.50")}, {"built_on", Day("2023-05-01")}};
    row.source = "台账.xlsx|柳湾|7";
    town.Import({row});
    const auto rows =
        town.figures().Records(town.officer(), Ask("river_area", town.town(), "2023"), 10, 0);
    CHECK(rows.empty());  // on no river plot
    const auto sheds =
        town.figures().Records(town.officer(), Ask("sheds", town.town(), "2023"), 10, 0);
    REQUIRE(sheds.size() == 1);
    CHECK(sheds[0].record == "shed");
    CHECK(sheds[0].indicator == "sheds");
    CHECK(sheds[0].title == "s1");
    CHECK(sheds[0].source == "台账.xlsx|柳湾|7");
    CHECK(sheds[0].by == "办公室");
    CHECK(sheds[0].at_millis == 1'700'000'000'000);
    CHECK(ToShortText(sheds[0].adds.value()) == "1");
}

}  // namespace zw::testing
