#include "http/body.h"

#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"

namespace zw::http {

namespace json = boost::json;

namespace {

const json::value* Find(const json::object& body, const std::string& name) {
    const json::value* value = body.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::string Text(const json::value& value, const std::string& name) {
    if (!value.is_string()) {
        BadRequest({name + " 应为文字", name + " is text"});
    }
    std::string text(value.get_string());
    if (!IsValidUtf8(text)) {
        BadRequest({name + " 不是 UTF-8", name + " is no UTF-8"});
    }
    return text;
}

}  // namespace

json::object JsonBody(const Request& request) {
    if (!StartsWith(request.Header("content-type"), "application/json")) {
        BadRequest({"内容应为 application/json", "the body is application/json"});
    }
    boost::system::error_code error;
    json::value value = json::parse(request.body, error);
    if (error || !value.is_object()) {
        BadRequest({"内容不是 JSON 对象", "the body is no JSON object"});
    }
    return std::move(value.get_object());
}

std::string TextMember(const json::object& body, const std::string& name) {
    const auto text = OptionalText(body, name);
    if (!text) {
        BadRequest({"缺少 " + name, name + " is missing"});
    }
    return *text;
}

std::optional<std::string> OptionalText(const json::object& body, const std::string& name) {
    const json::value* value = Find(body, name);
    return value == nullptr ? std::nullopt : std::optional(Text(*value, name));
}

std::optional<bool> OptionalBool(const json::object& body, const std::string& name) {
    const json::value* value = Find(body, name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_bool()) {
        BadRequest({name + " 应为 true 或 false", name + " is true or false"});
    }
    return value->get_bool();
}

std::optional<std::vector<std::string>> OptionalTexts(
    const json::object& body, const std::string& name
) {
    const json::value* value = Find(body, name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_array()) {
        BadRequest({name + " 应为 […]", name + " is […]"});
    }
    std::vector<std::string> texts;
    for (const json::value& one : value->get_array()) {
        texts.push_back(Text(one, name));
    }
    return texts;
}

int64_t IdOf(const std::string& text, const std::string& what) {
    int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || text.front() == '-' || error != std::errc() || read != end) {
        BadRequest({what + " 应为数字", what + " is a number"});
    }
    return number;
}

std::string HeaderGiven(const Request& request, const std::string& name, const char* shown) {
    std::string value = request.Header(name);
    if (value.empty()) {
        throw Problem("header_missing", {{"name", shown}});
    }
    return value;
}

int64_t VersionAsked(const Request& request) {
    const std::string tag = HeaderGiven(request, "if-match", "If-Match");
    if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') {
        BadRequest({"If-Match 应为 \"版本号\"", "If-Match is \"version\""});
    }
    return IdOf(tag.substr(1, tag.size() - 2), "If-Match");
}

Response JsonResponse(const json::value& value, int status) {
    Response response;
    response.status = status;
    response.body = json::serialize(value);
    return response;
}

Response VersionedResponse(const json::value& value, int64_t version, int status) {
    Response response = JsonResponse(value, status);
    response.headers["ETag"] = "\"" + std::to_string(version) + "\"";
    return response;
}

Response NoContent() {
    Response response;
    response.status = 204;
    return response;
}

}  // namespace zw::http
