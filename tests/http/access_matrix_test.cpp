// Every route of the table, asked by everybody, of every place and line, against what doc/access.md
// promises; written here a second time, by hand. A route that is not in the list below fails, and
// so does an answer that tells a clerk of 东村 what stands in 西村 only.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "http/guard.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

using testing::Caller;
using testing::kForeign;
using testing::StaffedTown;

constexpr const char* kWho[] = {
    "nobody", "first", "leader", "office", "officer", "clerk", "reader", "reader_east"};
constexpr const char* kPlaces[] = {"东村", "西村", "town"};
// Of the officer's line, and of another.
constexpr const char* kRecords[] = {"plot", "team_member"};

// By route, for each of kWho: one status, or six: the places of the first record / of the second.
using Expected = std::map<std::string, std::vector<std::string>>;
constexpr size_t kShown = 200;
constexpr const char* kOwn = "200 404 404/200 404 404";
constexpr const char* kOwnFigures = "200 403 200/200 403 200";
constexpr const char* kKeyOfLine = "428 428 428/403 403 403";
constexpr const char* kNoReturn = "422 422 422/403 403 403";
constexpr const char* kNoReturnOfVillage = "422 403 403/422 403 403";
constexpr const char* kOwnLine = "200 200 200/403 403 403";

const Expected& Promised() {
    static const Expected kPromised = {
        // route                       nobody first leader office officer clerk reader reader_east
        {"GET /api/v1/session", {"200", "200", "200", "200", "200", "200", "200", "200"}},
        {"GET /api/openapi.json", {"200", "200", "200", "200", "200", "200", "200", "200"}},
        {"POST /api/v1/session", {"400", "400", "400", "400", "400", "400", "400", "400"}},
        {"DELETE /api/v1/session", {"401", "200", "200", "200", "200", "200", "200", "200"}},
        {"POST /api/v1/session/password", {"401", "400", "400", "400", "400", "400", "400", "400"}},
        {"POST /api/v1/first-start", {"403", "403", "403", "403", "403", "403", "403", "403"}},
        {"GET /api/v1/sessions", {"401", "200", "200", "200", "200", "200", "200", "200"}},
        {"DELETE /api/v1/sessions/{id}", {"401", "404", "404", "404", "404", "404", "404", "404"}},
        {"GET /api/v1/users", {"401", "403", "200", "403", "403", "403", "403", "403"}},
        {"POST /api/v1/users", {"401", "403", "428", "403", "403", "403", "403", "403"}},
        {"PATCH /api/v1/users/{id}", {"401", "403", "422", "403", "403", "403", "403", "403"}},
        {"POST /api/v1/users/{id}/password",
         {"401", "403", "422", "403", "403", "403", "403", "403"}},
        {"GET /api/v1/town", {"401", "403", "200", "200", "200", "200", "200", "200"}},
        {"GET /api/v1/settings", {"401", "403", "200", "200", "403", "403", "403", "403"}},
        {"PUT /api/v1/settings", {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"GET /api/v1/records", {"401", "403", "200", "200", "200", "200", "200", "200"}},
        {"GET /api/v1/returns", {"401", "403", "200", "200", "200", "200", "200", "200"}},
        // Neither record is a return: who might say so is told that (422).
        {"POST /api/v1/returns/{record}",
         {"401", "403", "403", "422", kNoReturn, kNoReturnOfVillage, "403", "403"}},
        {"DELETE /api/v1/returns/{record}",
         {"401", "403", "403", "422", kNoReturn, kNoReturnOfVillage, "403", "403"}},
        {"GET /api/v1/records/{record}", {"401", "403", "200", "200", "200", "200", "200", "200"}},
        {"GET /api/v1/records/{record}/{id}",
         {"401", "403", "200", "200", "200", kOwn, "200", kOwn}},
        // What lacks its If-Match or Idempotency-Key is told so (428) once it is known that it
        // might
        // write.
        {"POST /api/v1/records/{record}",
         {"401", "403", "403", "428", kKeyOfLine, "428", "403", "403"}},
        {"POST /api/v1/records/{record}/bulk",
         {"401", "403", "403", "428", kKeyOfLine, "428", "403", "403"}},
        {"POST /api/v1/records/{record}/check",
         {"401", "403", "403", "200", kOwnLine, "200", "403", "403"}},
        {"PATCH /api/v1/records/{record}/{id}",
         {"401", "403", "403", "428", kKeyOfLine, "428", "403", "403"}},
        {"DELETE /api/v1/records/{record}/{id}",
         {"401", "403", "403", "428", kKeyOfLine, "428", "403", "403"}},
        {"POST /api/v1/records/{record}/{id}/revert",
         {"401", "403", "403", "428", kKeyOfLine, "428", "403", "403"}},
        // These stand: there is nothing to restore.
        {"POST /api/v1/records/{record}/{id}/restore",
         {"401",
          "403",
          "403",
          "409",
          "409 409 409/403 403 403",
          "409 404 404/409 404 404",
          "403",
          "403"}},
        {"GET /api/v1/lookup/{record}", {"401", "403", "200", "200", "200", "200", "200", "200"}},
        {"POST /api/v1/batches/{id}/undo",
         {"401", "403", "403", "404", "404", "404", "403", "403"}},
        // A tray is its owner's: nobody has this one.
        {"POST /api/v1/imports", {"401", "403", "403", "201", "201", "403", "403", "403"}},
        {"GET /api/v1/imports/{tray}", {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"DELETE /api/v1/imports/{tray}", {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"PUT /api/v1/imports/{tray}/files/{name}",
         {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"DELETE /api/v1/imports/{tray}/files/{name}",
         {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"GET /api/v1/imports/{tray}/rejects/{name}",
         {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"POST /api/v1/imports/{tray}/decisions",
         {"401", "403", "403", "400", "400", "403", "403", "403"}},
        {"POST /api/v1/imports/{tray}/mends",
         {"401", "403", "403", "400", "400", "403", "403", "403"}},
        {"POST /api/v1/imports/{tray}/look",
         {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"POST /api/v1/imports/{tray}/run",
         {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"POST /api/v1/imports/{tray}/cancel",
         {"401", "403", "403", "404", "404", "403", "403", "403"}},
        {"GET /api/v1/batches", {"401", "403", "403", "200", "200", "403", "403", "403"}},
        {"POST /api/v1/records/{record}/{id}/reveal",
         {"401", "403", "200", "200", kOwnLine, kOwn, "403", "403"}},
        {"GET /api/v1/entries", {"401", "403", "200", "200", "200", "200", "200", "200"}},
        {"GET /api/v1/figures",
         {"401", "403", "200", "200", "200", kOwnFigures, "200", kOwnFigures}},
        {"GET /api/v1/figures/{indicator}",
         {"401", "403", "200", "200", "200", kOwnFigures, "200", kOwnFigures}},
        {"GET /api/v1/figures/{indicator}/records",
         {"401", "403", "200", "200", "200", kOwnFigures, "200", kOwnFigures}},
        {"GET /api/v1/figures/{indicator}/sheet",
         {"401", "403", "200", "200", "200", kOwnFigures, "200", kOwnFigures}},
        {"POST /api/v1/figures/{indicator}/entered",
         {"401", "403", "403", "428", "403", "403", "403", "403"}},
        {"GET /api/v1/reports/{report}", {"401", "403", "200", "200", "200", "403", "200", "403"}},
        {"GET /api/v1/reports/{report}/file",
         {"401", "403", "200", "200", "200", "403", "200", "403"}},
        // No edition 9 is there.
        {"GET /api/v1/reports/{report}/editions",
         {"401", "403", "200", "200", "200", "403", "200", "403"}},
        {"POST /api/v1/reports/{report}/editions",
         {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"GET /api/v1/editions/{edition}/paragraphs",
         {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"POST /api/v1/editions/{edition}/paragraphs",
         {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"GET /api/v1/editions/{edition}/paragraphs/{id}",
         {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"PATCH /api/v1/editions/{edition}/paragraphs/{id}",
         {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"DELETE /api/v1/editions/{edition}/paragraphs/{id}",
         {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"GET /api/v1/editions/{edition}/checks",
         {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"POST /api/v1/editions/{edition}/checks",
         {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"POST /api/v1/editions/{edition}/seal",
         {"401", "403", "404", "403", "403", "403", "403", "403"}},
        // The query names no edition to compare with.
        {"GET /api/v1/editions/{edition}/changes",
         {"401", "403", "400", "400", "400", "403", "400", "403"}},
        {"GET /api/v1/editions/{edition}/verify",
         {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"PUT /api/v1/editions/{edition}/returned/{name}",
         {"401", "403", "404", "404", "403", "403", "403", "403"}},
        // No form 1 and no filing 1 is there; what is sent as one is no .xlsx.
        {"GET /api/v1/forms", {"401", "403", "200", "200", "200", "403", "200", "403"}},
        {"PUT /api/v1/forms/{form}/blank",
         {"401", "403", "422", "422", "403", "403", "403", "403"}},
        {"GET /api/v1/forms/{id}", {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"DELETE /api/v1/forms/{id}", {"401", "403", "400", "400", "403", "403", "403", "403"}},
        {"PUT /api/v1/forms/{id}/bindings",
         {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"POST /api/v1/forms/{id}/check", {"401", "403", "400", "400", "403", "403", "403", "403"}},
        {"GET /api/v1/forms/{id}/filled", {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"GET /api/v1/forms/{id}/file", {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"GET /api/v1/forms/{id}/filings",
         {"401", "403", "200", "200", "200", "403", "200", "403"}},
        {"POST /api/v1/forms/{id}/filings",
         {"401", "403", "428", "428", "403", "403", "403", "403"}},
        {"GET /api/v1/filings/{id}", {"401", "403", "404", "404", "404", "403", "404", "403"}},
        {"GET /api/v1/filings/{id}/file", {"401", "403", "404", "404", "404", "403", "404", "403"}},
    };
    return kPromised;
}

std::string ExpectedOf(const std::string& of, size_t record, size_t place) {
    if (of.find('/') == std::string::npos) {
        return of;
    }
    std::istringstream words(of.substr(record == 0 ? 0 : of.find('/') + 1));
    std::string word;
    for (size_t i = 0; i <= place; ++i) {
        words >> word;
    }
    return word.substr(0, word.find('/'));
}

std::string BodyFor(const std::string& pattern, size_t record) {
    if (pattern.ends_with("/reveal")) {
        return record == 0 ? R"({"field":"holder","why":"核对"})"
                           : R"({"field":"phone","why":"核对"})";
    }
    if (pattern.find("/returns/") != std::string::npos) {
        return R"({"what":"zero"})";
    }
    return "{}";
}

std::string TargetFor(
    const StaffedTown& town, const std::string& pattern, size_t record, size_t place
) {
    std::string target = pattern;
    const auto fill = [&](const std::string& part, const std::string& with) {
        if (const size_t at = target.find(part); at != std::string::npos) {
            target.replace(at, part.size(), with);
        }
    };
    const bool of_record = target.find("{record}") != std::string::npos;
    fill("{record}", kRecords[record]);
    fill("{id}", of_record ? std::to_string(town.Row(kRecords[record], kPlaces[place])) : "1");
    fill("{indicator}", record == 0 ? "planted_vegetable_output_t" : "emergency_team_in_force");
    fill("{report}", "annual");
    fill("{edition}", "9");
    fill("{form}", "9");
    const char* codes[] = {"&place=621099101200", "&place=621099101201", ""};
    return target + "?period=2023&format=html" + codes[place];
}

// What has neither line nor place is asked once.
size_t CellsOf(const std::string& pattern) {
    const bool many = pattern.find("{record}") != std::string::npos ||
                      pattern.find("/figures") != std::string::npos ||
                      pattern.find("/returns") != std::string::npos;
    return many ? std::size(kRecords) * std::size(kPlaces) : 1;
}

// Whoever sees one village only; and what is refused tells nobody anything.
bool IsCut(const std::string& who, const Response& answer) {
    return who == "clerk" || who == "reader_east" || answer.status != 200;
}

// What `router` answers otherwise than promised, one line a cell.
std::vector<std::string> Faults(const StaffedTown& town, const Router& router) {
    std::vector<std::string> faults;
    for (const RouteInfo& route : router.Routes()) {
        const std::string name = route.method + " " + route.pattern;
        const auto promised = Promised().find(name);
        if (promised == Promised().end()) {
            faults.push_back("not in the list: " + name);
            continue;
        }
        for (size_t who = 0; who < std::size(kWho); ++who) {
            const Caller caller = town.As(kWho[who], router);
            for (size_t cell = 0; cell < CellsOf(route.pattern); ++cell) {
                const size_t record = cell / std::size(kPlaces);
                const size_t place = cell % std::size(kPlaces);
                const std::string target = TargetFor(town, route.pattern, record, place);
                const Response answer =
                    caller.Ask(route.method, target, BodyFor(route.pattern, record));
                const std::string where = name + " " + target + " as " + kWho[who] + ": ";
                const std::string wanted = ExpectedOf(promised->second.at(who), record, place);
                if (std::to_string(answer.status) != wanted) {
                    faults.push_back(
                        where + std::to_string(answer.status) + ", promised " + wanted + " " +
                        answer.body.substr(0, kShown)
                    );
                }
                if (IsCut(kWho[who], answer) && answer.body.find(kForeign) != std::string::npos) {
                    faults.push_back(where + "tells of another village");
                }
            }
        }
    }
    return faults;
}

TEST_CASE("the whole matrix: route by person by place by line") {
    const StaffedTown town;
    for (const std::string& fault : Faults(town, town.router)) {
        FAIL_CHECK(fault);
    }
    // Nothing promised is missing from the table either.
    CHECK(town.router.Routes().size() == Promised().size());
}

TEST_CASE("the matrix finds what it must find") {
    const StaffedTown town;
    const auto says = [](const std::vector<std::string>& faults, const std::string& part) {
        return std::any_of(faults.begin(), faults.end(), [&](const std::string& fault) {
            return fault.find(part) != std::string::npos;
        });
    };
    const auto answer = [](const std::string& text) {
        return [text](const Request&) {
            Response response;
            response.body = text;
            return response;
        };
    };
    SUBCASE("a route that nobody wrote down") {
        Router router;
        router.Add("GET", "/api/v1/everything", Rule::kOpen, answer("{}"));
        router.Protect(MakeGuard(*town.app));
        CHECK(says(Faults(town, router), "not in the list: GET /api/v1/everything"));
    }
    SUBCASE("a route left unguarded") {
        Router router;
        router.Add("GET", "/api/v1/town", Rule::kOpen, answer("{}"));
        router.Protect(MakeGuard(*town.app));
        CHECK(says(Faults(town, router), "as nobody: 200, promised 401"));
    }
    SUBCASE("a handler that forgets who asks") {
        Router router;
        router.Add("GET", "/api/v1/records/{record}", Rule::kRead, answer(kForeign));
        router.Protect(MakeGuard(*town.app));
        CHECK(says(Faults(town, router), "as clerk: tells of another village"));
    }
}

TEST_CASE("a clerk's counts, figures and returns are of their village") {
    const StaffedTown town;
    namespace json = boost::json;
    const auto get = [&](const char* who, const std::string& path) {
        return json::parse(town.As(who).Ask("GET", "/api/v1" + path).body);
    };
    for (const auto& [who, plots] : {std::pair{"clerk", 1}, {"reader_east", 1}, {"office", 3}}) {
        const json::value types = get(who, "/records");
        for (const json::value& type : types.as_array()) {
            if (type.at("id") == "plot") {
                CHECK(type.at("count").as_int64() == plots);
            }
        }
        CHECK(get(who, "/records/plot").at("count").as_int64() == plots);
        CHECK(get(who, "/records/plot?filter=mu%3E0").at("count").as_int64() == plots);
    }
    // 200 亩 × 4000 公斤 = 800 吨, in each of three places.
    const std::string figure = "/figures/planted_vegetable_output_t?period=2023";
    const json::value own = get("clerk", figure);
    const json::value all = get("office", figure);
    CHECK(own.at_pointer("/figure/scope") == "东村");
    CHECK(all.at_pointer("/figure/scope") == "");
    CHECK(own.at_pointer("/explanation/places").as_array().size() == 1);
    CHECK(all.at_pointer("/explanation/places").as_array().size() == 3);
    CHECK(own.at_pointer("/figure/value") != all.at_pointer("/figure/value"));
    CHECK(
        get("clerk", "/figures/planted_vegetable_output_t/records?period=2023")
            .at("rows")
            .as_array()
            .size() == 1
    );
    const json::value returns = get("clerk", "/returns?period=2023");
    for (const json::value& one : returns.as_array()) {
        CHECK(one.at("owed").as_int64() == 1);
        CHECK(one.at("missing").as_array().size() <= 1);
    }
}

}  // namespace
}  // namespace zw::http
