// Returns over the page's interface: who owes what, a zero return declared and taken back, a return
// withdrawn with a reason, each within the caller's lines and villages.

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::StaffedTown;

const std::string kEast = "621099101200";
const std::string kWest = "621099101201";

std::string Text(const json::value& value, const std::string& pointer) {
    const json::value& found = value.at_pointer(pointer);
    return found.is_string() ? std::string(found.as_string()) : json::serialize(found);
}

std::string AddressOf(const std::string& record, const std::string& place) {
    return "/api/v1/returns/" + record + "?period=2023&place=" + place;
}

Response Zero(const testing::Caller& who, const std::string& record, const std::string& place) {
    return who.Ask("POST", AddressOf(record, place), R"({"what":"zero"})");
}

// How a village stands: state, then " by hand" where it was said so, " rows" where rows stand.
std::string StateOf(const Response& answer, const std::string& place) {
    const json::value body = json::parse(answer.body);
    for (const json::value& one : body.at("places").as_array()) {
        if (Text(one, "/code") == place) {
            return Text(one, "/state") + (one.at("by_hand").as_bool() ? " by hand" : "") +
                   (one.at("has_rows").as_bool() ? " rows" : "");
        }
    }
    return "(none)";
}

int64_t LastSeq(const StaffedTown& town) {
    const auto reader = town.app->database().Read();
    int64_t seq = 0;
    reader->connection().Query(
        "select max(seq_from) from hand_return",
        {},
        [&](const store::Statement& row) { seq = row.Int(0); }
    );
    return seq;
}

TEST_CASE("everybody reads how each of their places stands") {
    const StaffedTown town;
    const auto returns = [&](const char* who) {
        return json::parse(town.As(who).Ask("GET", "/api/v1/returns?period=2023").body);
    };
    const json::value office = returns("office");
    REQUIRE(office.as_array().size() == 4);
    for (const json::value& one : office.as_array()) {
        CHECK(one.at("places").as_array().size() == 2);
        const bool quarterly = one.at("record") == "herd_quarter";
        CHECK(one.at("every") == (quarterly ? "quarter" : "year"));
        CHECK(one.at("at") == (quarterly ? "quarter" : "year"));
        CHECK(one.at("may_write").as_bool());
        const bool given = one.at("record") != "population" && !quarterly;
        for (const json::value& place : one.at("places").as_array()) {
            CHECK(Text(place, "/state") == (given ? "returned" : "missing"));
            CHECK(place.at("has_rows").as_bool() == given);
        }
    }
    const json::value clerk = returns("clerk");
    for (const json::value& one : clerk.as_array()) {
        REQUIRE(one.at("places").as_array().size() == 1);
        CHECK(Text(one, "/places/0/code") == kEast);
    }
    // The officer has the line of plantings alone.
    const json::value officer = returns("officer");
    for (const json::value& one : officer.as_array()) {
        CHECK(one.at("may_write").as_bool() == (one.at("record") == "planting"));
    }
    // A year's return is not owed by a month.
    CHECK(town.As("office").Ask("GET", "/api/v1/returns?period=2023-06").body == "[]");
}

TEST_CASE("a zero return is declared once and taken back without a word") {
    const StaffedTown town;
    const auto clerk = town.As("clerk");
    const Response declared = Zero(clerk, "population", kEast);
    REQUIRE_MESSAGE(declared.status == 200, declared.body);
    CHECK(StateOf(declared, kEast) == "zero by hand");
    CHECK(Text(json::parse(declared.body), "/places/0/by").find("东村文书") != std::string::npos);
    // The other village is not told of.
    CHECK(StateOf(declared, kWest) == "(none)");

    const int64_t seq = LastSeq(town);
    const Response again = Zero(clerk, "population", kEast);
    CHECK(again.status == 200);
    CHECK(LastSeq(town) == seq);

    const Response undone = clerk.Ask("DELETE", AddressOf("population", kEast));
    REQUIRE_MESSAGE(undone.status == 200, undone.body);
    CHECK(StateOf(undone, kEast) == "missing by hand");
    const int64_t after = LastSeq(town);
    CHECK(after > seq);
    CHECK(clerk.Ask("DELETE", AddressOf("population", kEast)).status == 200);
    CHECK(LastSeq(town) == after);
}

TEST_CASE("what was entered is withdrawn with a reason only, and comes back") {
    const StaffedTown town;
    const auto clerk = town.As("clerk");
    const std::string path = AddressOf("planting", kEast);
    const Response silent = clerk.Ask("DELETE", path);
    CHECK(silent.status == 422);
    CHECK(Text(json::parse(silent.body), "/code") == "reason_needed");

    const Response withdrawn = clerk.Ask("DELETE", path + "&why=%E6%95%B0%E6%9C%89%E8%AF%AF");
    REQUIRE_MESSAGE(withdrawn.status == 200, withdrawn.body);
    CHECK(StateOf(withdrawn, kEast) == "missing by hand rows");
    CHECK(Text(json::parse(withdrawn.body), "/places/0/why") == "数有误");

    const Response back = clerk.Ask("POST", path, R"({"what":"returned"})");
    CHECK(StateOf(back, kEast) == "returned rows");
}

TEST_CASE("no zero return beside rows that are not zero") {
    const StaffedTown town;
    const int64_t seq = LastSeq(town);
    const Response refused = Zero(town.As("clerk"), "planting", kEast);
    CHECK(refused.status == 409);
    CHECK(Text(json::parse(refused.body), "/code") == "return_not_zero");
    CHECK(LastSeq(town) == seq);
}

TEST_CASE("nobody speaks for a village or a line that is not theirs") {
    const StaffedTown town;
    CHECK(Zero(town.As("clerk"), "population", kWest).status == 403);
    CHECK(Zero(town.As("officer"), "population", kEast).status == 403);
    const std::string own = "/api/v1/returns/planting?period=2022&place=" + kEast;
    CHECK(town.As("officer").Ask("POST", own, R"({"what":"zero"})").status == 200);
    CHECK(Zero(town.As("leader"), "population", kEast).status == 403);
    CHECK(Zero(town.As("reader"), "population", kEast).status == 403);
    CHECK(Zero(town.As("nobody"), "population", kEast).status == 401);
    const auto office = town.As("office");
    // 镇本级 owes no return, the town as a whole neither.
    CHECK(Zero(office, "population", "itself").status == 422);
    const Response whole = Zero(office, "population", "");
    CHECK(Text(json::parse(whole.body), "/code") == "place_owes_none");
    const std::string month = "/api/v1/returns/population?period=2023-06&place=" + kEast;
    const Response part = office.Ask("POST", month, R"({"what":"zero"})");
    CHECK(Text(json::parse(part.body), "/code") == "bad_period");
    CHECK(office.Ask("POST", AddressOf("population", kEast), R"({"what":"late"})").status == 400);
    CHECK(Zero(office, "nothing", kEast).status == 404);
    CHECK(LastSeq(town) > 0);  // the officer's own
}

TEST_CASE("without the page's token nothing is declared") {
    const StaffedTown town;
    auto clerk = town.As("clerk");
    clerk.csrf.clear();
    CHECK(Zero(clerk, "population", kEast).status == 403);
    CHECK(LastSeq(town) == 0);
}

}  // namespace
}  // namespace zw::http
