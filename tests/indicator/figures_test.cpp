// States, sources, places, entries, as-of and explanations, on a small town whose right answers are
// counted by hand.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "ledger/returns.h"
#include "ledger/settings.h"
#include "tests/indicator/lines.h"
#include "tests/indicator/test_town.h"

namespace zw::testing {

namespace {

using indicator::Figure;
using indicator::FigureQuery;
using indicator::State;

FigureQuery Ask(const std::string& indicator, int64_t place, const std::string& period) {
    return {indicator, place, ParsePeriod(period).value(), {}, {}};
}

std::string Value(const Figure& figure) {
    return figure.value ? ToShortText(*figure.value) : "none";
}

int64_t Shed(
    TestTown& town,
    int64_t place,
    const std::string& code,
    const std::string& built,
    const std::string& gone = {}
) {
    ledger::Values values = {{"code", Text(code)}, {"area", Number("1.50")}};
    if (!built.empty()) {
        values["built_on"] = Day(built);
    }
    if (!gone.empty()) {
        values["gone_on"] = Day(gone);
    }
    return town.Add("shed", place, values);
}

int64_t Herd(
    TestTown& town,
    int64_t place,
    const std::string& quarter,
    formula::Value closing,
    formula::Value out = Whole(0),
    const std::string& farm = "甲"
) {
    return town.Add(
        "herd",
        place,
        {{"farm", Text(farm)},
         {"kind", Text("牛")},
         {"quarter", In(quarter)},
         {"closing", std::move(closing)},
         {"out", std::move(out)}}
    );
}

std::string CodeOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Problem& problem) {
        return problem.code();
    }
    return "";
}

}  // namespace

TEST_CASE("a register is missing until a row is entered, then 0 is 0") {
    TestTown town;
    CHECK(town.Get("sheds", town.town(), "2023").state == State::kMissing);
    CHECK(Value(town.Get("sheds", town.village(0), "2023")) == "none");
    Shed(town, town.village(1), "a", "2023-05-01");
    CHECK(town.Get("sheds", town.town(), "2023").state == State::kFilled);
    CHECK(Value(town.Get("sheds", town.town(), "2023")) == "1");
    CHECK(Value(town.Get("sheds", town.village(0), "2023")) == "0");
    CHECK(Value(town.Get("sheds", town.itself(), "2023")) == "0");
    CHECK(town.Get("sheds", town.village(0), "2023").state == State::kFilled);
}

TEST_CASE("life at its edges") {
    TestTown town;
    const int64_t place = town.village(0);
    Shed(town, place, "same_day", "2023-03-31", "2023-03-31");
    Shed(town, place, "last_day", "2023-12-31");
    Shed(town, place, "gone_on_it", "2022-01-01", "2023-12-31");
    Shed(town, place, "day_after", "2024-01-01");
    Shed(town, place, "unknown", "");
    const Figure figure = town.Get("sheds", town.town(), "2023");
    CHECK(Value(figure) == "1");
    CHECK(figure.nulls == 1);  // the one whose beginning is unknown: counted, not guessed
    CHECK(figure.records == 2);
    CHECK(Value(town.Get("sheds", place, "2023-03-31")) == "1");  // only gone_on_it stood
    CHECK(Value(town.Get("sheds", place, "2022")) == "1");
    CHECK(
        Value(town.Get("sheds_built", place, "2023")) == "2"
    );  // built in the year, whatever became of them
    CHECK(Value(town.Get("shed_rows", place, "2023")) == "5");
}

