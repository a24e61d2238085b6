// Signing in over the wire's own words: cookies, tokens of the page, the first start, users, masked
// values opened; and the filters by which a masked value could be guessed.

#include <doctest/doctest.h>

#include <stdexcept>

#include "audit/log.h"
#include "base/text.h"
#include "http/guard.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

std::string CodeOf(const Response& response) {
    return std::string(json::parse(response.body).at("code").as_string());
}

std::string Body(const json::object& object) {
    return json::serialize(object);
}

TEST_CASE("a route that nobody gave a rule does not start") {
    Router router;
    const auto handler = [](const Request&) { return Response(); };
    CHECK_THROWS_AS(router.Add("GET", "/api/v1/x", Rule::kNone, handler), std::logic_error);
    router.Add("GET", "/api/v1/x", Rule::kRead, handler);
    CHECK_THROWS_AS(router.Add("GET", "/api/v1/x", Rule::kRead, handler), std::logic_error);
    // Without a guard only what is open answers.
    Request request;
    request.path = "/api/v1/x";
    CHECK(router.Handle(request).status == 401);
}

TEST_CASE("the cookie is out of reach of scripts and other sites") {
    const StaffedTown town;
    Caller caller(town.router);
    const Response response = caller.Ask(
        "POST", "/api/v1/session", Body({{"login", "office"}, {"password", StaffedTown::kPassword}})
    );
    CHECK(response.status == 200);
    const std::string cookie = response.headers.at("Set-Cookie");
    CHECK(StartsWith(cookie, "zhenwu_" + std::to_string(town.app->town()) + "="));
    CHECK(cookie.find("; HttpOnly") != std::string::npos);
    CHECK(cookie.find("; SameSite=Strict") != std::string::npos);
    CHECK(cookie.find("Secure") == std::string::npos);
    Request secure;
    secure.secure = true;
    CHECK(EndsWith(SessionCookie(secure, 1, "x"), "; Secure"));
    CHECK(StartsWith(SessionCookie(secure, 1, "x"), "__Host-zhenwu_1=x; Path=/;"));
    const json::value session = json::parse(response.body);
    CHECK(session.at("user").at("login") == "office");
    CHECK(session.at("may").at("write").as_bool());
    CHECK_FALSE(session.at("may").at("users").as_bool());
    CHECK(response.body.find("argon2") == std::string::npos);
}

TEST_CASE("whatever changes something carries the session's token and comes from the page") {
    const StaffedTown town;
    const Caller office = town.As("office");
    const auto status = [&](const char* header, const std::string& value) {
        Request request = office.Make("DELETE", "/api/v1/sessions/1");
        request.headers["x-csrf-token"] = office.csrf;
        request.headers[header] = value;
        return town.router.Handle(request).status;
    };
    CHECK(status("x-csrf-token", office.csrf) == 404);  // heard: there is no such session
    CHECK(status("x-csrf-token", "") == 403);
    CHECK(status("x-csrf-token", town.As("office").csrf) == 403);  // of another session
    CHECK(status("origin", "http://evil.example") == 403);
    CHECK(status("origin", "null") == 403);
    CHECK(status("origin", "http://127.0.0.1:8080") == 404);
    CHECK(status("sec-fetch-site", "cross-site") == 403);
    CHECK(status("sec-fetch-site", "same-site") == 403);
    CHECK(status("sec-fetch-site", "same-origin") == 404);
    // Signing in needs no session, yet no form of elsewhere can do it.
    Request form = Caller(town.router)
                       .Make(
                           "POST",
                           "/api/v1/session",
                           Body({{"login", "office"}, {"password", StaffedTown::kPassword}})
                       );
    form.headers["content-type"] = "text/plain";
    CHECK(town.router.Handle(form).status == 400);
}

