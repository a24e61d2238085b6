#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "ledger/export.h"
#include "ledger/row_titles.h"
#include "support.h"

using namespace zw;               // NOLINT(google-build-using-namespace)
using namespace zw::ledger;       // NOLINT(google-build-using-namespace)
using namespace zw::ledger_test;  // NOLINT(google-build-using-namespace)

TEST_CASE("a row is created, found, changed, deleted and restored; every version stays") {
    Town town;
    Ledger& ledger = town.ledger();
    const WriteResult made = ledger.Create(
        town.leader,
        "plot",
        {town.east, {{"code", std::string("甲1")}, {"mu", D("12.5")}}, {}, "表|一|3"},
        "登记"
    );
    const int64_t id = made.ids.at(0);
    auto row = ledger.Find(town.leader, "plot", id);
    REQUIRE(row);
    CHECK(row->version == 1);
    CHECK(std::get<Decimal>(row->values["mu"]) == D("12.5"));
    CHECK(formula::IsNull(row->values["terrain"]));

    ledger.Update(town.leader, "plot", {id, 1, {{"terrain", std::string("川")}}, {}, {}});
    ledger.Delete(town.leader, "plot", id, 2, "误登");
    CHECK_FALSE(ledger.Find(town.leader, "plot", id));
    CHECK(CodeOf([&] {
              ledger.Update(town.leader, "plot", {id, 2, {{"mu", D("1")}}, {}, {}});
          }) == "record_deleted");
    ledger.Restore(town.leader, "plot", id);
    CHECK(CodeOf([&] { ledger.Restore(town.leader, "plot", id); }) == "record_not_deleted");
    row = ledger.Find(town.leader, "plot", id);
    REQUIRE(row);
    CHECK(row->version == 4);
    CHECK(formula::ToText(row->values["terrain"]) == "川");

    const auto history = ledger.History(town.leader, "plot", id);
    REQUIRE(history.size() == 4);
    CHECK(history[0].op == Op::kCreate);
    CHECK(history[0].source == "表|一|3");
    CHECK(history[0].why == "登记");
    CHECK(history[2].op == Op::kDelete);
    CHECK(history[2].why == "误登");
    CHECK(history[3].op == Op::kRestore);
    CHECK(history[3].by == "镇长");
    CHECK(town.Faults().empty());
}

TEST_CASE("a change made from an older version is refused with both values") {
    Town town;
    const int64_t id = town.Plot("甲1", "10");
    town.ledger().Update({"文书", {}, true}, "plot", {id, 1, {{"mu", D("11")}}, {}, {}});
    const auto stale = [&] {
        town.ledger().Update(town.leader, "plot", {id, 1, {{"mu", D("12")}}, {}, {}});
    };
    CHECK(CodeOf(stale) == "stale_version");
    const std::string list = ListOf(stale);
    CHECK(list.find("11.00") != std::string::npos);
    CHECK(list.find("12.00") != std::string::npos);
    CHECK(std::get<Decimal>(town.ledger().Find(town.leader, "plot", id)->values["mu"]) == D("11"));
}

TEST_CASE("what is not right is refused by its class and changes nothing") {
    Town town;
    const int64_t seq = town.Seq();
    const auto create = [&](const Values& values, int64_t place = -1) {
        return ListOf([&] {
            town.ledger().Create(
                town.leader, "plot", {place == -1 ? town.east : place, values, {}, {}}
            );
        });
    };
    CHECK(create({{"mu", D("1")}}).find("required") == 0);
    CHECK(create({{"code", std::string("甲")}, {"mu", D("-0.01")}}).find("below_min") == 0);
    CHECK(create({{"code", std::string("甲")}, {"mu", D("1000.01")}}).find("above_max") == 0);
    CHECK(
        create({{"code", std::string("甲")}, {"terrain", std::string("海")}}
        ).find("unknown_choice") == 0
    );
    CHECK(create({{"code", std::string("甲")}}, 0).find("missing_place") == 0);
    CHECK(
        create({{"code", std::string("甲")}, {"holder_id", std::string("12345")}}
        ).find("id_length") == 0
    );
    CHECK(CodeOf([&] {
              town.ledger().Create(town.leader, "plot", {town.east, {{"no", D("1")}}, {}, {}});
          }) == "not_found");
    CHECK(CodeOf([&] {
              town.ledger().Create(
                  town.leader, "plot", {town.east, {{"mu", std::string("一亩")}}, {}, {}}
              );
          }) == "wrong_use");
    CHECK(CodeOf([&] {
              town.ledger().Create(
                  town.leader, "planting", {town.east, {{"weight", D("1", 0)}}, {}, {}}
              );
          }) == "wrong_use");
    CHECK(town.Seq() == seq);
    CHECK(town.Faults().empty());
}