TEST_CASE("a herd that has fallen is no longer large; an older quarter counts only where it may") {
    TestTown town;
    const int64_t place = town.village(0);
    Herd(town, place, "2023Q3", Whole(25));
    CHECK(Value(town.Get("big_farms", place, "2023Q3")) == "1");
    CHECK(town.Get("big_farms", place, "2023").state == State::kMissing);
    CHECK(Value(town.Get("big_farms_known", town.itself(), "2023")) == "0");
    Herd(town, place, "2023Q4", Whole(12));
    CHECK(Value(town.Get("big_farms", place, "2023")) == "0");
    CHECK(Value(town.Get("big_farms_known", place, "2023")) == "0");
    CHECK(Value(town.Get("herd_stock", place, "2023")) == "12");
    // The herd of farm 乙 was told in the third quarter only.
    Herd(town, place, "2023Q3", Whole(30), Whole(0), "乙");
    CHECK(Value(town.Get("herd_stock", place, "2023")) == "12");
    CHECK(Value(town.Get("herd_known", place, "2023")) == "42");
    CHECK(
        Value(town.Get("herd_stock", place, "2023-11")) == "55"
    );  // the last quarter that had ended
}

TEST_CASE("windows of one person are one person") {
    TestTown town;
    const int64_t place = town.village(0);
    const auto train = [&](const char* person, const char* on) {
        town.Add("training", place, {{"person", Text(person)}, {"on", Day(on)}});
    };
    train("甲", "2022-03-01");
    train("甲", "2022-09-01");
    train("乙", "2022-12-31");
    CHECK(Value(town.Get("trained", place, "2022")) == "2");
    CHECK(Value(town.Get("trained", place, "2022-08-31")) == "1");
    CHECK(Value(town.Get("trained", place, "2023-08-31")) == "2");
    CHECK(
        Value(town.Get("trained", place, "2023-09-01")) == "1"
    );  // twelve months after the later training
    CHECK(Value(town.Get("trained", place, "2023")) == "0");  // 12-31 of the year before is outside
}

TEST_CASE("returns: missing, partial with names, filled, zero") {
    TestTown town(3);
    const auto state = [&](const std::string& id, int64_t place) {
        return town.Get(id, place, "2023");
    };
    CHECK(state("herd_out", town.town()).state == State::kMissing);
    for (const char* quarter : {"2023Q1", "2023Q2", "2023Q3", "2023Q4"}) {
        Herd(town, town.village(0), quarter, Whole(10), Whole(2));
    }
    Herd(town, town.village(1), "2023Q1", Whole(5), Whole(1));
    Figure figure = state("herd_out", town.town());
    CHECK(figure.state == State::kPartial);
    CHECK(figure.returned == 1);
    CHECK(figure.owed == 3);
    CHECK(figure.missing == std::vector<int64_t>{town.village(1), town.village(2)});
    CHECK(Value(figure) == "9");  // 4 × 2 and what the second village has told
    figure = state("herd_out", town.village(1));
    CHECK(figure.state == State::kPartial);
    CHECK(figure.returned == 1);
    CHECK(figure.owed == 4);
    CHECK(state("herd_out", town.village(2)).state == State::kMissing);
    for (const char* quarter : {"2023Q2", "2023Q3", "2023Q4"}) {
        ledger::GiveReturn(
            town.ledger(),
            town.officer(),
            "herd",
            town.village(1),
            ParsePeriod(quarter).value(),
            ledger::HandReturn::kZero
        );
    }
    for (const char* quarter : {"2023Q1", "2023Q2", "2023Q3", "2023Q4"}) {
        ledger::GiveReturn(
            town.ledger(),
            town.officer(),
            "herd",
            town.village(2),
            ParsePeriod(quarter).value(),
            ledger::HandReturn::kZero
        );
    }
    CHECK(state("herd_out", town.town()).state == State::kFilled);
    CHECK(Value(state("herd_out", town.town())) == "9");
    CHECK(Value(state("herd_out", town.village(2))) == "0");
    CHECK(state("herd_stock", town.village(1)).state == State::kFilled);
    CHECK(Value(state("herd_stock", town.town())) == "10");
    // A month of a quarterly return cannot be told.
    CHECK(town.Get("herd_out", town.town(), "2023-02").state == State::kMissing);
}

