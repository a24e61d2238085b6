#pragma once
// Somebody at a browser: keeps the session's cookie and its token as the page does.

#include <boost/json.hpp>

#include <string>

#include "http/router.h"

namespace zw::http::testing {

class Caller {
public:
    explicit Caller(const Router& router, std::string address = "127.0.0.1")
        : router_(router), address_(std::move(address)) {}

    Response Ask(const std::string& method, const std::string& target, const std::string& body = "")
        const {
        Request request = Make(method, target, body);
        if (!csrf.empty()) {
            request.headers["x-csrf-token"] = csrf;
        }
        return router_.Handle(std::move(request));
    }
    // A POST under an Idempotency-Key; without one where `key` is empty.
    Response Create(const std::string& target, const std::string& body, const std::string& key)
        const {
        Request request = Make("POST", target, body);
        if (!csrf.empty()) {
            request.headers["x-csrf-token"] = csrf;
        }
        if (!key.empty()) {
            request.headers["idempotency-key"] = key;
        }
        return router_.Handle(std::move(request));
    }
    // The request as Ask would send it, without the token.
    Request Make(const std::string& method, const std::string& target, const std::string& body = "")
        const {
        Request request;
        request.method = method;
        ParseTarget(target, request);
        request.address = address_;
        request.headers["host"] = "127.0.0.1:8080";
        request.headers["content-type"] = "application/json";
        if (!cookie.empty()) {
            request.headers["cookie"] = "other=1; " + cookie;
        }
        request.body = body;
        return request;
    }
    const Router& router() const { return router_; }
    // Takes what a sign-in or a new password answers.
    void Take(const Response& response) {
        const auto set = response.headers.find("Set-Cookie");
        if (set != response.headers.end()) {
            cookie = set->second.substr(0, set->second.find(';'));
        }
        const auto body = boost::json::parse(response.body);
        const auto& token = body.at("csrf");
        csrf = token.is_string() ? std::string(token.as_string()) : "";
    }
    int SignIn(const std::string& login, const std::string& password) {
        const boost::json::object body{{"login", login}, {"password", password}};
        const Response response = Ask("POST", "/api/v1/session", boost::json::serialize(body));
        if (response.status == 200) {
            Take(response);
        }
        return response.status;
    }

    std::string cookie;
    std::string csrf;

private:
    const Router& router_;
    std::string address_;
};

}  // namespace zw::http::testing
