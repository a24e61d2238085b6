#include "http/message.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "http/json.h"

namespace zw::http {

namespace {

int HexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string Decode(std::string_view text, bool plus_is_space) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 <= text.size() - 1 ? HexDigit(text[i + 1]) : -1;
            const int low = i + 2 <= text.size() - 1 ? HexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                BadRequest({"地址中的 % 编码不完整", "a broken % escape in the address"});
            }
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    if (!IsValidUtf8(out) || out.find('\0') != std::string::npos) {
        BadRequest({"地址不是 UTF-8", "the address is no UTF-8"});
    }
    return out;
}

}  // namespace

std::string Request::Query(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::string Request::Header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

void ParseTarget(std::string_view target, Request& request) {
    const size_t mark = target.find('?');
    const std::string path(target.substr(0, mark));
    if (path.empty() || path[0] != '/') {
        BadRequest({"地址应以 / 开头", "the address begins with /"});
    }
    request.path = Decode(path, false);
    if (mark == std::string_view::npos) {
        return;
    }
    for (const std::string& pair : Split(target.substr(mark + 1), '&')) {
        if (pair.empty()) {
            continue;
        }
        const size_t equals = pair.find('=');
        const std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
        request.query[Decode(pair.substr(0, equals), true)] = Decode(value, true);
    }
}

void BadRequest(const Words& what) {
    throw Problem::Because("bad_request", what);
}

std::string AttachmentHeader(std::string_view name) {
    std::string encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || c == '.' || c == '-' || c == '_';
        encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return "attachment; filename*=UTF-8''" + encoded;
}

Response ProblemResponse(const Problem& problem) {
    Response response;
    response.status = problem.status();
    response.type = "application/problem+json; charset=utf-8";
    response.body = boost::json::serialize(ToJson(problem));
    return response;
}

}  // namespace zw::http
