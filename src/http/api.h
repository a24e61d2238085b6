#pragma once
// Every route of /api/v1. Each handler acts for Request::actor, which the guard has set. doc/api.md
// lists the routes with their answers, doc/access.md who may ask which.

#include "app/app.h"
#include "http/router.h"

namespace zw::http {

// `app` must outlive the router.
void AddTownRoutes(Router& router, app::App& app);      // town, record types
void AddSettingsRoutes(Router& router, app::App& app);  // what the town says about itself
void AddReturnRoutes(Router& router, app::App& app);    // who owes which return, given by hand
void AddRecordRoutes(Router& router, app::App& app);    // lists, one record, its history
void AddEditRoutes(Router& router, app::App& app);      // one record written, checked, taken back
void AddBulkRoutes(Router& router, app::App& app);      // many at once, and their undo
void AddFigureRoutes(Router& router, app::App& app);  // figures, explanations, records behind them
void AddReportRoutes(
    Router& router, app::App& app
);  // the report as paragraphs with slots, .docx, .html
void AddEditionRoutes(Router& router, app::App& app);  // drafts written, sealed, compared
void AddCheckRoutes(Router& router, app::App& app);    // 核数
void AddImportRoutes(Router& router, app::App& app);   // the import desk, batches
void AddSessionRoutes(Router& router, app::App& app);  // signing in, first start
void AddUserRoutes(Router& router, app::App& app);     // users, masked values opened
// All of these and the page's files, under guard.
void AddAllRoutes(Router& router, app::App& app);

// A route whose handler reads or writes the town.
void AddRoute(
    Router& router,
    app::App& app,
    const std::string& method,
    const std::string& pattern,
    Rule rule,
    Response (*handler)(app::App&, const Request&)
);

// Query parameters shared by routes. Throw "bad_request" or "not_found".
Period PeriodParameter(const Request& request);
int64_t PlaceParameter(const Request& request, const access::PlaceTree& places);
// {edition} of the path.
int64_t EditionOf(app::App& app, const Request& request);

}  // namespace zw::http
