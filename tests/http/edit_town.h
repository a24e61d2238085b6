#pragma once
// A town of the built-in definitions, asked through its routes by a clerk who may write.

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "app/setup.h"
#include "base/environment.h"
#include "http/api.h"
#include "tests/support/temp_folder.h"

namespace zw::http::testing {

struct EditTown {
    EditTown() {
        const app::TownSettings settings = app::ParseTownSettings(R"({
  "town": {"name": "试验镇", "code": "621099101000"},
  "county": {"name": "试验县", "code": "621099000000"},
  "villages": [
    {"code": "621099101200", "name": "东村", "aliases": [], "groups": 3},
    {"code": "621099101201", "name": "西村", "aliases": [], "groups": 2}
  ]
})");
        app::InitTown(folder / "town", settings, {}, environment);
        Open();
    }
    // The program started again over the same folder.
    void Open() {
        router = Router();
        app.reset();
        app = app::App::Open(folder / "town", {}, environment);
        AddAllRoutes(router, *app);
        router.Protect([this](Request& request, Rule) { request.actor = clerk; });
        clerk.name = "文书";
    }

    Response Ask(
        const std::string& method,
        const std::string& target,
        const std::string& body = {},
        const std::map<std::string, std::string>& headers = {}
    ) const {
        Request request;
        request.method = method;
        ParseTarget(target, request);
        request.body = body;
        request.headers = headers;
        request.address = "127.0.0.1";
        return router.Handle(request);
    }
    Response Create(const std::string& record, const std::string& body, const std::string& key)
        const {
        return Ask("POST", "/api/v1/records/" + record, body, {{"idempotency-key", key}});
    }

    zw::testing::TempFolder folder;
    FixedClock clock{1704067200000};
    SystemRandom random;
    app::Environment environment{clock, random};
    access::Actor clerk;
    std::unique_ptr<app::App> app;
    Router router;
};

inline boost::json::value Json(const Response& response) {
    return boost::json::parse(response.body);
}

// A text of the answer as it is, anything else as JSON.
inline std::string At(const Response& response, const std::string& pointer) {
    boost::system::error_code error;
    const boost::json::value body = Json(response);
    const boost::json::value* found = body.find_pointer(pointer, error);
    if (found == nullptr) {
        return "(none)";
    }
    return found->is_string() ? std::string(found->as_string()) : boost::json::serialize(*found);
}

}  // namespace zw::http::testing
