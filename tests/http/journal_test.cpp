// What the journal is told, and what a client is not.

#include "http/journal.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <sstream>

#include "http/router.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

const FixedClock kNoon{1700000000000};

std::vector<json::object> Lines(const std::ostringstream& out) {
    std::vector<json::object> lines;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) {
        lines.push_back(json::parse(line).as_object());
    }
    return lines;
}

TEST_CASE("an error of the program goes to the journal whole, to the client by its reference") {
    std::ostringstream out;
    Journal journal(kNoon, out);
    Router router;
    router.Tell(journal);
    router.Add("GET", "/api/v1/broken", Rule::kOpen, [](const Request&) -> Response {
        throw Problem("sql_failed", {{"what", "no such column"}, {"sql", "select secret"}});
    });
    router.Add("GET", "/api/v1/odd", Rule::kOpen, [](const Request&) -> Response {
        throw std::runtime_error("vector of secret");
    });
    router.Add("GET", "/api/v1/full", Rule::kOpen, [](const Request&) -> Response {
        throw Problem("disk_full", {{"what", "insert"}});
    });
    const Caller caller(router, "192.168.1.9");
    for (const char* path : {"/api/v1/broken?name=ignored", "/api/v1/odd"}) {
        const Response answer = caller.Ask("GET", path);
        CHECK(answer.status == 500);
        CHECK(answer.body.find("secret") == std::string::npos);
        const json::value body = json::parse(answer.body);
        CHECK(body.at("code") == "internal_told");
        CHECK(body.at("details").at("reference") == Lines(out).back().at("reference"));
    }
    CHECK(json::parse(caller.Ask("GET", "/api/v1/full").body).at("code") == "disk_full");
    const auto lines = Lines(out);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].at("event") == "failed");
    CHECK(lines[0].at("reference") == "1700000000000-1");
    CHECK(lines[0].at("path") == "/api/v1/broken");
    CHECK(lines[0].at("address") == "192.168.1.9");
    CHECK(json::serialize(lines[0].at("what")).find("select secret") != std::string::npos);
    CHECK(lines[1].at("reference") == "1700000000000-2");
    CHECK(out.str().find("ignored") == std::string::npos);
}

TEST_CASE("refused sign-ins and rights are written down, without what was typed") {
    StaffedTown town;
    std::ostringstream out;
    Journal journal(kNoon, out);
    town.router.Tell(journal);
    const Caller reader = town.As("reader");
    CHECK(reader.Ask("GET", "/api/v1/users").status == 403);
    CHECK(reader.Ask("GET", "/api/v1/nowhere").status == 404);
    Caller stranger(town.router, "10.0.0.7");
    CHECK(stranger.SignIn("office", "a wrong password") == 401);
    const auto lines = Lines(out);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].at("event") == "refused");
    CHECK(lines[0].at("code") == "forbidden");
    CHECK(lines[0].at("path") == "/api/v1/users");
    CHECK(json::serialize(lines[0].at("who")).find("县里来的") != std::string::npos);
    CHECK(lines[1].at("code") == "login_failed");
    CHECK(lines[1].at("address") == "10.0.0.7");
    CHECK(out.str().find("wrong password") == std::string::npos);
}

}  // namespace
}  // namespace zw::http
