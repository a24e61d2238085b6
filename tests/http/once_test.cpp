// Creates that are sent again under their Idempotency-Key: made once, answered again.

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "app/app.h"
#include "report/forms.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

std::string Text(const Response& answer, const char* name) {
    return std::string(json::parse(answer.body).at(name).as_string());
}

TEST_CASE("a figure is entered once") {
    const StaffedTown town;
    const Caller office = town.As("office");
    const std::string to = "/api/v1/figures/planted_vegetable_output_t/entered?period=2023";
    const std::string body = R"({"value":"9","kind":"forecast","reason":"预计"})";
    CHECK(office.Create(to, body, "").status == 428);
    const Response first = office.Create(to, body, "k");
    REQUIRE(first.status == 201);
    const Response again = office.Create(to, body, "k");
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
    CHECK(town.app->figures().Entries().size() == 1);
    CHECK(
        office.Create(to, R"({"value":"8","kind":"forecast","reason":"预计"})", "k").status == 422
    );
    // The period is part of what was asked.
    const std::string year_before =
        "/api/v1/figures/planted_vegetable_output_t/entered?period=2022";
    CHECK(office.Create(year_before, body, "k").status == 422);
    // Another key is another entry, and a key is one person's.
    CHECK(office.Create(to, body, "l").status == 201);
    CHECK(town.app->figures().Entries().size() == 2);
}

TEST_CASE("a draft from an earlier edition is begun once") {
    const StaffedTown town;
    const Caller office = town.As("office");
    const std::string to = "/api/v1/reports/annual/editions?period=2023";
    CHECK(office.Create(to, "{}", "").status == 428);
    const Response first = office.Create(to, "{}", "first");
    REQUIRE(first.status == 201);
    const std::string from =
        R"({"from_edition":")" + json::serialize(json::parse(first.body).at("edition")) + "\"}";
    const Response copy = office.Create(to, from, "copy");
    REQUIRE(copy.status == 201);
    CHECK(copy.body != first.body);
    CHECK(office.Create(to, from, "copy").body == copy.body);
    CHECK(town.app->reports().List().size() == 2);
}

TEST_CASE("a user is made once; the one-time password that was lost is replaced until it was used"
) {
    const StaffedTown town;
    const Caller leader = town.As("leader");
    const size_t before = town.app->accounts().List().size();
    const std::string body = json::serialize(json::object{
        {"login", "nan"},
        {"name", "西村文书"},
        {"role", "village_clerk"},
        {"places", json::array{"621099101201"}},
        {"why", "换届"}});
    CHECK(leader.Create("/api/v1/users", body, "").status == 428);
    const Response lost = leader.Create("/api/v1/users", body, "nan");
    REQUIRE(lost.status == 201);
    const Response told = leader.Create("/api/v1/users", body, "nan");
    REQUIRE(told.status == 201);
    CHECK(Text(told, "id") == Text(lost, "id"));
    CHECK(town.app->accounts().List().size() == before + 1);
    // What the first answer said opens nothing any more.
    Caller clerk(town.router, "192.168.1.30");
    CHECK(clerk.SignIn("nan", Text(lost, "one_time_password")) == 401);
    CHECK(clerk.SignIn("nan", Text(told, "one_time_password")) == 200);
    const json::object chosen{{"old", Text(told, "one_time_password")}, {"new", "xi-cun-qiao-tou"}};
    REQUIRE(clerk.Ask("POST", "/api/v1/session/password", json::serialize(chosen)).status == 200);
    CHECK(Text(leader.Create("/api/v1/users", body, "nan"), "code") == "login_taken");
    CHECK(clerk.SignIn("nan", "xi-cun-qiao-tou") == 200);
}

}  // namespace
}  // namespace zw::http
