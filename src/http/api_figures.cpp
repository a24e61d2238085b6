#include <boost/json.hpp>

#include "base/text.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json.h"
#include "http/ledgers_behind.h"
#include "indicator/figure_text.h"

namespace zw::http {

namespace json = boost::json;

namespace {

using indicator::Compare;
using indicator::FigureQuery;

constexpr int kRecordsPage = 100;

const definition::Indicator& IndicatorOf(app::App& app, const Request& request) {
    const definition::Indicator* found = app.model().FindIndicator(request.parts.at("indicator"));
    if (found == nullptr) {
        throw Problem(
            "not_found",
            {{"kind", "指标"}, {"name", request.parts.at("indicator")}, {"nearest", ""}}
        );
    }
    return *found;
}

FigureQuery QueryOf(app::App& app, const Request& request) {
    FigureQuery query;
    query.indicator = IndicatorOf(app, request).id;
    query.place = PlaceParameter(request, app.Places());
    query.period = PeriodParameter(request);
    return query;
}

json::value TargetJson(const std::optional<indicator::Figures::Target>& target) {
    if (!target) {
        return nullptr;
    }
    return json::object{
        {"value", indicator::ValueText(target->value)},
        {"due", target->due ? json::value(ToText(*target->due)) : json::value(nullptr)},
        {"document", target->document},
        {"completion",
         target->completion
             ? json::value(indicator::ValueText(
                   Round({target->completion->numerator * 100, target->completion->denominator}, 1)
               ))
             : json::value(nullptr)},
    };
}

json::object WithContext(
    app::App& app,
    const access::Actor& actor,
    const FigureQuery& query,
    const access::PlaceTree& places
) {
    const auto context = app.figures().GetInContext(actor, query, Compare::kYearOnYear);
    json::object out = ToJson(context.figure, places, &context.comparison);
    out["target"] = TargetJson(context.target);
    return out;
}

Response All(app::App& app, const Request& request) {
    const access::PlaceTree places = app.Places();
    FigureQuery query;
    query.place = PlaceParameter(request, places);
    query.period = PeriodParameter(request);
    json::array out;
    for (const definition::Indicator& indicator : app.model().indicators) {
        query.indicator = indicator.id;
        json::object entry = ToJson(indicator);
        entry["figure"] = WithContext(app, request.actor, query, places);
        out.emplace_back(std::move(entry));
    }
    return JsonResponse(out);
}

Response Explain(app::App& app, const Request& request) {
    const access::PlaceTree places = app.Places();
    const FigureQuery query = QueryOf(app, request);
    const definition::Indicator& indicator = IndicatorOf(app, request);
    json::object out = ToJson(indicator);
    out["figure"] = WithContext(app, request.actor, query, places);
    out["explanation"] = ToJson(app.figures().Explain(request.actor, query), places);
    for (json::value& input : out["explanation"].at("inputs").as_array()) {
        const std::string id(input.at("indicator").as_string());
        input.as_object()["name"] = app.model().FindIndicator(id)->name.zh;
    }
    out["ledgers"] = LedgersBehind(app.model(), indicator);
    return JsonResponse(out);
}

Response Records(app::App& app, const Request& request) {
    const std::string after = request.Query("after");
    const auto rows = app.figures().Records(
        request.actor, QueryOf(app, request), kRecordsPage, after.empty() ? 0 : IdOf(after, "after")
    );
    json::array out;
    for (const indicator::FigureRow& row : rows) {
        json::object entry = ToJson(row);
        entry["indicator_name"] = app.model().FindIndicator(row.indicator)->name.zh;
        out.emplace_back(std::move(entry));
    }
    return JsonResponse(json::object{
        {"rows", std::move(out)},
        {"next",
         static_cast<int>(rows.size()) >= kRecordsPage ? std::to_string(rows.back().row.id) : ""},
    });
}

}  // namespace

void AddFigureRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/figures", Rule::kRead, All);
    AddRoute(router, app, "GET", "/api/v1/figures/{indicator}", Rule::kRead, Explain);
    AddRoute(router, app, "GET", "/api/v1/figures/{indicator}/records", Rule::kRead, Records);
}

}  // namespace zw::http