TEST_CASE("keys and unique fields, secret ones too") {
    Town town;
    const Values first{
        {"code", std::string("甲1")}, {"holder_id", std::string("11010519491231002X")}};
    town.ledger().Create(town.leader, "plot", {town.east, first, {}, {}});
    const auto again = [&](int64_t place, const std::string& code, const std::string& holder) {
        return ListOf([&] {
            town.ledger().Create(
                town.leader, "plot", {place, {{"code", code}, {"holder_id", holder}}, {}, {}}
            );
        });
    };
    CHECK(again(town.east, "甲1", "").find("key_taken") == 0);
    CHECK(
        again(town.west, "甲1", " 11010519491231002x").find("not_unique") == 0
    );  // written otherwise, the same
    CHECK(again(town.west, "甲1", "").empty());
    // A wrong check digit is only warned of.
    const WriteResult warned = town.ledger().Create(
        town.leader,
        "plot",
        {town.east,
         {{"code", std::string("甲2")}, {"holder_id", std::string("110105194912310021")}},
         {},
         {}}
    );
    REQUIRE(warned.findings.size() == 1);
    CHECK(warned.findings[0].code == "id_check_digit");
    CHECK(warned.findings[0].severity == Severity::kWarning);
}

TEST_CASE("computed fields are kept, and follow a row they refer to") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    const Values values{
        {"plot", plot},
        {"year", YearPeriod(2023)},
        {"crop", std::string("辣椒")},
        {"sown", D("2.5")},
        {"yield", int64_t{3001}}};
    const int64_t id =
        town.ledger().Create(town.leader, "planting", {town.east, values, {}, {}}).ids[0];
    auto row = town.ledger().Find(town.leader, "planting", id);
    CHECK(formula::ToText(row->values["weight"]) == "7503");  // 7502.5, half away from zero
    CHECK(formula::ToText(row->values["share"]) == "0.2500");
    const int64_t before = town.Seq();
    town.ledger().Update(town.leader, "plot", {plot, 1, {{"mu", D("5")}}, {}, {}});
    row = town.ledger().Find(town.leader, "planting", id);
    CHECK(formula::ToText(row->values["share"]) == "0.5000");
    CHECK(town.Snapshot("planting", before).find("share=0.2500") != std::string::npos);
    CHECK(town.Faults().empty());
}

TEST_CASE("checks and warnings of a line, with rules at the row's own date") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    const auto create = [&](int year, const std::string& sown, int64_t yield) {
        return town.ledger().Create(
            town.leader,
            "planting",
            {town.east,
             {{"plot", plot},
              {"year", YearPeriod(year)},
              {"crop", "作物" + sown},
              {"sown", D(sown)},
              {"yield", yield}},
             {},
             {}}
        );
    };
    CHECK(
        create(2022, "1", 6000).findings.at(0).code == "yield_high"
    );                                                // the rule of 2022 says 5000
    CHECK(create(2023, "2", 6000).findings.empty());  // that of 2023 says 8000
    CHECK(ListOf([&] { create(2023, "10.01", 1); }).find("sown_over_plot") == 0);
    // The town's own value comes before both.
    ApplySettings(town.ledger(), town.leader, {{"yield_limit", "9000"}});
    CHECK(create(2022, "3", 6000).findings.empty());
    CHECK(create(2022, "4", 9001).findings.size() == 1);
}

TEST_CASE("CHILD checks look at the family: sums of children, the period before") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    const auto sow = [&](const std::string& crop) {
        return town.ledger().Create(
            town.leader,
            "planting",
            {town.east,
             {{"plot", plot}, {"year", YearPeriod(2023)}, {"crop", crop}, {"sown", D("9")}},
             {},
             {}}
        );
    };
    sow("辣椒");
    sow("番茄");
    const int64_t seq = town.Seq();
    CHECK(ListOf([&] { sow("西瓜"); }).find("sown_twice_over") == 0);  // 27 亩 sown on 10
    CHECK(town.Seq() == seq);
    const auto count = [&](const std::string& quarter, int64_t opening, int64_t closing) {
        return town.ledger().Create(
            town.leader,
            "herd",
            {town.east,
             {{"farm", std::string("老王")},
              {"quarter", *ParsePeriod(quarter)},
              {"opening", opening},
              {"closing", closing}},
             {},
             {}}
        );
    };
    CHECK(count("2022Q4", 7, 9).findings.empty());  // there is none before
    CHECK(count("2023Q1", 9, 12).findings.empty());
    CHECK(count("2023Q2", 11, 4).findings.at(0).code == "opening_not_closing");
    CHECK(count("2023Q4", 1, 1).findings.empty()
    );  // the third quarter is missing: not the second's matter
    CHECK(town.Faults().empty());
}

