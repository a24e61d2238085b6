// 核数: each line of work says of the report's figures that they are right, or disputes one.

#include <boost/json.hpp>

#include "http/api.h"
#include "http/body.h"
#include "http/json.h"
#include "report/figure_checks.h"

namespace zw::http {

namespace json = boost::json;

namespace {

const char* WordOf(report::CheckState state) {
    switch (state) {
        case report::CheckState::kConfirmed:
            return "confirmed";
        case report::CheckState::kDisputed:
            return "disputed";
        case report::CheckState::kChanged:
            return "changed";
        case report::CheckState::kOpen:
            break;
    }
    return "open";
}

json::object ToJson(const report::FigureCheck& check, Language language) {
    return {
        {"slot", check.slot},
        {"label", In(language, check.label)},
        {"text", check.text},
        {"line", check.line},
        {"state", WordOf(check.state)},
        {"was", check.was},
        {"word", check.word},
        {"by", check.by},
        {"at",
         check.at_millis == 0 ? json::value(nullptr) : json::value(TimeToText(check.at_millis))},
    };
}

// By line, in the order of the report; `may_check`: the asker may speak for it.
Response Checks(app::App& app, const Request& request) {
    const Language language = LanguageOf(request);
    const report::FigureChecks checks(app.ledger(), app.reports());
    const auto figures = checks.List(request.actor, EditionOf(app, request));
    json::array lines;
    for (const definition::WorkLine& line : app.model().lines) {
        json::array own;
        for (const report::FigureCheck& figure : figures) {
            if (figure.line == line.id) {
                own.emplace_back(ToJson(figure, language));
            }
        }
        if (!own.empty()) {
            lines.emplace_back(json::object{
                {"line", line.id},
                {"name", In(language, line.name)},
                {"may_check", request.actor.MayWrite(line.id)},
                {"figures", std::move(own)}});
        }
    }
    return JsonResponse(json::object{{"lines", std::move(lines)}});
}

Response Say(app::App& app, const Request& request) {
    const int64_t edition = EditionOf(app, request);
    const json::object body = JsonBody(request);
    report::CheckRequest said;
    said.slots = OptionalTexts(body, "slots").value_or(std::vector<std::string>{});
    const std::string state = TextMember(body, "state");
    if (state != "confirmed" && state != "disputed") {
        throw Problem::Because(
            "bad_request", {"state 应为 confirmed 或 disputed", "state is confirmed or disputed"}
        );
    }
    said.disputed = state == "disputed";
    said.word = OptionalText(body, "word").value_or("");
    report::FigureChecks(app.ledger(), app.reports()).Say(request.actor, edition, said);
    return Checks(app, request);
}

}  // namespace

void AddCheckRoutes(Router& router, app::App& app) {
    const char* pattern = "/api/v1/editions/{edition}/checks";
    AddRoute(router, app, "GET", pattern, Rule::kTown, Checks);
    AddRoute(router, app, "POST", pattern, Rule::kTown, Say);
}

}  // namespace zw::http