TEST_CASE("signing out ends the session, not the cookie alone") {
    const StaffedTown town;
    const Caller office = town.As("office");
    CHECK(office.Ask("GET", "/api/v1/town").status == 200);
    const Response out = office.Ask("DELETE", "/api/v1/session");
    CHECK(out.status == 200);
    CHECK(out.headers.at("Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(office.Ask("GET", "/api/v1/town").status == 401);
}

TEST_CASE("the first password must be changed before anything else") {
    const StaffedTown town;
    Caller first = town.As("first");
    CHECK(CodeOf(first.Ask("GET", "/api/v1/town")) == "password_first");
    CHECK(first.Ask("GET", "/api/v1/session").status == 200);
    CHECK(first.Ask("GET", "/api/v1/sessions").status == 200);
}

TEST_CASE("the first start: once, at the machine itself") {
    StaffedTown town;
    const Caller here(town.router);
    const std::string body =
        Body({{"login", "mayor"}, {"name", "镇长"}, {"password", StaffedTown::kPassword}});
    CHECK(CodeOf(here.Ask("POST", "/api/v1/first-start", body)) == "users_there");
    CHECK_FALSE(json::parse(here.Ask("GET", "/api/v1/session").body).at("first_start").as_bool());

    town.app->database().Write([](store::Connection& connection) {
        connection.Run("delete from account where town > 0");
    });
    const Caller there(town.router, "192.168.1.9");
    CHECK(CodeOf(there.Ask("GET", "/api/v1/town")) == "login_first");
    CHECK(CodeOf(there.Ask("POST", "/api/v1/first-start", body)) == "loopback_only");
    CHECK_FALSE(json::parse(there.Ask("GET", "/api/v1/session").body).at("first_start").as_bool());

    // Nobody has a login yet: at the machine itself everything is read, nothing written.
    CHECK(here.Ask("GET", "/api/v1/town").status == 200);
    CHECK(CodeOf(here.Ask("GET", "/api/v1/users")) == "users_first");
    CHECK(json::parse(here.Ask("GET", "/api/v1/session").body).at("first_start").as_bool());
    CHECK(
        CodeOf(here.Ask(
            "POST",
            "/api/v1/first-start",
            Body({{"login", "mayor"}, {"name", "镇长"}, {"password", "12345678"}})
        )) == "bad_password"
    );
    Caller mayor(town.router);
    const Response made = mayor.Ask("POST", "/api/v1/first-start", body);
    CHECK(made.status == 201);
    mayor.Take(made);
    CHECK(mayor.Ask("GET", "/api/v1/users").status == 200);
    CHECK(CodeOf(here.Ask("GET", "/api/v1/town")) == "login_first");
}

TEST_CASE("a leader invites, changes, lets in again and shuts out") {
    const StaffedTown town;
    const Caller leader = town.As("leader");
    const json::object draft{
        {"login", "nan"},
        {"name", "西村文书"},
        {"role", "village_clerk"},
        {"places", json::array{"621099101201"}},
        {"why", "换届"}};
    const Response made = leader.Create("/api/v1/users", Body(draft), "nan");
    REQUIRE(made.status == 201);
    const json::value user = json::parse(made.body);
    const std::string id(user.at("id").as_string());
    const std::string password(user.at("one_time_password").as_string());
    Caller clerk(town.router, "192.168.1.30");
    CHECK(clerk.SignIn("nan", password) == 200);

    const Response next = clerk.Ask(
        "POST", "/api/v1/session/password", Body({{"old", password}, {"new", "xi-cun-qiao-tou"}})
    );
    REQUIRE(next.status == 200);
    CHECK(clerk.Ask("GET", "/api/v1/town").status == 401);  // the old session is gone
    clerk.Take(next);
    CHECK(clerk.Ask("GET", "/api/v1/town").status == 200);

    json::object off{{"disabled", true}};
    const std::string path = "/api/v1/users/" + id;
    CHECK(CodeOf(leader.Ask("PATCH", path, Body(off))) == "reason_needed");
    off["why"] = "调走";
    CHECK(leader.Ask("PATCH", path, Body(off)).status == 200);
    CHECK(clerk.Ask("GET", "/api/v1/town").status == 401);
    const Response list = leader.Ask("GET", "/api/v1/users");
    CHECK(list.body.find("argon2") == std::string::npos);
    CHECK(list.body.find(password) == std::string::npos);
    CHECK(leader.Ask("POST", path + "/password", Body({{"why", "忘记"}})).status == 200);
}

TEST_CASE("one masked value is opened with a reason, which the log keeps, and the value not") {
    const StaffedTown town;
    const Caller clerk = town.As("clerk");
    const std::string member = std::to_string(town.Row("team_member", "东村"));
    const std::string row = "/api/v1/records/team_member/" + member;
    CHECK(clerk.Ask("GET", row).body.find("13800000000") == std::string::npos);
    const auto reveal = [&](const json::object& body) {
        return clerk.Ask("POST", row + "/reveal", Body(body));
    };
    CHECK(CodeOf(reveal({{"field", "phone"}})) == "reason_needed");
    CHECK(reveal({{"field", "phone"}, {"why", " "}}).status == 422);
    CHECK(CodeOf(reveal({{"field", "squad"}, {"why", "核对"}})) == "not_masked");
    CHECK(reveal({{"field", "none"}, {"why", "核对"}}).status == 404);
    const Response opened = reveal({{"field", "phone"}, {"why", "通知培训"}});
    CHECK(json::parse(opened.body).at("value") == "13800000000");
    std::string last;
    audit::Log::Each(
        town.app->database().Read()->connection(),
        town.app->town(),
        [&](const audit::LoggedEntry& entry) { last = entry.entry.by + "|" + entry.entry.why; }
    );
    CHECK(
        last ==
        "东村文书（clerk）|查看隐去内容：应急救援队员花名册 " + member + " 的“联系电话”；通知培训"
    );
}

TEST_CASE("nothing is found or sorted by what is masked, nor by rows of other places") {
    const StaffedTown town;
    const auto ask = [&](const Caller& who, const std::string& query) {
        return CodeOf(who.Ask("GET", "/api/v1/records/" + query));
    };
    const Caller office = town.As("office");
    CHECK(ask(office, "team_member?filter=phone%3D'13800000000'") == "masked_filter");
    CHECK(ask(office, "team_member?sort=phone") == "masked_filter");
    CHECK(ask(office, "team_member?sort=-name") == "masked_filter");
    CHECK(ask(office, "team_member?contains.name=a") == "masked_filter");
    CHECK(ask(office, "team_member?contains.id_number=99") == "secret_filter");
    CHECK(ask(office, "planting?filter=plot.holder%3D'a'") == "masked_filter");
    CHECK(office.Ask("GET", "/api/v1/records/planting?filter=plot.mu%3E5").status == 200);
    const Caller clerk = town.As("clerk");
    CHECK(ask(clerk, "planting?filter=plot.mu%3E5") == "scope_filter");
    CHECK(clerk.Ask("GET", "/api/v1/records/planting?filter=sown%3E1").status == 200);
}

TEST_CASE("a reference to a row of another village says no more than that") {
    StaffedTown town;
    // 东村's planting on a plot of 西村.
    access::Actor maker;
    maker.unmask = true;
    const int64_t id = town.app->ledger()
                           .Create(
                               maker,
                               "planting",
                               {*town.app->Places().Match("东村"),
                                {{"plot", town.Row("plot", "西村")},
                                 {"year", *ParsePeriod("2023")},
                                 {"season", std::string("夏播")},
                                 {"crop", std::string("辣椒")},
                                 {"sown", Decimal{100, 2}}},
                                {},
                                {}}
                           )
                           .ids.at(0);
    const std::string path = "/api/v1/records/planting/" + std::to_string(id);
    const Response seen = town.As("clerk").Ask("GET", path);
    CHECK(seen.status == 200);
    CHECK(seen.body.find(testing::kForeign) == std::string::npos);
    CHECK(seen.body.find("不在您负责的范围内") != std::string::npos);
    CHECK(town.As("reader").Ask("GET", path).body.find(testing::kForeign) != std::string::npos);
}

TEST_CASE("rows are written by those whose lines and villages they are") {
    StaffedTown town;
    const auto actor = [&](const char* login) {
        return access::ActorOf(town.app->accounts().GetByLogin(login));
    };
    const int64_t east = *town.app->Places().Match("东村");
    const int64_t west = *town.app->Places().Match("西村");
    int number = 0;
    const auto write = [&](const char* login, const std::string& record, int64_t place) {
        ledger::NewRecord row{place, {}, {}, {}};
        if (record == "plot") {
            row.values = {{"code", "N" + std::to_string(++number)}, {"mu", Decimal{100, 2}}};
        } else {
            row.values = {{"year", Period{*ParsePeriod("2022")}}};
        }
        try {
            town.app->ledger().Create(actor(login), record, row);
            return true;
        } catch (const Problem& problem) {
            CHECK(problem.code() == "forbidden");
            return false;
        }
    };
    CHECK(write("office", "plot", west));
    CHECK(write("officer", "plot", west));
    CHECK_FALSE(write("officer", "vegetable_return", west));
    CHECK(write("clerk", "plot", east));
    CHECK_FALSE(write("clerk", "plot", west));
    CHECK_FALSE(write("leader", "plot", east));
    CHECK_FALSE(write("reader", "plot", east));
    CHECK_FALSE(write("reader_east", "plot", east));
    // Settings and targets hold for the whole town wherever their row stands.
    const auto target = [&](const char* login) {
        try {
            town.app->ledger().Create(
                actor(login),
                "target",
                {east,
                 {{"indicator", std::string("planted_vegetable_output_t")},
                  {"year", *ParsePeriod("2024")},
                  {"value", Decimal{16, 0}}},
                 {},
                 {}}
            );
            return true;
        } catch (const Problem& problem) {
            CHECK(problem.code() == "forbidden");
            return false;
        }
    };
    CHECK_FALSE(target("clerk"));
    CHECK_FALSE(target("officer"));
    CHECK(target("leader"));
    // A row cannot be carried over the border, in or out.
    const int64_t own = town.Row("plot", "东村");
    ledger::Change change;
    change.id = own;
    change.version = 1;
    change.place = west;
    CHECK_THROWS_AS(town.app->ledger().Update(actor("clerk"), "plot", change), Problem);
    CHECK_THROWS_AS(
        town.app->ledger().Delete(actor("clerk"), "plot", town.Row("plot", "西村"), 1), Problem
    );
    CHECK_THROWS_AS(town.app->ledger().Delete(actor("reader"), "plot", own, 1), Problem);
}

}  // namespace
}  // namespace zw::http