TEST_CASE("what is referred to is not deleted") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    Rows rows;
    rows.Add(town.PlantingRow(plot, 2023, "辣椒", "1", "a|b|1"));
    BatchWriter(town.ledger()).Apply(town.leader, rows, {});
    CHECK(ListOf([&] {
              town.ledger().Delete(town.leader, "plot", plot, 1);
          }).find("种植") != std::string::npos);
    CHECK(town.ledger().Find(town.leader, "plot", plot));
}

TEST_CASE("scope: nobody sees or writes beyond their villages") {
    Town town;
    const int64_t east_plot = town.Plot("甲1", "10");
    const int64_t west_plot = town.Plot("乙1", "10", town.west);
    const access::Actor clerk{"河西文书", {town.west}, false};
    CHECK_FALSE(town.ledger().Find(clerk, "plot", east_plot));
    CHECK(town.ledger().Find(clerk, "plot", west_plot));
    CHECK(town.ledger().History(clerk, "plot", east_plot).empty());
    CHECK(CodeOf([&] {
              town.ledger().Update(clerk, "plot", {east_plot, 1, {{"mu", D("1")}}, {}, {}});
          }) == "not_found");
    CHECK(CodeOf([&] {
              town.ledger().Update(clerk, "plot", {west_plot, 1, {}, {}, town.east});
          }) == "forbidden");
    CHECK(
        CodeOf([&] {
            town.ledger().Create(clerk, "plot", {town.east, {{"code", std::string("丙")}}, {}, {}});
        }) == "forbidden"
    );
    Query query;
    query.record = "plot";
    CHECK(town.ledger().Count(clerk, query) == 1);
    query.places = {town.east};
    CHECK(town.ledger().Count(clerk, query) == 0);
}

TEST_CASE(
    "secret and personal values: sealed at rest, masked for those who may not see them, found whole"
) {
    Town town;
    const Values values{
        {"code", std::string("甲1")},
        {"holder", std::string("欧阳建华")},
        {"holder_id", std::string("11010519491231002X")}};
    const int64_t id =
        town.ledger().Create(town.leader, "plot", {town.east, values, {}, {}}).ids[0];
    const access::Actor reader{"网格员", {}, false};
    const auto masked = town.ledger().Find(reader, "plot", id);
    CHECK(formula::ToText(masked->values.at("holder")) == "欧**华");
    CHECK(formula::ToText(masked->values.at("holder_id")) == "110***********002X");
    CHECK(
        formula::ToText(town.ledger().Find(town.leader, "plot", id)->values.at("holder_id")) ==
        "11010519491231002X"
    );
    CHECK(
        formula::ToText(town.ledger().History(reader, "plot", id)[0].record.values.at("holder")) ==
        "欧**华"
    );
    {
        const auto connection = town.ledger().services().database.Read();
        const Schema& schema = town.ledger().schema();
        const std::string column = schema.Of("plot").Find("holder_id")->name;
        const auto stored = connection->connection().First("select " + column + " from r_plot");
        CHECK(std::get<std::string>(stored.at(0)).find("1949") == std::string::npos);
    }
    Query query;
    query.record = "plot";
    query.equals = {{"holder_id", std::string("11010519491231002x")}};
    CHECK(town.ledger().Count(reader, query) == 1);
    query.equals = {{"holder_id", std::string("110105194912310021")}};
    CHECK(town.ledger().Count(reader, query) == 0);
    query.equals.clear();
    query.filter = "holder_id = '11010519491231002X'";
    CHECK(CodeOf([&] { town.ledger().Count(reader, query); }) == "secret_filter");
    query.filter.clear();
    query.sort = {{"holder_id", false}};
    CHECK(CodeOf([&] { town.ledger().List(reader, query); }) == "secret_filter");
}

