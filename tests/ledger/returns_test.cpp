#include <doctest/doctest.h>

#include "support.h"

using namespace zw;               // NOLINT(google-build-using-namespace)
using namespace zw::ledger;       // NOLINT(google-build-using-namespace)
using namespace zw::ledger_test;  // NOLINT(google-build-using-namespace)

namespace {

// "1+2-0" for: 河东村 returned by rows, 河西村 zero …: one sign a village, by code. + 已报, 0
// 零报告, - 缺报, h by hand.
std::string States(
    Town& town, const std::string& period, std::optional<int64_t> as_of = std::nullopt
) {
    const auto reader = town.ledger().services().database.Read();
    const Returns returns = ReturnsFor(
        reader->connection(),
        town.ledger().schema(),
        town.ledger().Places(),
        1,
        town.type("planting"),
        *ParsePeriod(period),
        as_of
    );
    std::string text;
    for (const PlaceReturn& place : returns.places) {
        text += place.state == ReturnState::kMissing ? "-"
                : place.state == ReturnState::kZero  ? "0"
                                                     : "+";
        text += place.by_hand ? "h" : "";
    }
    CHECK(
        returns.returned + static_cast<int>(returns.missing.size()) ==
        static_cast<int>(returns.places.size())
    );
    return text;
}

int64_t Sow(Town& town, int64_t place, const Values& values) {
    Values all = values;
    all["plot"] = town.Plot("块" + std::to_string(town.Seq()), "100", place);
    all["year"] = YearPeriod(2023);
    return town.ledger().Create(town.leader, "planting", {place, all, {}, {}}).ids[0];
}

}  // namespace

TEST_CASE("definitions that say otherwise what a return is: rows of before are counted anew") {
    auto silent = MakeModel();
    TypeOf(*silent, "planting").reported.reset();
    Town town(silent);
    Sow(town, town.east, {{"crop", std::string("辣椒")}, {"sown", D("3")}});
    Sow(town, town.west, {{"sown", D("0")}, {"yield", int64_t{0}}});
    town.Reopen(MakeModel());
    CHECK(States(town, "2023") == "+0-");
    CHECK(town.Faults().empty());
    // Counted once only: what is kept is not added to again.
    town.Reopen(MakeModel());
    CHECK(States(town, "2023") == "+0-");
    CHECK(town.Faults().empty());
    // Rows that came while nobody reported.
    town.Reopen(silent);
    Sow(town, town.upper, {{"sown", D("2")}});
    CHECK(town.Faults().empty());
    town.Reopen(MakeModel());
    CHECK(States(town, "2023") == "+0+");
    // The area makes no return any more: only 河西村 has told its yield, too, which is 0.
    auto narrower = MakeModel();
    for (definition::Field& field : TypeOf(*narrower, "planting").fields) {
        field.reported_value = field.reported_value && field.id != "sown";
    }
    town.Reopen(narrower);
    CHECK(States(town, "2023") == "-0-");
    CHECK(States(town, "2023", town.Seq()) == "-0-");
    CHECK(town.Faults().empty());
}

TEST_CASE("a kept count that is not that of the rows is found") {
    Town town;
    Sow(town, town.east, {{"crop", std::string("辣椒")}, {"sown", D("3")}});
    CHECK(town.ledger().CheckReturns().empty());
    const auto damage = [&](const std::string& sql) {
        town.ledger().services().database.Write([&](store::Connection& writer) { writer.Run(sql); }
        );
        return town.ledger().CheckReturns();
    };
    const auto more = damage("update returned_rows set with_value = with_value + 1");
    REQUIRE(more.size() == 1);
    CHECK(more[0].code == "return_counts_differ");
    CHECK(more[0].message.find("存为2/1，按记录应为1/1") != std::string::npos);
    CHECK(damage("delete from returned_rows").size() == 1);
    CHECK(
        damage("insert into returned_rows (town, record, place, period, with_value, not_zero, seq) "
               "values (1, 'planting', 3, '2020-12-31', 1, 0, 1)")
            .size() == 2
    );
}

