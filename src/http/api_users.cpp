// Users, for who may manage them; and one masked value opened, with the reason in the log.

#include <boost/json.hpp>

#include "access/accounts.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json_user.h"
#include "http/once.h"
#include "ledger/reveal.h"

namespace zw::http {

namespace json = boost::json;

namespace {

std::optional<access::Role> RoleMember(const json::object& body) {
    const auto text = OptionalText(body, "role");
    if (!text) {
        return std::nullopt;
    }
    const auto role = access::ParseRole(*text);
    if (!role) {
        throw Problem::Because(
            "bad_user", {"没有岗位“" + *text + "”", "there is no role \"" + *text + "\""}
        );
    }
    return role;
}

std::optional<std::vector<int64_t>> PlacesMember(
    const json::object& body, const access::PlaceTree& tree
) {
    const auto codes = OptionalTexts(body, "places");
    if (!codes) {
        return std::nullopt;
    }
    std::vector<int64_t> places;
    for (const std::string& code : *codes) {
        const auto place =
            code == "itself" ? std::optional(tree.town_itself().id) : tree.Match(code);
        if (!place) {
            throw Problem::Because(
                "bad_user", {"没有村“" + code + "”", "there is no village \"" + code + "\""}
            );
        }
        places.push_back(*place);
    }
    return places;
}

Response MadeResponse(app::App& app, const access::Accounts::Made& made, int status) {
    json::object out = ToJson(made.user, app.Places());
    out["one_time_password"] = made.one_time_password;
    return JsonResponse(out, status);
}

Response List(app::App& app, const Request& /*request*/) {
    const access::PlaceTree places = app.Places();
    json::array users;
    for (const access::User& user : app.accounts().List()) {
        users.emplace_back(ToJson(user, places));
    }
    json::array roles;
    for (const access::RoleInfo& role : access::Roles()) {
        roles.emplace_back(json::object{
            {"key", role.key},
            {"name", role.name},
            {"by_line", role.by_line},
            {"by_place", role.by_place},
            {"whole_town", role.whole_town}});
    }
    return JsonResponse(json::object{{"users", std::move(users)}, {"roles", std::move(roles)}});
}

access::UserDraft DraftSent(app::App& app, const json::object& body) {
    access::UserDraft draft;
    draft.login = TextMember(body, "login");
    draft.name = TextMember(body, "name");
    const auto role = RoleMember(body);
    if (!role) {
        throw Problem::Because("bad_user", {"请选择岗位", "choose a role"});
    }
    draft.role = *role;
    draft.lines = OptionalTexts(body, "lines").value_or(std::vector<std::string>());
    draft.places = PlacesMember(body, app.Places()).value_or(std::vector<int64_t>());
    return draft;
}

Response Add(app::App& app, const Request& request) {
    access::Accounts& accounts = app.accounts();
    const auto why = [](const json::object& body) {
        return OptionalText(body, "why").value_or("");
    };
    return Once(
        app,
        request,
        [&](const store::Along& along) {
            const json::object body = JsonBody(request);
            const access::UserDraft draft = DraftSent(app, body);
            return MadeResponse(app, accounts.Add(request.actor, draft, why(body), along), 201);
        },
        // The first answer was lost, and with it the one-time password, which is kept nowhere in
        // clear: there is another, unless the first was used.
        [&](int64_t id) {
            const access::User user = accounts.Get(id);
            if (!user.must_change) {
                throw Problem("login_taken", {{"login", user.login}});
            }
            const std::string reason = why(JsonBody(request));
            return MadeResponse(app, accounts.ResetPassword(request.actor, id, reason), 201);
        }
    );
}

Response Change(app::App& app, const Request& request) {
    const json::object body = JsonBody(request);
    access::UserChange change;
    change.name = OptionalText(body, "name");
    change.role = RoleMember(body);
    change.lines = OptionalTexts(body, "lines");
    change.places = PlacesMember(body, app.Places());
    change.disabled = OptionalBool(body, "disabled");
    const access::User user = app.accounts().Change(
        request.actor,
        IdOf(request.parts.at("id"), "id"),
        change,
        OptionalText(body, "why").value_or("")
    );
    return JsonResponse(ToJson(user, app.Places()));
}

Response ResetPassword(app::App& app, const Request& request) {
    const json::object body = JsonBody(request);
    return MadeResponse(
        app,
        app.accounts().ResetPassword(
            request.actor,
            IdOf(request.parts.at("id"), "id"),
            OptionalText(body, "why").value_or("")
        ),
        200
    );
}

Response Reveal(app::App& app, const Request& request) {
    const json::object body = JsonBody(request);
    const std::string field = TextMember(body, "field");
    const std::string value = ledger::Reveal(
        app.ledger(),
        request.actor,
        request.parts.at("record"),
        IdOf(request.parts.at("id"), "id"),
        field,
        OptionalText(body, "why").value_or("")
    );
    return JsonResponse(json::object{{"field", field}, {"value", value}});
}

}  // namespace

void AddUserRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/users", Rule::kUsers, List);
    AddRoute(router, app, "POST", "/api/v1/users", Rule::kUsers, Add);
    AddRoute(router, app, "PATCH", "/api/v1/users/{id}", Rule::kUsers, Change);
    AddRoute(router, app, "POST", "/api/v1/users/{id}/password", Rule::kUsers, ResetPassword);
    AddRoute(router, app, "POST", "/api/v1/records/{record}/{id}/reveal", Rule::kReveal, Reveal);
}

}  // namespace zw::http
