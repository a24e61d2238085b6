#pragma once
// What a request carries as JSON. Each throws "bad_request" saying what is missing or of another
// kind.

#include <boost/json/fwd.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "http/message.h"

namespace zw::http {

// Only under Content-Type application/json: a form of another site cannot send that.
boost::json::object JsonBody(const Request& request);

std::string TextMember(const boost::json::object& body, const std::string& name);
// Absent when it is not there or null.
std::optional<std::string> OptionalText(const boost::json::object& body, const std::string& name);
std::optional<bool> OptionalBool(const boost::json::object& body, const std::string& name);
std::optional<std::vector<std::string>> OptionalTexts(
    const boost::json::object& body, const std::string& name
);

// A number without a sign that fits 64 bits: an id or another number of the address. `what`: id,
// limit.
int64_t IdOf(const std::string& text, const std::string& what);

// Throws "header_missing" (428) without it. `name` in small letters, `shown` as people write it.
std::string HeaderGiven(const Request& request, const std::string& name, const char* shown);
// The version of If-Match: "3". Throws "header_missing" (428) without it.
int64_t VersionAsked(const Request& request);

Response JsonResponse(const boost::json::value& value, int status = 200);
// With ETag: the version that If-Match names when it is changed.
Response VersionedResponse(const boost::json::value& value, int64_t version, int status = 200);
Response NoContent();  // 204

}  // namespace zw::http