TEST_CASE("one village against two is no growth") {
    TestTown town(2);
    const auto told = [&](size_t village, const char* year, const char* tonnes) {
        town.Add(
            "yield_return", town.village(village), {{"year", In(year)}, {"output", Number(tonnes)}}
        );
    };
    const auto compare = [&](int64_t place) {
        return town.figures().CompareWith(
            town.officer(), Ask("yield", place, "2023"), indicator::Compare::kYearOnYear
        );
    };
    told(0, "2022", "2.000");
    told(1, "2022", "8.000");
    told(0, "2023", "3.000");
    const auto uneven = compare(town.town());
    CHECK(uneven.base.value().state == State::kFilled);
    CHECK(uneven.uneven == std::vector<int64_t>{town.village(1)});
    CHECK_FALSE(uneven.difference);
    CHECK_FALSE(uneven.percent);
    CHECK(ToText(compare(town.village(0)).percent.value()) == "50.0");
    told(1, "2023", "8.000");
    const auto even = compare(town.town());
    CHECK(even.uneven.empty());
    CHECK(ToText(even.percent.value()) == "10.0");
}

TEST_CASE("derived figures: worst state, union of the missing, no base, exact ratio") {
    TestTown town(2);
    CHECK(town.Get("out_rate", town.town(), "2023Q1").state == State::kMissing);
    Herd(town, town.village(0), "2023Q1", Whole(7), Whole(2));
    Figure figure = town.Get("out_rate", town.town(), "2023Q1");
    CHECK(figure.state == State::kPartial);
    CHECK(figure.missing == std::vector<int64_t>{town.village(1)});
    CHECK(ToText(figure.exact.value()) == "200/7");
    CHECK(ToText(figure.value.value()) == "28.57");
    CHECK(figure.unit == "%");
    Herd(town, town.village(1), "2023Q1", Whole(0), Whole(0));
    CHECK(town.Get("out_rate", town.town(), "2023Q1").state == State::kFilled);
    figure = town.Get("out_rate", town.village(1), "2023Q1");
    CHECK(figure.state == State::kNoBase);
    CHECK_FALSE(figure.value);
    CHECK(Value(town.Get("herd_fed", town.town(), "2023Q1")) == "9");
}

TEST_CASE("sources in order: the first that is complete, per village, never two") {
    TestTown town(3);
    const auto harvest = [&](size_t village, const char* code, const char* kilos) {
        town.Add(
            "harvest",
            town.village(village),
            {{"code", Text(code)}, {"year", In("2023")}, {"weight", Number(kilos)}}
        );
    };
    const auto told = [&](size_t village, const char* tonnes) {
        town.Add(
            "yield_return",
            town.village(village),
            {{"year", In("2023")}, {"output", Number(tonnes)}}
        );
    };
    harvest(0, "a", "1500.5");
    told(0, "9.000");
    told(1, "2.250");
    Figure figure = town.Get("yield", town.village(0), "2023");
    CHECK(Value(figure) == "1.5005");
    CHECK(figure.basis == "实测");
    CHECK(town.Get("yield", town.village(1), "2023").basis == "村报");
    figure = town.Get("yield", town.town(), "2023");
    CHECK(figure.state == State::kPartial);
    CHECK(Value(figure) == "3.7505");
    CHECK(figure.basis == "实测、村报");
    told(2, "0.000");
    figure = town.Get("yield", town.town(), "2023");
    CHECK(figure.state == State::kFilled);
    CHECK(figure.records == 3);
}

TEST_CASE("an empty cell was not returned, though its row was") {
    TestTown town(1);
    town.Add("yield_return", town.village(0), {{"year", In("2023")}, {"note", Whole(1)}});
    const Figure figure = town.Get("yield", town.village(0), "2023");
    CHECK(figure.state == State::kMissing);
    CHECK(figure.missing == std::vector<int64_t>{town.village(0)});
}

