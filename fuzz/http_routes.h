#pragma once
// Routes that do with a request what the program's handlers do before they know what it is about,
// and say it back.

#include <boost/json.hpp>
#include <string>

#include "http/body.h"
#include "http/language.h"
#include "http/router.h"

namespace zw::fuzz {

inline boost::json::object Said(const http::Request& request) {
    boost::json::object query;
    for (const auto& [name, value] : request.query) {
        query[name] = value;
    }
    return {
        {"path", request.path},
        {"query", std::move(query)},
        {"english", http::LanguageOf(request) == http::Language::kEnglish}};
}

inline http::Response Echo(const http::Request& request) {
    http::Response response = http::JsonResponse(Said(request));
    response.headers["Content-Disposition"] = http::AttachmentHeader(request.parts.at("name"));
    return response;
}

inline http::Response Row(const http::Request& request) {
    boost::json::object said = Said(request);
    const boost::json::object body = http::JsonBody(request);
    said["id"] = http::IdOf(request.parts.at("id"), "id");
    said["key"] = http::HeaderGiven(request, "idempotency-key", "Idempotency-Key").size();
    said["text"] = http::TextMember(body, "text");
    said["sure"] = http::OptionalBool(body, "sure").value_or(false);
    if (const auto texts = http::OptionalTexts(body, "texts")) {
        said["texts"] = boost::json::array(texts->begin(), texts->end());
    }
    return http::VersionedResponse(said, http::VersionAsked(request));
}

inline http::Router MadeRoutes(http::Journal& journal) {
    using http::Rule;
    http::Router router;
    router.Tell(journal);
    router.Protect([](http::Request& request, Rule rule) {
        if (rule != Rule::kOpen) {
            throw Problem(request.Header("cookie").empty() ? "login_first" : "forbidden");
        }
    });
    router.Add("GET", "/api/v1/echo/{name}", Rule::kOpen, Echo);
    router.Add("PUT", "/api/v1/rows/{id}", Rule::kOpen, Row);
    router.Add("DELETE", "/api/v1/rows/{id}", Rule::kOpen, [](const http::Request&) {
        return http::NoContent();
    });
    router.Add("GET", "/api/v1/users", Rule::kUsers, Echo);
    router.Add(
        "GET",
        "/api/v1/fire",
        Rule::kOpen,
        [](const http::Request& request) -> http::Response {
            throw std::runtime_error(request.Query("what"));
        }
    );
    router.AddUpload("/api/v1/files/{name}", Rule::kOpen, Echo);
    router.AddUpload("/api/v1/closed/{name}", Rule::kUsers, Echo);
    router.Otherwise([](const http::Request& request) {
        http::Response response;
        response.type = "text/plain; charset=utf-8";
        response.body = request.path;
        return response;
    });
    return router;
}

}  // namespace zw::fuzz
