#pragma once
// A request and its answer without any server type: handlers are plain functions that tests can
// call.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "access/place.h"
#include "base/problem.h"

namespace zw::access {
struct SignedIn;
}

namespace zw::http {

struct Request {
    std::string method = "GET";
    std::string path;                          // decoded, without query: /api/v1/records/greenhouse
    std::map<std::string, std::string> query;  // decoded; of a name given twice the last
    // Names in lower case; bytes of a value that are no UTF-8 are U+FFFD.
    std::map<std::string, std::string> headers;
    std::map<std::string, std::string> parts;  // path parameters, filled by the router
    std::string body;
    // Where the server wrote a body that it did not keep in memory (Router::AddUpload); the handler
    // may move it away.
    std::string upload;
    std::string address;  // of the client, as the server sees it: 192.168.1.7
    bool secure = false;  // came encrypted
    // Who asks, set by the guard (guard.h), never by the client: what a handler reads or writes is
    // cut to it.
    access::Actor actor{"网页", {}, false, access::Rights::None()};
    std::shared_ptr<const access::SignedIn> session;  // null: nobody is signed in

    // Empty when not given.
    std::string Query(const std::string& name) const;
    std::string Header(const std::string& name) const;
    bool IsRead() const { return method == "GET" || method == "HEAD"; }
};

struct Response {
    int status = 200;
    std::string type = "application/json; charset=utf-8";
    std::string body;
    std::map<std::string, std::string> headers;
};

// Path and query of a request target, decoded. Throws Problem "bad_request" for broken escapes or
// text that is no UTF-8.
void ParseTarget(std::string_view target, Request& request);

// Value of Content-Disposition that saves the answer under `name`, Chinese too (RFC 6266, RFC
// 8187).
std::string AttachmentHeader(std::string_view name);

// Throws "bad_request".
[[noreturn]] void BadRequest(const Words& what);

// The answer that says a problem: application/problem+json (RFC 9457).
Response ProblemResponse(const Problem& problem);

}  // namespace zw::http