TEST_CASE("adopted and forecast figures stand beside the computed ones") {
    TestTown town(2);
    Herd(town, town.village(0), "2023Q1", Whole(7), Whole(2));
    Herd(town, town.village(1), "2023Q1", Whole(3), Whole(1));
    const auto enter = [&](bool adopted,
                           const std::string& value,
                           const std::string& document,
                           const std::string& reason) {
        return town.figures().Enter(
            town.officer(),
            {"herd_stock",
             town.town(),
             ParsePeriod("2023Q1").value(),
             ParseDecimal(value).value(),
             adopted,
             "",
             document,
             reason}
        );
    };
    CHECK(CodeOf([&] { enter(true, "12", "", "县里核定"); }) == "bad_entry");
    CHECK(CodeOf([&] { enter(true, "12", "县统计局 望统〔2023〕9号", ""); }) == "bad_entry");
    CHECK(CodeOf([&] { enter(false, "12.5", "", "估计"); }) == "bad_entry");
    const int64_t before = town.LastSeq();
    enter(false, "11", "", "年底前还要补栏");
    Figure figure = town.Get("herd_stock", town.town(), "2023Q1");
    CHECK(figure.state == State::kForecast);
    CHECK(Value(figure) == "11");
    CHECK(ToShortText(figure.computed.value()) == "10");
    enter(true, "12", "县统计局 望统〔2023〕9号", "县里核定");
    figure = town.Get("herd_stock", town.town(), "2023Q1");
    CHECK(figure.state == State::kAdopted);
    CHECK(Value(figure) == "12");
    CHECK(figure.basis == "县统计局 望统〔2023〕9号");
    // What is derived from it stands on it, and says so.
    figure = town.Get("herd_fed", town.town(), "2023Q1");
    CHECK(figure.state == State::kAdopted);
    CHECK(Value(figure) == "15");
    CHECK(town.Get("herd_stock", town.village(0), "2023Q1").state == State::kFilled);
    CHECK(town.Get("herd_stock", town.town(), "2023Q1", before).state == State::kFilled);
    const auto entries = town.figures().Entries();
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].adopted);
    CHECK(entries[0].by == "办公室");
    CHECK(entries[1].reason == "年底前还要补栏");
    CHECK(town.figures().CheckCells().empty());
    CHECK(town.Rows("herd").size() == 2);
}

TEST_CASE("a merged village counts for its successor, in the base year too") {
    TestTown town(3);
    Shed(town, town.village(0), "a", "2022-05-01");
    Shed(town, town.village(1), "b", "2022-05-01");
    Shed(town, town.village(1), "c", "2023-02-01");
    town.Merge(0, 1, Date{2023, 6, 30});
    Figure figure = town.Get("sheds", town.village(1), "2023");
    CHECK(Value(figure) == "3");
    REQUIRE(figure.included.size() == 1);
    CHECK(figure.included[0].place == town.village(0));
    CHECK(ToShortText(figure.included[0].adds.value()) == "1");
    // Before the merger each counts for itself, unless this year's tree is asked for.
    CHECK(Value(town.Get("sheds", town.village(1), "2022")) == "1");
    CHECK(Value(town.Get("sheds", town.village(0), "2022")) == "1");
    const auto comparison = town.figures().CompareWith(
        town.officer(), Ask("sheds", town.village(1), "2023"), indicator::Compare::kYearOnYear
    );
    CHECK(Value(comparison.base.value()) == "2");
    CHECK(ToText(comparison.difference.value()) == "1");
    CHECK(ToText(comparison.percent.value()) == "50.0");
    CHECK(Value(town.Get("sheds", town.town(), "2023")) == "3");
    CHECK(town.Get("sheds", town.town(), "2023").owed == 2);
    const auto villages =
        town.figures().ByVillage(town.officer(), Ask("sheds", town.town(), "2023"));
    CHECK(villages.size() == 3);  // two villages and 镇本级
}

