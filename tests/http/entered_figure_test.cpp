// Adopted and forecast figures entered over the page's interface, and a figure's sheet.

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::StaffedTown;

const std::string kFigure = "/api/v1/figures/planted_vegetable_output_t";

std::string Text(const Response& answer, const std::string& pointer) {
    const json::value body = json::parse(answer.body);
    const json::value& found = body.at_pointer(pointer);
    return found.is_string() ? std::string(found.as_string()) : json::serialize(found);
}

Response Enter(const testing::Caller& who, const std::string& body, const std::string& at = "") {
    static int keys = 0;
    return who.Create(
        kFigure + "/entered?period=2023" + at, body, "entered-" + std::to_string(++keys)
    );
}

const std::string kAdopted =
    R"({"value":"2500.5","kind":"adopted","document":"县统计局〔2024〕3号","reason":"县局核定"})";

TEST_CASE("an adopted figure stands beside the computed one, with who, why and by which document") {
    const StaffedTown town;
    const auto office = town.As("office");
    // 2 亩 × 4000 公斤 = 8 吨, in each of three places.
    CHECK(Text(office.Ask("GET", kFigure + "?period=2023"), "/figure/value") == "24");
    const Response made = Enter(office, kAdopted);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(Text(made, "/figure/value") == "2500.50");
    CHECK(Text(made, "/figure/state") == "adopted");
    CHECK(Text(made, "/figure/computed") == "24");
    CHECK(Text(made, "/entered/0/document") == "县统计局〔2024〕3号");
    CHECK(Text(made, "/entered/0/reason") == "县局核定");
    CHECK(Text(made, "/entered/0/by").find("综合办小王") != std::string::npos);
    CHECK(Text(made, "/entered/0/at").substr(0, 10) == "2024-01-01");

    // Another value is a second entry, the newest counts.
    const Response forecast =
        Enter(office, R"({"value":"2600","kind":"forecast","reason":"预计全年"})");
    CHECK(Text(forecast, "/figure/state") == "forecast");
    CHECK(Text(forecast, "/entered/1/value") == "2500.50");
    // A clerk reads the town's figure cut to their village: what was fixed for the town is not it.
    const Response cut = town.As("clerk").Ask("GET", kFigure + "?period=2023");
    CHECK(Text(cut, "/figure/value") == "8");
    CHECK(Text(cut, "/entered") == "[]");
}

TEST_CASE("the list of all entries is open to every reader, newest first") {
    const StaffedTown town;
    const auto list = [&](const char* who, const std::string& query = "") {
        return json::parse(town.As(who).Ask("GET", "/api/v1/entries" + query).body).as_array();
    };
    CHECK(list("reader").empty());
    REQUIRE(Enter(town.As("office"), kAdopted).status == 201);
    REQUIRE(
        Enter(town.As("office"), R"({"value":"9","kind":"forecast","reason":"预计"})").status == 201
    );
    for (const char* who : {"leader", "office", "reader", "reader_east", "clerk", "officer"}) {
        const json::array entries = list(who);
        REQUIRE(entries.size() == 2);
        CHECK(entries[0].at("kind") == "forecast");
        CHECK(entries[1].at("indicator") == "planted_vegetable_output_t");
        CHECK(entries[1].at("value") == "2500.50");
        CHECK(entries[1].at("document") == "县统计局〔2024〕3号");
        CHECK(entries[1].at("period") == "2023");
    }
    CHECK(list("reader", "?period=2023").size() == 2);
    CHECK(list("reader", "?period=2022").empty());
}

TEST_CASE("what lacks its document, reason or number is refused and nothing changes") {
    const StaffedTown town;
    const auto office = town.As("office");
    const auto refused = [&](const std::string& body) {
        const Response answer = Enter(office, body);
        return std::to_string(answer.status) + " " + Text(answer, "/code");
    };
    CHECK(
        refused(R"({"value":"2500","kind":"adopted","document":" ","reason":"核定"})") ==
        "422 bad_entry"
    );
    CHECK(
        refused(R"({"value":"2500","kind":"adopted","document":"文","reason":""})") ==
        "422 bad_entry"
    );
    CHECK(
        refused(R"({"value":"2500.12345","kind":"forecast","reason":"预计"})") == "422 bad_entry"
    );
    CHECK(refused(R"({"value":"很多","kind":"forecast","reason":"预计"})") == "422 not_a_number");
    CHECK(refused(R"({"value":"1","kind":"guess","reason":"预计"})") == "400 bad_request");
    for (const char* who : {"leader", "officer", "clerk", "reader"}) {
        CHECK(Enter(town.As(who), kAdopted).status == 403);
    }
    CHECK(Text(office.Ask("GET", kFigure + "?period=2023"), "/entered") == "[]");
}

TEST_CASE("a figure's sheet is a document of the caller's places") {
    const StaffedTown town;
    const Response sheet = town.As("office").Ask("GET", kFigure + "/sheet?period=2023");
    REQUIRE(sheet.status == 200);
    CHECK(sheet.type.find("wordprocessingml") != std::string::npos);
    CHECK(sheet.body.substr(0, 2) == "PK");
    CHECK(sheet.headers.at("Content-Disposition").find("attachment") == 0);
    const auto clerk = town.As("clerk");
    CHECK(clerk.Ask("GET", kFigure + "/sheet?period=2023&place=621099101201").status == 403);
    CHECK(clerk.Ask("GET", kFigure + "/sheet?period=2023").status == 200);
}

}  // namespace
}  // namespace zw::http
