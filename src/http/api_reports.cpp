#include <boost/json.hpp>

#include "base/not_found.h"
#include "base/text.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json.h"
#include "http/json_report.h"
#include "http/ledgers_behind.h"
#include "report/condition.h"

namespace zw::http {

namespace json = boost::json;

namespace {

// The edition asked for; else the sealed one of the period when there is one, else its draft as it
// reads today.
int64_t EditionFor(app::App& app, const Request& request) {
    const std::string& report = request.parts.at("report");
    if (app.model().FindReport(report) == nullptr) {
        throw NotFound(Thing::kReport, report);
    }
    if (!request.Query("edition").empty()) {
        return app.reports().Find(IdOf(request.Query("edition"), "edition")).number;
    }
    const Period period = PeriodParameter(request);
    for (const report::EditionInfo& edition : app.reports().List()) {
        if (edition.report == report && edition.period == period && edition.sealed) {
            return edition.number;
        }
    }
    report::DraftRequest draft;
    draft.report = report;
    draft.period = period;
    return app.reports().Draft(request.actor, draft).number;
}

// A sealed edition has Chinese words alone: what is asked for by name is called by it in English,
// where the definitions still know it.
void NameInEnglish(
    const definition::Model& model, const report::ResolvedSlot& slot, json::object& out
) {
    if (!slot.english.label.empty()) {
        return;
    }
    if (slot.kind == "condition") {
        try {
            out["label"] =
                report::ConditionInWords(report::CompileCondition(slot.key, model), model).en;
            out["formula"] = out["label"];
        } catch (const Problem&) {
            return;  // names what is defined no more
        }
        return;
    }
    const definition::Indicator* indicator = model.FindIndicator(slot.key);
    if (slot.kind != "figure" || indicator == nullptr ||
        !EndsWith(slot.label, indicator->name.zh)) {
        return;
    }
    const std::string of = slot.label.substr(0, slot.label.size() - indicator->name.zh.size());
    out["label"] = indicator->name.English() + (of.empty() ? "" : " (" + of + ")");
}

Response Paragraphs(app::App& app, const Request& request) {
    const Language language = LanguageOf(request);
    const report::Rendered rendered = app.reports().Render(request.actor, EditionFor(app, request));
    json::object out = ToJson(rendered, true, language);
    json::array& slots = out["slots"].as_array();
    for (size_t i = 0; i < rendered.slots.size(); ++i) {
        const report::ResolvedSlot& slot = rendered.slots[i];
        slots[i].as_object()["ledgers"] =
            slot.pending.empty() ? json::array() : LedgersBehind(app.model(), slot, language);
        if (language == Language::kEnglish) {
            NameInEnglish(app.model(), slot, slots[i].as_object());
        }
    }
    const definition::ReportDefinition* definition =
        app.model().FindReport(rendered.edition.report);
    out["name"] = definition != nullptr ? In(language, definition->name) : "";
    return JsonResponse(out);
}

Response File(app::App& app, const Request& request) {
    const report::Rendered rendered = app.reports().Render(request.actor, EditionFor(app, request));
    const std::string format = request.Query("format");
    Response response;
    if (format == "html") {
        response.type = "text/html; charset=utf-8";
        response.body = app.reports().Html(request.actor, rendered);
        // The page styles itself and runs no script.
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return response;
    }
    if (format != "docx") {
        throw Problem::Because(
            "bad_request", {"format 应为 docx 或 html", "format is docx or html"}
        );
    }
    response.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    response.body = app.reports().Docx(rendered);
    response.headers["Content-Disposition"] =
        "attachment; filename=\"report-" + ToText(rendered.edition.period) + ".docx\"";
    return response;
}

}  // namespace

void AddReportRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/reports/{report}", Rule::kTown, Paragraphs);
    AddRoute(router, app, "GET", "/api/v1/reports/{report}/file", Rule::kTown, File);
}

}  // namespace zw::http