TEST_CASE("what a definition finds doubtful is told with the figure and refuses nothing") {
    TestTown town(2);
    const int64_t place = town.village(0);
    for (const char* code : {"a", "b", "c"}) {
        Shed(town, place, code, "2021-05-01");
    }
    const auto look = [&](const char* indicator, const char* period) {
        return town.figures()
            .GetInContext(
                town.officer(), Ask(indicator, town.town(), period), indicator::Compare::kNone
            )
            .figure;
    };
    // 2022: three as in 2021. 2023: four, 33 % more than three. No year before 2021: no doubt.
    CHECK(look("sheds", "2022").doubts.empty());
    CHECK(look("sheds", "2021").doubts.empty());
    Shed(town, place, "d", "2023-05-01");
    const Figure figure = look("sheds", "2023");
    CHECK(Value(figure) == "4");
    CHECK(figure.state == State::kFilled);
    REQUIRE(figure.doubts.size() == 1);
    CHECK(figure.doubts[0].zh == "变动较大（变动线 30%）");
    // Its definition has no English.
    CHECK(figure.doubts[0].en == "变动较大 (变动线 30%)");
    // Of the village itself too, and of 镇本级, where nothing was and nothing is, not.
    const auto villages =
        town.figures().ByVillage(town.officer(), Ask("sheds", town.town(), "2023"));
    REQUIRE(villages.size() == 3);
    CHECK(villages[0].doubts.size() == 1);
    CHECK(villages[1].doubts.empty());
    CHECK(villages[2].doubts.empty());
    CHECK(look("sheds_built", "2023").doubts.empty());
}

TEST_CASE("last year's tree on request") {
    TestTown town(3);
    Shed(town, town.village(0), "a", "2022-05-01");
    Shed(town, town.village(1), "b", "2022-05-01");
    town.Merge(0, 1, Date{2023, 6, 30});
    FigureQuery query = Ask("sheds", town.town(), "2023");
    CHECK(town.figures().ByVillage(town.officer(), query).size() == 3);
    query.tree_on = Date{2022, 12, 31};
    const auto before = town.figures().ByVillage(town.officer(), query);
    REQUIRE(before.size() == 4);
    CHECK(Value(before[0]) == "1");
    CHECK(Value(before[1]) == "1");
    CHECK(before[1].included.empty());
}

TEST_CASE("comparisons and shares") {
    TestTown town(1);
    const int64_t place = town.village(0);
    Shed(town, place, "a", "2021-05-01");
    Shed(town, place, "b", "2022-05-01");
    Shed(town, place, "c", "2022-06-01");
    Shed(town, place, "d", "2023-06-01");
    const auto compare = [&](const char* id, const char* period, indicator::Compare with) {
        return town.figures().CompareWith(town.officer(), Ask(id, town.town(), period), with);
    };
    CHECK(
        ToText(compare("sheds", "2023", indicator::Compare::kYearOnYear).percent.value()) == "33.3"
    );
    CHECK(
        ToText(compare("sheds_built", "2023", indicator::Compare::kYearOnYear).percent.value()) ==
        "-50.0"
    );
    CHECK(
        ToText(compare("sheds", "2023Q2", indicator::Compare::kPeriodOnPeriod).difference.value()
        ) == "1"
    );
    CHECK(
        ToText(compare("sheds", "2023-06", indicator::Compare::kSinceYearStart).difference.value()
        ) == "1"
    );
    CHECK_FALSE(compare("sheds_built", "2023", indicator::Compare::kSinceYearStart).base);
    // No growth on nothing.
    const auto from_nothing = compare("sheds", "2021", indicator::Compare::kYearOnYear);
    CHECK(ToText(from_nothing.difference.value()) == "1");
    CHECK_FALSE(from_nothing.percent);
    CHECK_FALSE(compare("herd_stock", "2023", indicator::Compare::kYearOnYear).difference);
    CHECK(
        ToText(town.figures()
                   .ShareOf(town.officer(), Ask("sheds_built", place, "2022"), "sheds")
                   .value()) == "2/3"
    );
}

