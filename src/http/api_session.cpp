// Signing in and out, one's own password and sessions, the first start.

#include <boost/json.hpp>

#include "access/accounts.h"
#include "http/api.h"
#include "http/body.h"
#include "http/guard.h"
#include "http/json_user.h"

namespace zw::http {

namespace json = boost::json;

namespace {

access::Client ClientOf(const Request& request) {
    return {request.address, request.Header("user-agent")};
}

json::object SessionJson(app::App& app, const Request& request, const access::SignedIn* who) {
    json::object out;
    out["user"] = who == nullptr ? json::value(nullptr) : ToJson(who->user, app.Places());
    out["csrf"] = who == nullptr ? json::value(nullptr) : json::value(who->csrf);
    out["first_start"] = who == nullptr && IsLoopback(request.address) && !app.accounts().Any();
    out["may"] = MayJson(who == nullptr ? access::Rights::None() : who->actor.rights);
    return out;
}

Response Begun(app::App& app, const Request& request, const access::Ticket& ticket, int status) {
    Response response = JsonResponse(SessionJson(app, request, ticket.who.get()), status);
    response.headers["Set-Cookie"] = SessionCookie(request, app.town(), ticket.token);
    return response;
}

Response SignIn(app::App& app, const Request& request) {
    const json::object body = JsonBody(request);
    return Begun(
        app,
        request,
        app.accounts().SignIn(
            TextMember(body, "login"), TextMember(body, "password"), ClientOf(request)
        ),
        200
    );
}

Response SignOut(app::App& app, const Request& request) {
    app.accounts().EndSession(request.actor, request.session->session, request.session->user.id);
    Response response = JsonResponse(SessionJson(app, request, nullptr));
    response.headers["Set-Cookie"] = SessionCookie(request, app.town(), "");
    return response;
}

Response FirstStart(app::App& app, const Request& request) {
    if (!IsLoopback(request.address)) {
        throw Problem("loopback_only");
    }
    const json::object body = JsonBody(request);
    const std::string login = TextMember(body, "login");
    const std::string password = TextMember(body, "password");
    app.accounts().MakeFirst(login, TextMember(body, "name"), password);
    return Begun(app, request, app.accounts().SignIn(login, password, ClientOf(request)), 201);
}

Response ChangePassword(app::App& app, const Request& request) {
    const json::object body = JsonBody(request);
    return Begun(
        app,
        request,
        app.accounts().ChangePassword(
            *request.session, TextMember(body, "old"), TextMember(body, "new"), ClientOf(request)
        ),
        200
    );
}

// One's own; of somebody else (user=ID) or of all (user=all) for who manages users.
Response Sessions(app::App& app, const Request& request) {
    int64_t user = request.session->user.id;
    if (const std::string wanted = request.Query("user"); !wanted.empty()) {
        access::Actor::Require(request.actor.rights.users, {"管理用户", "managing users"});
        user = wanted == "all" ? 0 : IdOf(wanted, "user");
    }
    json::array out;
    for (const access::SessionInfo& session : app.accounts().Sessions(user)) {
        json::object one = ToJson(session);
        one["own"] = session.id == request.session->session;
        out.emplace_back(std::move(one));
    }
    return JsonResponse(out);
}

Response EndSession(app::App& app, const Request& request) {
    const int64_t of = request.actor.rights.users ? 0 : request.session->user.id;
    app.accounts().EndSession(request.actor, IdOf(request.parts.at("id"), "id"), of);
    return NoContent();
}

}  // namespace

void AddSessionRoutes(Router& router, app::App& app) {
    AddRoute(
        router,
        app,
        "GET",
        "/api/v1/session",
        Rule::kOpen,
        [](app::App& to, const Request& request) {
            return JsonResponse(SessionJson(to, request, request.session.get()));
        }
    );
    AddRoute(router, app, "POST", "/api/v1/session", Rule::kOpen, SignIn);
    AddRoute(router, app, "DELETE", "/api/v1/session", Rule::kSelf, SignOut);
    AddRoute(router, app, "POST", "/api/v1/session/password", Rule::kSelf, ChangePassword);
    AddRoute(router, app, "POST", "/api/v1/first-start", Rule::kOpen, FirstStart);
    AddRoute(router, app, "GET", "/api/v1/sessions", Rule::kSelf, Sessions);
    AddRoute(router, app, "DELETE", "/api/v1/sessions/{id}", Rule::kSelf, EndSession);
}

}  // namespace zw::http