TEST_CASE("a list is narrowed by what its texts hold") {
    Town town;
    for (const char* code : {"A-12", "a-13", "B%4", "B_5"}) {
        town.ledger().Create(
            town.leader,
            "plot",
            {town.east, {{"code", std::string(code)}, {"holder", std::string("张三")}}, {}, {}}
        );
    }
    const access::Actor reader{"网格员", {}, false};
    Query query;
    query.record = "plot";
    const auto count = [&](const access::Actor& actor, const std::string& field, const char* text) {
        query.contains = {{field, text}};
        return town.ledger().Count(actor, query);
    };
    CHECK(count(reader, "code", "A-1") == 2);
    CHECK(count(reader, "code", "13") == 1);
    // Signs that mean more to the database mean themselves.
    CHECK(count(reader, "code", "%") == 1);
    CHECK(count(reader, "code", "_") == 1);
    CHECK(count(reader, "code", "!") == 0);
    CHECK(count(reader, "code", "' or 1 = 1 --") == 0);
    CHECK(count(town.leader, "holder", "张") == 4);
    // Who sees 张* may not find out the rest by asking.
    CHECK(CodeOf([&] { count(reader, "holder", "张"); }) == "masked_filter");
    query.contains.clear();
    query.equals = {{"holder", std::string("张三")}};
    CHECK(CodeOf([&] { town.ledger().Count(reader, query); }) == "masked_filter");
    CHECK(town.ledger().Count(town.leader, query) == 4);
    query.equals.clear();
    CHECK(CodeOf([&] { count(town.leader, "holder_id", "1"); }) == "secret_filter");
    CHECK(CodeOf([&] { count(reader, "mu", "1"); }) == "bad_request");
    CHECK(CodeOf([&] { count(reader, "nothing", "1"); }) == "not_found");
}

TEST_CASE("titles") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    Rows rows;
    rows.Add(town.PlantingRow(plot, 2023, "辣椒", "1", "a|b|1"));
    const int64_t id = BatchWriter(town.ledger()).Apply(town.leader, rows, {}).ids.at(0);
    const auto row = town.ledger().Find(town.leader, "planting", id);
    CHECK(town.ledger().Title(town.type("planting"), *row) == "河东村甲12023年辣椒");
    const auto titles = RowTitles(town.ledger(), town.leader, "planting", {*row});
    CHECK(titles == std::vector<std::map<std::string, std::string>>{{{"plot", "河东村甲1"}}});
}

TEST_CASE("filter, sort, paging and count") {
    Town town;
    Rows rows;
    const std::vector<std::string> sizes{"3", "1", "", "2", "2", "", "5"};
    for (size_t i = 0; i < sizes.size(); ++i) {
        BatchRow row = town.PlotRow("甲" + std::to_string(i), "1", "a|b|" + std::to_string(i));
        row.values["mu"] = sizes[i].empty() ? formula::Value() : formula::Value(D(sizes[i]));
        row.place = i % 2 == 0 ? town.east : town.west;
        rows.Add(row);
    }
    BatchWriter(town.ledger()).Apply(town.leader, rows, {});
    Query query;
    query.record = "plot";
    query.limit = 2;
    const auto all = [&](std::vector<Sort> sort) {
        query.sort = std::move(sort);
        query.after.clear();
        std::string text;
        do {
            const Page page = town.ledger().List(town.leader, query);
            for (const Record& row : page.rows) {
                text += formula::ToText(row.values.at("code")).substr(3) + " ";
            }
            query.after = page.next;
        } while (!query.after.empty());
        return text;
    };
    CHECK(all({}) == "0 1 2 3 4 5 6 ");
    CHECK(all({{"mu", false}}) == "1 3 4 0 6 2 5 ");
    CHECK(all({{"mu", true}}) == "6 0 3 4 1 2 5 ");
    CHECK(all({{"place", true}, {"mu", false}}) == "1 3 5 4 0 6 2 ");
    CHECK(all({{"mu", false}, {"code", true}}) == "1 4 3 0 6 5 2 ");
    query.filter = "mu >= 2 and place.name = '河东村'";
    CHECK(all({}) == "0 4 6 ");
    CHECK(town.ledger().Count(town.leader, query) == 3);
    query.after = "bm9uc2Vuc2U=";
    CHECK(CodeOf([&] { town.ledger().List(town.leader, query); }) == "bad_cursor");
    query.after.clear();
    query.filter = "muu > 1";
    CHECK(CodeOf([&] { town.ledger().List(town.leader, query); }).find("formula") == 0);
}