TEST_CASE("targets and completion") {
    TestTown town(2);
    Shed(town, town.village(0), "a", "2021-05-01");
    Shed(town, town.village(1), "b", "2021-05-01");
    CHECK_FALSE(town.figures().TargetOf(town.officer(), Ask("sheds", town.town(), "2023")));
    town.Add(
        "target",
        town.itself(),
        {{"indicator", Text("sheds")},
         {"year", In("2023")},
         {"value", Number("8.00")},
         {"due", Day("2023-12-31")},
         {"document", Text("望政发〔2023〕1号")}}
    );
    const auto target = town.figures().TargetOf(town.officer(), Ask("sheds", town.town(), "2023"));
    REQUIRE(target);
    CHECK(ToShortText(target->value) == "8");
    CHECK(target->due == Date{2023, 12, 31});
    CHECK(target->document == "望政发〔2023〕1号");
    CHECK(ToText(target->completion.value()) == "1/4");
    CHECK_FALSE(town.figures().TargetOf(town.officer(), Ask("sheds", town.town(), "2022")));
}

TEST_CASE("who is cut to a village never sees its sum under the town's name") {
    TestTown town(3);
    Shed(town, town.village(0), "a", "2021-05-01");
    Shed(town, town.village(1), "b", "2021-05-01");
    access::Actor clerk{"村文书", {town.village(0)}, false};
    const Figure cut = town.figures().Get(clerk, Ask("sheds", town.town(), "2023"));
    CHECK(Value(cut) == "1");
    CHECK(cut.scope == "村0");
    CHECK(cut.place == town.village(0));
    CHECK(town.figures().Get(clerk, Ask("river_area", town.town(), "2023")).scope.empty()
    );  // open to all readers
    CHECK(CodeOf([&] {
              town.figures().Get(clerk, Ask("sheds", town.village(1), "2023"));
          }) == "forbidden");
    CHECK(town.figures().ByVillage(clerk, Ask("sheds", town.town(), "2023")).size() == 1);
    CHECK(town.figures().Records(clerk, Ask("sheds", town.town(), "2023"), 10, 0).size() == 1);
    CHECK(CodeOf([&] {
              town.figures().Get(clerk, Ask("shed", town.town(), "2023"));
          }) == "not_found");
}

TEST_CASE("a corrupted cell changes the figure and is named") {
    TestTown town(2);
    Shed(town, town.village(0), "a", "2023-05-07");
    CHECK(town.figures().CheckCells().empty());
    town.Sql(
        "update cell set total = total + 5 where indicator = 'sheds' and grain = 'year' and place "
        "= ?",
        {town.village(0)}
    );
    CHECK(Value(town.Get("sheds", town.town(), "2023")) == "6");
    auto findings = town.figures().CheckCells();
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "cell_differs");
    CHECK(findings[0].message.find("sheds") != std::string::npos);
    CHECK(findings[0].message.find("村0") != std::string::npos);
    CHECK(findings[0].message.find("年 2023-01-01") != std::string::npos);
    // One that should be there and is not, and one that should not be there and is.
    town.Sql("delete from cell where indicator = 'sheds' and grain = 'day'");
    town.Sql(
        "insert into cell (town, indicator, source, place, grain, day, total, n, nulls) "
        "select town, indicator, source, place, 'month', '2020-01-01', 1, 1, 0 from cell where "
        "indicator = 'sheds_built' and "
        "grain = 'month'"
    );
    findings = town.figures().CheckCells();
    CHECK(findings.size() == 3);
}