TEST_CASE("rows are returns: a value, zeros, only a name") {
    Town town;
    CHECK(States(town, "2023") == "---");
    const int64_t id = Sow(town, town.east, {{"crop", std::string("辣椒")}, {"sown", D("3")}});
    Sow(town, town.west, {{"sown", D("0")}, {"yield", int64_t{0}}});
    Sow(town, town.upper, {{"note", std::string("面积另报")}});  // a standing fact is no return
    CHECK(States(town, "2023") == "+0-");
    CHECK(States(town, "2022") == "---");
    const int64_t then = town.Seq();
    town.ledger().Delete(town.leader, "planting", id, 1);
    CHECK(States(town, "2023") == "-0-");
    CHECK(States(town, "2023", then) == "+0-");
    CHECK(States(town, "2023", 0) == "---");
}

TEST_CASE("by hand: given, zero, withdrawn; the later of hand and rows holds; undone like any batch"
) {
    Town town;
    const auto give = [&](int64_t place, HandReturn what) {
        return GiveReturn(town.ledger(), town.leader, "planting", place, YearPeriod(2023), what);
    };
    give(town.west, HandReturn::kReturned);
    const WriteResult zero = give(town.upper, HandReturn::kZero);
    CHECK(States(town, "2023") == "-+h0h");
    BatchWriter writer(town.ledger());
    const int64_t undo = writer.Undo(town.leader, zero.batch).id;
    CHECK(States(town, "2023") == "-+h-");
    writer.Undo(town.leader, undo);
    CHECK(States(town, "2023") == "-+h0h");
    give(town.west, HandReturn::kWithdrawn);
    CHECK(States(town, "2023") == "--h0h");
    CHECK(States(town, "2023", zero.seq) == "-+h0h");
    Sow(town, town.west, {{"sown", D("3")}});  // what comes after the withdrawal returns it again
    CHECK(States(town, "2023") == "-+0h");
    CHECK(town.Faults().empty());
}

TEST_CASE("no zero return beside rows that are not zero") {
    Town town;
    const auto zero = [&](int64_t place) {
        return CodeOf([&] {
            GiveReturn(
                town.ledger(), town.leader, "planting", place, YearPeriod(2023), HandReturn::kZero
            );
        });
    };
    const int64_t id = Sow(town, town.east, {{"sown", D("3")}});
    Sow(town, town.east, {{"sown", D("4")}});
    Sow(town, town.west, {{"sown", D("0")}});
    try {
        GiveReturn(
            town.ledger(), town.leader, "planting", town.east, YearPeriod(2023), HandReturn::kZero
        );
        FAIL("accepted");
    } catch (const Problem& problem) {
        CHECK(problem.code() == "return_not_zero");
        CHECK(problem.details().at("count") == "2");
    }
    CHECK(States(town, "2023") == "+0-");
    CHECK(zero(town.west).empty());
    CHECK(zero(town.upper).empty());
    CHECK(CodeOf([&] {
              GiveReturn(
                  town.ledger(),
                  town.leader,
                  "planting",
                  town.east,
                  YearPeriod(2022),
                  HandReturn::kZero
              );
          }).empty());
    // Rows of a village that has become part of another stand in that one's way too.
    town.ledger().services().database.Write([&](store::Connection& connection) {
        access::MergePlace(connection, 1, town.east, town.west, {2023, 6, 30});
    });
    CHECK(zero(town.west) == "return_not_zero");
    town.ledger().Delete(town.leader, "planting", id, 1);
    CHECK(zero(town.west) == "return_not_zero");
}

