// The description that /api/openapi.json gives, against the routes that there are: neither knows
// one that the other lacks, and both say the same of who may ask. That answers are as described is
// tests/openapi's business.

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <set>

#include "base/text.h"
#include "http/setup.h"
#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

// As the description spells a method.
std::string KeyOf(std::string method) {
    for (char& c : method) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return method;
}

// {record} and {id} of /api/v1/records/{record}/{id}.
std::set<std::string> PartsOf(const std::string& pattern) {
    std::set<std::string> parts;
    for (const std::string& segment : Split(pattern, '/')) {
        if (StartsWith(segment, "{")) {
            parts.insert(segment.substr(1, segment.size() - 2));
        }
    }
    return parts;
}

std::set<std::string> PathParameters(const json::object& operation) {
    std::set<std::string> names;
    for (const json::value& parameter : operation.at("parameters").as_array()) {
        const json::value* in = parameter.as_object().if_contains("in");
        if (in != nullptr && *in == "path") {
            names.insert(std::string(parameter.at("name").as_string()));
        }
    }
    return names;
}

// Security [] is anybody's.
bool IsOpen(const json::object& operation) {
    const json::value* security = operation.if_contains("security");
    return security != nullptr && security->as_array().empty();
}

bool TakesBytes(const json::object& operation) {
    const json::value* body = operation.if_contains("requestBody");
    return body != nullptr && body->at("content").as_object().contains("application/octet-stream");
}

const json::object* OperationOf(const json::value& document, const RouteInfo& route) {
    const json::value* path = document.at("paths").as_object().if_contains(route.pattern);
    const json::value* operation =
        path == nullptr ? nullptr : path->as_object().if_contains(KeyOf(route.method));
    return operation == nullptr ? nullptr : &operation->as_object();
}

// What the document and the routes disagree about, one line each.
std::vector<std::string> Faults(const json::value& document, const Router& router) {
    std::vector<std::string> faults;
    std::set<std::string> known;
    for (const RouteInfo& route : router.Routes()) {
        const std::string name = KeyOf(route.method) + " " + route.pattern;
        known.insert(name);
        const json::object* operation = OperationOf(document, route);
        if (operation == nullptr) {
            faults.push_back("not described: " + name);
            continue;
        }
        if (PathParameters(*operation) != PartsOf(route.pattern)) {
            faults.push_back("other parts of the path: " + name);
        }
        if (IsOpen(*operation) != (route.rule == Rule::kOpen)) {
            faults.push_back("another rule who may ask: " + name);
        }
        if (TakesBytes(*operation) != route.upload) {
            faults.push_back("another kind of body: " + name);
        }
    }
    for (const auto& [path, item] : document.at("paths").as_object()) {
        for (const auto& [method, operation] : item.as_object()) {
            const std::string name = std::string(method) + " " + std::string(path);
            if (!known.contains(name)) {
                faults.push_back("no such route: " + name);
            }
        }
    }
    return faults;
}

// The routes of a town and those of a program that has none yet, under one table.
void AddEveryRoute(Router& all, const Router& town) {
    Router setup;
    AddSetupRoutes(setup, [](const app::TownSettings&) {});
    std::set<std::string> taken;
    const auto nothing = [](const Request&) { return Response(); };
    for (const Router* router : {&town, static_cast<const Router*>(&setup)}) {
        for (const RouteInfo& route : router->Routes()) {
            if (!taken.insert(route.method + " " + route.pattern).second) {
                continue;  // GET session stands in both
            }
            if (route.upload) {
                all.AddUpload(route.pattern, route.rule, nothing);
            } else {
                all.Add(route.method, route.pattern, route.rule, nothing);
            }
        }
    }
}

bool Says(const std::vector<std::string>& faults, const std::string& fault) {
    return std::find(faults.begin(), faults.end(), fault) != faults.end();
}

json::value DescriptionOf(const Router& router) {
    const Response answer = Caller(router, "192.168.1.20").Ask("GET", "/api/openapi.json");
    REQUIRE(answer.status == 200);
    CHECK(answer.type == "application/json");
    return json::parse(answer.body);
}

TEST_CASE("every route is described, and nothing that is no route") {
    const StaffedTown town;
    const json::value document = DescriptionOf(town.router);
    CHECK(document.at("openapi") == "3.1.0");
    CHECK(document.at("paths").as_object().contains("/api/v1/records/{record}/{id}"));
    Router every;
    AddEveryRoute(every, town.router);
    for (const std::string& fault : Faults(document, every)) {
        FAIL_CHECK(fault);
    }
}

TEST_CASE("the description's test finds what it must find") {
    const StaffedTown town;
    json::value document = DescriptionOf(town.router);
    json::object& paths = document.at("paths").as_object();
    Router every;
    AddEveryRoute(every, town.router);
    const auto nothing = [](const Request&) { return Response(); };
    SUBCASE("a route that nobody described") {
        Router router;
        router.Add("GET", "/api/v1/everything", Rule::kRead, nothing);
        CHECK(Says(Faults(document, router), "not described: get /api/v1/everything"));
    }
    SUBCASE("a method that nobody described") {
        Router router;
        router.Add("PUT", "/api/v1/town", Rule::kRead, nothing);
        CHECK(Says(Faults(document, router), "not described: put /api/v1/town"));
    }
    SUBCASE("a described route that is gone") {
        paths["/api/v1/gone"] = json::object{{"get", json::object{}}};
        const auto faults = Faults(document, every);
        CHECK(faults == std::vector<std::string>{"no such route: get /api/v1/gone"});
    }
    SUBCASE("a route that anybody may ask, described as one that asks who it is") {
        Router router;
        router.Add("GET", "/api/v1/town", Rule::kOpen, nothing);
        CHECK(Says(Faults(document, router), "another rule who may ask: get /api/v1/town"));
    }
    SUBCASE("a part of the path that is not described") {
        paths.at("/api/v1/users/{id}").at("patch").at("parameters").as_array().clear();
        CHECK(
            Says(Faults(document, town.router), "other parts of the path: patch /api/v1/users/{id}")
        );
    }
    SUBCASE("bytes where JSON is described") {
        Router router;
        router.AddUpload("/api/v1/town", Rule::kRead, nothing);
        paths.at("/api/v1/town").as_object()["put"] = paths.at("/api/v1/town").at("get");
        CHECK(Says(Faults(document, router), "another kind of body: put /api/v1/town"));
    }
}

}  // namespace
}  // namespace zw::http
