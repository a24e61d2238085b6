#include "http/guard.h"

#include "access/accounts.h"
#include "base/crypto.h"
#include "base/text.h"

namespace zw::http {

namespace {

std::string CookieOf(const Request& request, const std::string& name) {
    for (const std::string& part : Split(request.Header("cookie"), ';')) {
        const std::string pair = Trim(part);
        if (StartsWith(pair, name + "=")) {
            return pair.substr(name.size() + 1);
        }
    }
    return {};
}

// A page of elsewhere that sends something here is told by its browser (Fetch metadata, Origin).
bool FromElsewhere(const Request& request) {
    const std::string site = request.Header("sec-fetch-site");
    if (!site.empty() && site != "same-origin") {
        return true;
    }
    const std::string origin = request.Header("origin");
    const size_t scheme = origin.find("://");
    return !origin.empty() &&
           (scheme == std::string::npos || origin.substr(scheme + 3) != request.Header("host"));
}

void RequireRight(const access::Actor& actor, Rule rule) {
    using access::Actor;
    const access::Rights& may = actor.rights;
    switch (rule) {
        case Rule::kTown:
            return Actor::Require(
                actor.WholeTown(),
                {"这里是全镇的内容，您只负责其中一部分",
                 "this is of the whole town, and a part of it is yours"}
            );
        case Rule::kWrite:
            return Actor::Require(may.write, {"您只能查看，不能填报", "you may look, not enter"});
        case Rule::kImport:
            return Actor::Require(may.import, {"导入文件", "importing files"});
        case Rule::kReveal:
            return Actor::Require(may.reveal, {"查看隐去的内容", "opening what is masked"});
        case Rule::kReport:
            return Actor::Require(may.report, {"编写报告", "writing the report"});
        case Rule::kSeal:
            return Actor::Require(may.seal, {"报告定稿", "sealing the report"});
        case Rule::kAdopt:
            return Actor::Require(
                may.adopt, {"录入采用数、预计数", "entering adopted and forecast figures"}
            );
        case Rule::kSettings:
            return Actor::Require(
                may.settings, {"修改镇情设置", "changing the settings of the town"}
            );
        case Rule::kUsers:
            return Actor::Require(may.users, {"管理用户", "managing users"});
        case Rule::kRead:
        case Rule::kSelf:
        case Rule::kOpen:
            return;
        case Rule::kNone:
            break;
    }
    throw Problem::Because("forbidden", {"没有规定谁可以用", "nothing says who may use it"});
}

// Nobody has a login yet: whoever sits at the machine that holds the files reads them.
void CheckWithoutUsers(const Request& request, Rule rule, bool any_user) {
    if (any_user || !IsLoopback(request.address)) {
        throw Problem("login_first");
    }
    if (!request.IsRead() || (rule != Rule::kRead && rule != Rule::kTown)) {
        throw Problem("users_first");
    }
}

void Check(app::App& app, Request& request, Rule rule) {
    access::Accounts& accounts = app.accounts();
    if (!request.IsRead() && FromElsewhere(request)) {
        throw Problem("csrf");
    }
    request.actor = {"网页", {}, false, access::Rights::None()};
    request.session =
        accounts.Find(CookieOf(request, SessionCookieName(app.town(), request.secure)));
    if (request.session) {
        request.actor = request.session->actor;
        if (!request.IsRead() &&
            !EqualInConstantTime(request.Header("x-csrf-token"), request.session->csrf)) {
            throw Problem("csrf");
        }
    }
    if (rule == Rule::kOpen) {
        return;
    }
    if (!request.session) {
        return CheckWithoutUsers(request, rule, accounts.Any());
    }
    if (rule != Rule::kSelf && request.session->user.must_change) {
        throw Problem("password_first");
    }
    RequireRight(request.actor, rule);
}

}  // namespace

Guard MakeGuard(app::App& app) {
    return [&app](Request& request, Rule rule) { Check(app, request, rule); };
}

bool IsLoopback(const std::string& address) {
    return StartsWith(address, "127.") || address == "::1" || StartsWith(address, "::ffff:127.");
}

std::string SessionCookieName(int64_t town, bool secure) {
    // A browser takes the prefix from this very host alone, and only encrypted.
    return (secure ? "__Host-zhenwu_" : "zhenwu_") + std::to_string(town);
}

std::string SessionCookie(const Request& request, int64_t town, const std::string& token) {
    std::string cookie = SessionCookieName(town, request.secure) + "=" + token +
                         "; Path=/; HttpOnly; SameSite=Strict";
    if (request.secure) {
        cookie += "; Secure";
    }
    if (token.empty()) {
        cookie += "; Max-Age=0";
    }
    return cookie;
}

}  // namespace zw::http
