// What the page is told beside the numbers: names in place of ids, which ledgers a figure needs,
// what its records belong to.

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "app/setup.h"
#include "base/environment.h"
#include "http/api.h"
#include "tests/support/temp_folder.h"

namespace zw::http {
namespace {

namespace json = boost::json;

constexpr const char* kSettings = R"({
  "town": {"name": "试验镇", "code": "621099101000"},
  "county": {"name": "试验县", "code": "621099000000"},
  "villages": [
    {"code": "621099101200", "name": "东村", "aliases": [], "groups": 3},
    {"code": "621099101201", "name": "西村", "aliases": [], "groups": 2}
  ]
})";

// A town of the built-in definitions with two plots, one of them planted, and a target.
struct Town {
    Town() {
        const app::TownSettings settings = app::ParseTownSettings(kSettings);
        app::InitTown(folder / "town", settings, {}, environment);
        app = app::App::Open(folder / "town", {}, environment);
        AddAllRoutes(router, *app);
        const int64_t east = *app->Places().Match("东村");
        const int64_t plot = Create(
            "plot",
            east,
            {{"code", std::string("A-12")},
             {"name", std::string("东坡地")},
             {"holder", std::string("欧阳建华")},
             {"mu", Decimal{1000, 2}}}
        );
        Create(
            "plot",
            *app->Places().Match("西村"),
            {{"code", std::string("B-7")}, {"mu", Decimal{500, 2}}}
        );
        Create(
            "planting",
            east,
            {{"plot", plot},
             {"year", *ParsePeriod("2023")},
             {"season", std::string("春播")},
             {"crop", std::string("辣椒")},
             {"sown", Decimal{200, 2}},
             {"yield", Decimal{4000, 0}}}
        );
        Create(
            "target",
            app->Places().town_itself().id,
            {{"indicator", std::string("planted_vegetable_output_t")},
             {"year", *ParsePeriod("2023")},
             {"value", Decimal{16, 0}}}
        );
    }

    int64_t Create(const std::string& record, int64_t place, const ledger::Values& values) {
        return app->ledger().Create(clerk, record, {place, values, {}, {}}).ids.at(0);
    }

    Response Answer(const std::string& target) const {
        Request request;
        ParseTarget(target, request);
        request.address = "127.0.0.1";  // a town without users is read at its own machine
        return router.Handle(request);
    }
    json::value Get(const std::string& target) const {
        const Response response = Answer(target);
        REQUIRE_MESSAGE(response.status == 200, target << " -> " << response.body);
        return json::parse(response.body);
    }

    testing::TempFolder folder;
    FixedClock clock{1704067200000};
    SystemRandom random;
    app::Environment environment{clock, random};
    access::Actor clerk{"测试员", {}, true};
    std::unique_ptr<app::App> app;
    Router router;
};

std::string Text(const json::value& value, const std::string& pointer) {
    const json::value& found = value.at_pointer(pointer);
    return found.is_string() ? std::string(found.as_string()) : json::serialize(found);
}

TEST_CASE("the page is told names, needs and origins") {
    const Town town;

    SUBCASE("lists are narrowed by what texts hold, personal ones refused") {
        CHECK(Text(town.Get("/api/v1/records/plot?contains.code=a-1"), "/count") == "1");
        CHECK(Text(town.Get("/api/v1/records/plot?contains.code=-"), "/count") == "2");
        const Response refused = town.Answer("/api/v1/records/plot?contains.holder=%E5%BB%BA");
        CHECK(Text(json::parse(refused.body), "/code") == "masked_filter");
    }
    SUBCASE("references and names of definitions read as what they name") {
        const json::value planting = town.Get("/api/v1/records/planting");
        CHECK(Text(planting, "/rows/0/titles/plot") == "东村东坡地");
        const json::value targets = town.Get("/api/v1/records/target");
        CHECK(Text(targets, "/rows/0/titles/indicator") == "登记蔬菜产量");
        const json::value one = town.Get("/api/v1/records/target/" + Text(targets, "/rows/0/id"));
        CHECK(Text(one, "/title") == "登记蔬菜产量2023年");
        const json::value setting =
            town.Get("/api/v1/records/town_setting?filter=key%3D'town.name'");
        CHECK(Text(setting, "/rows/0/titles/key") == "镇名");
    }
    SUBCASE("a figure says its target, its ledgers and what its records add to") {
        const std::string path = "/api/v1/figures/planted_vegetable_output_t";
        const json::value figure = town.Get(path + "?period=2023");
        CHECK(Text(figure, "/figure/value") == "8");
        CHECK(Text(figure, "/figure/target/completion") == "50");
        CHECK(Text(figure, "/figure/scope").empty());
        CHECK(figure.at_pointer("/figure/included").as_array().empty());
        CHECK(figure.at("ledgers").as_array().size() == 1);
        CHECK(Text(figure, "/ledgers/0/name") == "种植登记");
        CHECK(Text(figure, "/ledgers/0/reported") == "year");
        const json::value rows = town.Get(path + "/records?period=2023");
        CHECK(Text(rows, "/rows/0/indicator_name") == "登记蔬菜产量");
        CHECK(Text(rows, "/rows/0/adds") == "8");
    }
    SUBCASE("a derived figure names its inputs and the ledgers of all of them") {
        const json::value figure = town.Get("/api/v1/figures/value_per_head_yuan?period=2023");
        std::string inputs;
        for (const json::value& input : figure.at_pointer("/explanation/inputs").as_array()) {
            inputs += Text(input, "/name") + " ";
        }
        CHECK(inputs == "乡村人口 蔬菜产值 ");
        CHECK(figure.at("ledgers").as_array().size() == 2);
    }
    SUBCASE("a village that has ended is named with what it adds to its successor") {
        const int64_t east = *town.app->Places().Match("东村");
        const int64_t west = *town.app->Places().Match("西村");
        town.app->database().Write([&](store::Connection& connection) {
            access::MergePlace(connection, town.app->town(), east, west, Date{2023, 11, 30});
        });
        const json::value figure =
            town.Get("/api/v1/figures/planted_vegetable_output_t?period=2023&place=621099101201");
        CHECK(Text(figure, "/figure/included/0/place_name") == "东村");
        CHECK(Text(figure, "/figure/included/0/adds") == "8");
    }
}

TEST_CASE("every place of the report that waits says which ledgers it waits for") {
    const Town town;
    const json::value report = town.Get("/api/v1/reports/annual?period=2023");
    size_t waiting = 0;
    for (const json::value& slot : report.at("slots").as_array()) {
        const json::array& ledgers = slot.at("ledgers").as_array();
        if (!slot.at("blocks").as_bool()) {
            CHECK(ledgers.empty());
            continue;
        }
        ++waiting;
        CHECK_MESSAGE(!ledgers.empty(), json::serialize(slot));
        for (const json::value& ledger : ledgers) {
            CHECK(
                town.app->model().FindRecord(Text(ledger, "/record"))->name.zh ==
                Text(ledger, "/name")
            );
        }
    }
    CHECK(waiting > 10);
}

}  // namespace
}  // namespace zw::http