TEST_CASE("who owes none is told so") {
    Town town;
    const auto give = [&](const std::string& record, int64_t place, const Period& period) {
        return CodeOf([&] {
            GiveReturn(town.ledger(), town.leader, record, place, period, HandReturn::kZero);
        });
    };
    CHECK(
        give("planting", town.ledger().Places().town_itself().id, YearPeriod(2023)) ==
        "place_owes_none"
    );
    CHECK(give("plot", town.east, YearPeriod(2023)) == "not_reported_type");
    CHECK(give("planting", town.east, *ParsePeriod("2023Q1")) == "bad_period");
    town.ledger().services().database.Write([&](store::Connection& connection) {
        access::MergePlace(connection, 1, town.east, town.west, {2022, 12, 31});
    });
    CHECK(give("planting", town.east, YearPeriod(2023)) == "place_owes_none");
    CHECK(give("planting", town.east, YearPeriod(2022)).empty());
    CHECK(States(town, "2023").size() == 2);
}

TEST_CASE("undoing the import takes its returns with it; a register starts with its first row") {
    Town town;
    BatchWriter writer(town.ledger());
    const auto started = [&](std::optional<int64_t> as_of = std::nullopt) {
        const auto reader = town.ledger().services().database.Read();
        return RegisterStarted(
            reader->connection(), town.ledger().schema(), 1, town.type("plot"), as_of
        );
    };
    CHECK_FALSE(started());
    Rows plots;
    plots.Add(town.PlotRow("甲1", "10", "a|b|1"));
    const BatchResult made = writer.Apply(town.leader, plots, {});
    CHECK(started());
    Rows rows;
    rows.Add(town.PlantingRow(made.ids[0], 2023, "辣椒", "1", "c|d|1"));
    const int64_t batch = writer.Apply(town.leader, rows, {}).batch;
    CHECK(States(town, "2023") == "+--");
    writer.Undo(town.leader, batch);
    CHECK(States(town, "2023") == "---");
    const int64_t before = town.Seq();
    writer.Undo(town.leader, made.batch);
    CHECK_FALSE(started());
    CHECK(started(before));
}

TEST_CASE("settings: kept, changed, taken away; targets; rule values; unknown ones refused together"
) {
    Town town;
    const auto get = [&](const std::string& key) {
        const auto reader = town.ledger().services().database.Read();
        return Settings::Load(
                   reader->connection(), 1, town.ledger().model(), town.ledger().schema()
        )
            .Get(key);
    };
    const std::map<std::string, std::string> values{
        {"slogan", "川菜塬果"}, {"team_target", "300"}, {"team_due", "2023-12-31"}};
    CHECK(ApplySettings(town.ledger(), town.leader, values).seq > 0);
    CHECK(get("slogan") == "川菜塬果");
    CHECK(ApplySettings(town.ledger(), town.leader, values).seq == 0);
    Query query;
    query.record = "target";
    const Page targets = town.ledger().List(town.leader, query);
    REQUIRE(targets.rows.size() == 1);
    CHECK(formula::ToText(targets.rows[0].values.at("indicator")) == "team_size");
    CHECK(formula::ToText(targets.rows[0].values.at("year")) == "2023");
    CHECK(formula::ToText(targets.rows[0].values.at("value")) == "300.00");
    ApplySettings(town.ledger(), town.leader, {{"team_target", "320"}, {"slogan", ""}});
    CHECK(
        formula::ToText(town.ledger().List(town.leader, query).rows.at(0).values.at("value")) ==
        "320.00"
    );
    CHECK_FALSE(get("slogan"));
    const auto unknown = [&] {
        ApplySettings(
            town.ledger(), town.leader, {{"slogann", "x"}, {"color", "red"}, {"slogan", "y"}}
        );
    };
    CHECK(CodeOf(unknown) == "unknown_setting");
    CHECK(ListOf(unknown).find("slogan") != std::string::npos);
    CHECK_FALSE(get("slogan"));
    CHECK(CodeOf([&] {
              ApplySettings(town.ledger(), town.leader, {{"yield_limit", "很多"}});
          }) == "bad_setting");
    CHECK(town.Faults().empty());
}
