#include <boost/json.hpp>

#include "base/not_found.h"
#include "http/api.h"
#include "http/api_description.h"
#include "http/api_forms.h"
#include "http/body.h"
#include "http/guard.h"
#include "http/json.h"
#include "http/static_files.h"
#include "ledger/may_write.h"

namespace zw::http {

namespace json = boost::json;

Period PeriodParameter(const Request& request) {
    const auto period = ParsePeriod(request.Query("period"));
    if (!period) {
        throw Problem::Because(
            "bad_request",
            {"period 应为 2023、2023Q4 或 2023-06", "period is 2023, 2023Q4 or 2023-06"}
        );
    }
    return *period;
}

int64_t PlaceParameter(const Request& request, const access::PlaceTree& places) {
    const std::string text = request.Query("place");
    if (text.empty()) {
        return places.town().id;
    }
    if (text == "itself") {
        return places.town_itself().id;
    }
    const auto id = places.Match(text);
    if (!id) {
        throw NotFound(Thing::kPlace, text);
    }
    return *id;
}

int64_t EditionOf(app::App& app, const Request& request) {
    return app.reports().Find(IdOf(request.parts.at("edition"), "edition")).number;
}

namespace {

Response Town(app::App& app, const Request& request) {
    const Language language = LanguageOf(request);
    const access::PlaceTree places = app.Places();
    json::array villages;
    for (const access::Place* village : places.Villages()) {
        villages.emplace_back(json::object{
            {"code", village->code}, {"name", village->name}, {"groups", village->groups}});
    }
    json::array lines;
    for (const definition::WorkLine& line : app.model().lines) {
        lines.emplace_back(json::object{
            {"id", line.id},
            {"chapter", line.chapter},
            {"name", In(language, line.name)},
            {"name_en", line.name.en}});
    }
    json::array reports;
    for (const definition::ReportDefinition& report : app.model().reports) {
        reports.emplace_back(json::object{{"id", report.id}, {"name", In(language, report.name)}});
    }
    return JsonResponse(json::object{
        {"name", places.town().name},
        {"code", places.town().code},
        {"today", ToText(app.clock().Today())},
        {"villages", std::move(villages)},
        {"lines", std::move(lines)},
        {"reports", std::move(reports)},
    });
}

Response RecordTypes(app::App& app, const Request& request) {
    json::array types;
    for (const definition::RecordType& type : app.model().records) {
        json::object entry = ToJson(type, LanguageOf(request));
        ledger::Query query;
        query.record = type.id;
        entry["may_write"] = ledger::MayWrite(request.actor, type);
        entry["count"] = app.ledger().Count(request.actor, query);
        types.emplace_back(std::move(entry));
    }
    return JsonResponse(types);
}

}  // namespace

void AddRoute(
    Router& router,
    app::App& app,
    const std::string& method,
    const std::string& pattern,
    Rule rule,
    Response (*handler)(app::App&, const Request&)
) {
    router.Add(method, pattern, rule, [&app, handler](const Request& request) {
        return handler(app, request);
    });
}

void AddTownRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/town", Rule::kRead, Town);
    AddRoute(router, app, "GET", "/api/v1/records", Rule::kRead, RecordTypes);
}

void AddAllRoutes(Router& router, app::App& app) {
    AddTownRoutes(router, app);
    AddSettingsRoutes(router, app);
    AddReturnRoutes(router, app);
    AddRecordRoutes(router, app);
    AddEditRoutes(router, app);
    AddBulkRoutes(router, app);
    AddFigureRoutes(router, app);
    AddReportRoutes(router, app);
    AddEditionRoutes(router, app);
    AddFormRoutes(router, app);
    AddCheckRoutes(router, app);
    AddImportRoutes(router, app);
    AddSessionRoutes(router, app);
    AddUserRoutes(router, app);
    AddDescriptionRoute(router);
    router.Protect(MakeGuard(app));
    ServePage(router);
}

}  // namespace zw::http