TEST_CASE("a page begins after the last row of the one before, whatever came in between") {
    Town town;
    for (const char* code : {"乙", "丁", "己"}) {
        town.Plot(code, "1");
    }
    Query query;
    query.record = "plot";
    query.limit = 2;
    query.sort = {{"code", false}};
    Page page = town.ledger().List(town.leader, query);
    REQUIRE(page.rows.size() == 2);
    town.Plot("一", "1");  // sorts before all: belongs to the page that was read
    query.after = page.next;
    page = town.ledger().List(town.leader, query);
    REQUIRE(page.rows.size() == 1);
    CHECK(page.next.empty());
}

TEST_CASE("as of a past moment, and the deleted ones") {
    Town town;
    const int64_t id = town.Plot("甲1", "10");
    const int64_t first = town.Seq();
    const std::string then = town.Snapshot("plot");
    town.ledger().Update(town.leader, "plot", {id, 1, {{"mu", D("20")}}, {}, {}});
    town.Plot("甲2", "1");
    town.ledger().Delete(town.leader, "plot", id, 2);
    CHECK(town.Snapshot("plot", first) == then);
    Query query;
    query.record = "plot";
    query.deleted = true;
    CHECK(town.ledger().List(town.leader, query).rows.at(0).id == id);
    query.as_of_seq = first;
    CHECK(town.ledger().Count(town.leader, query) == 0);
}

TEST_CASE("dates known to a month or a year only, and rows after a village's end") {
    Town town;
    NewRecord row{
        town.east,
        {{"code", std::string("甲1")}, {"leased_on", Date{2021, 12, 31}}},
        {{"leased_on", DatePrecision::kYear}},
        {}};
    const int64_t id = town.ledger().Create(town.leader, "plot", row).ids[0];
    CHECK(
        town.ledger().Find(town.leader, "plot", id)->precision.at("leased_on") ==
        DatePrecision::kYear
    );
    town.ledger().Update(town.leader, "plot", {id, 1, {{"leased_on", Date{2021, 12, 31}}}, {}, {}});
    CHECK(town.ledger().Find(town.leader, "plot", id)->precision.empty());  // now known to the day
    town.ledger().services().database.Write([&](store::Connection& connection) {
        access::MergePlace(connection, 1, town.east, town.west, {2022, 6, 30});
    });
    row.values = {{"code", std::string("甲2")}, {"leased_on", Date{2022, 7, 1}}};
    CHECK(ListOf([&] {
              town.ledger().Create(town.leader, "plot", row);
          }).find("after_place_end") == 0);
    row.values["leased_on"] = Date{2022, 6, 30};
    CHECK(ListOf([&] { town.ledger().Create(town.leader, "plot", row); }).empty());
    CHECK(town.Faults().empty());
}

TEST_CASE("an export shows what the query shows, masked by right, with formulas defused") {
    Town town;
    town.ledger().Create(
        town.leader,
        "plot",
        {town.east,
         {{"code", std::string("=1+1")},
          {"mu", D("12.5")},
          {"holder", std::string("王小二")},
          {"leased_on", Date{2021, 12, 31}}},
         {{"leased_on", DatePrecision::kYear}},
         {}}
    );
    town.Plot("乙1", "3", town.west);
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("zw_export_" + std::to_string(getpid()) + ".csv");
    Query query;
    query.record = "plot";
    const auto text = [&](const access::Actor& actor) {
        Export(town.ledger(), actor, query, file);
        std::ifstream in(file, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    const std::string all = text(town.leader);
    CHECK(all.find("王小二") != std::string::npos);
    CHECK(all.find("'=1+1") != std::string::npos);
    CHECK(all.find("2021年") != std::string::npos);
    CHECK(all.find("河西村") != std::string::npos);
    const std::string masked = text({"网格员", {town.east}, false});
    CHECK(masked.find("王*二") != std::string::npos);
    CHECK(masked.find("王小二") == std::string::npos);
    CHECK(masked.find("河西村") == std::string::npos);
    query.filter = "mu < 10";
    CHECK(text(town.leader).find("王小二") == std::string::npos);
    std::filesystem::remove(file);
    CHECK(CodeOf([&] { Export(town.ledger(), town.leader, query, "x.pdf"); }) == "wrong_use");
}
