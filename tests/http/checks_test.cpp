// 核数: lines of work speak for their figures; what is said lapses when the figure changes, and the
// log holds it.

#include <doctest/doctest.h>

#include <algorithm>

#include "app/safety.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

struct Draft {
    Draft() {
        const Response made =
            town.As("office").Create("/api/v1/reports/annual/editions?period=2023", "{}", "draft");
        REQUIRE(made.status == 201);
        checks = "/api/v1/editions/" +
                 std::to_string(json::parse(made.body).at("edition").as_int64()) + "/checks";
    }
    json::array Lines(const std::string& who = "office") const {
        const Response answer = town.As(who).Ask("GET", checks);
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("lines").as_array();
    }
    json::object Figure(const std::string& slot) const {
        for (const json::value& line : Lines()) {
            for (const json::value& figure : line.at("figures").as_array()) {
                if (figure.at("slot").as_string() == slot) {
                    return figure.as_object();
                }
            }
        }
        return {};
    }
    Response Say(
        const std::string& who,
        const std::string& slot,
        const std::string& state,
        const std::string& word = ""
    ) const {
        const json::object body{{"slots", {slot}}, {"state", state}, {"word", word}};
        return town.As(who).Ask("POST", checks, json::serialize(body));
    }
    // A slot of the line; of any other line where `of` is false.
    std::string SlotOf(const std::string& line, bool of = true) const {
        for (const json::value& one : Lines()) {
            if ((one.at("line").as_string() == line) == of) {
                return std::string(one.at("figures").at(0).at("slot").as_string());
            }
        }
        return "";
    }

    StaffedTown town;
    std::string checks;
};

std::string Code(const Response& response) {
    return std::string(json::parse(response.body).at("code").as_string());
}

TEST_CASE("a line speaks for its own figures only, a leader and a reader for none") {
    const Draft draft;
    const std::string other = draft.SlotOf("industry/plot", false);
    REQUIRE(other != "");
    CHECK(draft.Figure(other).at("state") == "open");
    CHECK(draft.Say("officer", other, "confirmed").status == 403);
    CHECK(draft.Say("leader", other, "confirmed").status == 403);
    CHECK(draft.Say("reader", other, "confirmed").status == 403);
    CHECK(draft.Figure(other).at("state") == "open");
    for (const json::value& line : draft.Lines("officer")) {
        CHECK(line.at("may_check").as_bool() == (line.at("line") == "industry/plot"));
    }
    CHECK(draft.Say("office", other, "confirmed").status == 200);
    const json::object said = draft.Figure(other);
    CHECK(said.at("state") == "confirmed");
    CHECK(said.at("by").as_string().find("综合办小王") != json::string::npos);
}

TEST_CASE("who disputes says why; a figure that is not in the report is refused") {
    const Draft draft;
    const std::string slot = draft.SlotOf("", false);
    CHECK(Code(draft.Say("office", slot, "disputed", "  ")) == "reason_needed");
    CHECK(draft.Say("office", slot, "disputed", "少了一个村").status == 200);
    CHECK(draft.Figure(slot).at("state") == "disputed");
    CHECK(draft.Figure(slot).at("word") == "少了一个村");
    CHECK(draft.Say("office", slot, "confirmed").status == 200);
    CHECK(draft.Figure(slot).at("state") == "confirmed");
    CHECK(Code(draft.Say("office", "no_such_slot", "confirmed")) == "not_found");
    CHECK(draft.Say("office", slot, "perhaps").status == 400);
}

TEST_CASE("what was said of a figure lapses when it changes") {
    const Draft draft;
    std::vector<std::string> slots;
    for (const json::value& line : draft.Lines()) {
        for (const json::value& figure : line.at("figures").as_array()) {
            slots.emplace_back(figure.at("slot").as_string());
        }
    }
    const json::object all{
        {"slots", json::array(slots.begin(), slots.end())}, {"state", "confirmed"}};
    REQUIRE(draft.town.As("office").Ask("POST", draft.checks, json::serialize(all)).status == 200);
    // One of the rescue team's three leaves.
    access::Actor maker;
    maker.name = "测试员";
    draft.town.app->ledger().Delete(maker, "team_member", draft.town.Row("team_member", "西村"), 1);
    size_t changed = 0;
    for (const std::string& slot : slots) {
        const json::object figure = draft.Figure(slot);
        const bool lapsed = figure.at("state") == "changed";
        changed += lapsed ? 1 : 0;
        CHECK((figure.at("was") != figure.at("text") && figure.at("was") != "") == lapsed);
    }
    CAPTURE(slots.size());
    CHECK(changed > 0);
    CHECK(changed < slots.size());
}

TEST_CASE("a statement changed behind the program is found") {
    const Draft draft;
    REQUIRE(draft.Say("office", draft.SlotOf("", false), "disputed", "少了一个村").status == 200);
    app::App& app = *draft.town.app;
    CHECK(app::VerifyTown(app, {}, {}).sound());
    app.database().Write([](store::Connection& connection) {
        connection.Run("update report_check set disputed = 0", {});
    });
    const audit::VerifyResult result = app::VerifyTown(app, {}, {});
    REQUIRE(result.faults.size() == 1);
    CHECK(result.faults.front().Message().find("核数") != std::string::npos);
}

}  // namespace
}  // namespace zw::http
