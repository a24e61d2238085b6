// A town made in the page: the national list, or names that somebody types or brings in a file.

#include <boost/json.hpp>
#include <memory>
#include <mutex>

#include "app/divisions.h"
#include "http/body.h"
#include "http/guard.h"
#include "http/json_user.h"
#include "http/setup.h"
#include "http/static_files.h"

namespace zw::http {

namespace json = boost::json;

namespace {

// As GET /session of a town, so that the page asks one question first.
Response Session(const Request& request) {
    return JsonResponse(json::object{
        {"user", nullptr},
        {"csrf", nullptr},
        {"first_start", false},
        {"setup", IsLoopback(request.address) ? "here" : "elsewhere"},
        {"may", MayJson(access::Rights::None())},
    });
}

// What lies under a code of the national list.
Response Divisions(const Request& request) {
    json::array out;
    for (const app::Division& one : app::DivisionsUnder(request.Query("under"))) {
        json::object division{{"code", one.code}, {"name", one.name}};
        if (!one.aliases.empty()) {
            division["aliases"] = json::array(one.aliases.begin(), one.aliases.end());
        }
        out.emplace_back(std::move(division));
    }
    return JsonResponse(out);
}

Response Make(const Request& request, const MakeTown& make) {
    if (!IsLoopback(request.address)) {
        throw Problem("loopback_only");
    }
    make(app::ParseTownSettings(json::serialize(JsonBody(request))));
    return JsonResponse(json::object{{"made", true}}, 201);
}

}  // namespace

void AddSetupRoutes(Router& router, MakeTown make) {
    router.Add("GET", "/api/v1/session", Rule::kOpen, Session);
    router.Add("GET", "/api/v1/divisions", Rule::kOpen, Divisions);
    const auto once = std::make_shared<std::mutex>();  // two clicks make one town
    router.Add(
        "POST",
        "/api/v1/setup",
        Rule::kOpen,
        [once, make = std::move(make)](const Request& request) {
            const std::scoped_lock lock(*once);
            return Make(request, make);
        }
    );
    ServePage(router);
}

}  // namespace zw::http