TEST_CASE("cells of another formula are not read, and are built anew") {
    TestTown town(1);
    Shed(town, town.village(0), "a", "2023-05-07");
    Shed(town, town.village(0), "b", "2023-05-08");
    town.Sql("update cell_set set digest = 'other' where indicator = 'sheds'");
    town.Sql("update cell set total = 99 where indicator = 'sheds'");
    CHECK(Value(town.Get("sheds", town.town(), "2023")) == "2");  // from the rows meanwhile
    std::string farm = kFarmLine;
    const std::string was = "[indicator.sheds]\nname  = \"大棚\"\n";
    const size_t at = farm.find(was);
    REQUIRE(at != std::string::npos);
    farm.insert(at + was.size(), "when  = \"code <> 'a'\"\n");
    town.Reopen(farm);
    CHECK(Value(town.Get("sheds", town.town(), "2023")) == "1");
    CHECK(town.figures().CheckCells().empty());
    town.Sql("update cell set total = 7 where indicator = 'sheds' and grain = 'year'");
    CHECK(Value(town.Get("sheds", town.town(), "2023")) == "7");  // read from cells again
}

TEST_CASE("as of a log number the figure is what it was then") {
    TestTown town(2);
    const auto plot =
        town.Add("plot", town.village(0), {{"code", Text("p")}, {"terrain", Text("塬")}});
    struct Seen {
        int64_t seq;
        std::string sheds, area, stock, trained, largest;
        State state;
    };
    std::vector<Seen> seen;
    const auto look = [&](std::optional<int64_t> as_of) {
        const auto value = [&](const char* id) {
            return Value(town.Get(id, town.town(), "2023", as_of));
        };
        return Seen{
            as_of.value_or(town.LastSeq()),
            value("sheds"),
            value("river_area"),
            value("herd_known"),
            value("trained"),
            value("shed_largest"),
            town.Get("herd_stock", town.town(), "2023", as_of).state};
    };
    std::mt19937 random(5);
    std::vector<int64_t> sheds;
    for (int i = 0; i < 24; ++i) {
        const int64_t place = town.village(random() % 2);
        switch (i % 6) {
            case 0:
                sheds.push_back(Shed(town, place, "s" + std::to_string(i), "2023-05-01"));
                break;
            case 1:
                town.Change(
                    "shed",
                    sheds.back(),
                    {{"plot", Whole(plot)}, {"area", Number(std::to_string(i) + ".25")}}
                );
                break;
            case 2:
                town.Change("plot", plot, {{"terrain", Text(i % 4 == 0 ? "塬" : "川")}});
                break;
            case 3:
                Herd(town, place, "2023Q" + std::to_string(i / 6 + 1), Whole(i));
                break;
            case 4:
                town.Add(
                    "training",
                    place,
                    {{"person", Text("x" + std::to_string(i))}, {"on", Day("2023-03-03")}}
                );
                break;
            default:
                i % 4 == 1 ? town.Remove("shed", sheds.back())
                           : town.Change("shed", sheds.back(), {{"gone_on", Day("2023-06-01")}});
        }
        seen.push_back(look({}));
    }
    for (const Seen& then : seen) {
        CAPTURE(then.seq);
        const Seen now = look(then.seq);
        CHECK(now.sheds == then.sheds);
        CHECK(now.area == then.area);
        CHECK(now.stock == then.stock);
        CHECK(now.trained == then.trained);
        CHECK(now.largest == then.largest);
        CHECK(now.state == then.state);
    }
    CHECK(town.figures().CheckCells().empty());
}

TEST_CASE("as of a log number the rules are what the settings said then") {
    TestTown town(1);
    const auto set = [&](const std::string& line) {
        ledger::ApplySettings(town.ledger(), town.officer(), {{"big_herd", line}});
        return town.LastSeq();
    };
    Herd(town, town.village(0), "2023Q4", Whole(30));
    const int64_t unset = town.LastSeq();  // the rule's own 20
    const int64_t fifty = set("50");
    const int64_t thirty = set("30");
    const int64_t taken_away = set("");
    const auto value = [&](std::optional<int64_t> as_of) {
        return Value(town.Get("big_farms", town.town(), "2023", as_of));
    };
    CHECK(value(unset) == "1");
    CHECK(value(fifty) == "0");
    CHECK(value(thirty) == "1");
    CHECK(value(taken_away) == "1");
    set("31");
    CHECK(value({}) == "0");
    CHECK(value(taken_away) == "1");
}

}  // namespace zw::testing
