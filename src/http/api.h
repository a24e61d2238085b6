#pragma once
// The page's reading of a town: every route of /api/v1. Read-only; whoever sits at the office box
// reads the whole town, personal data masked. doc/api.md lists the routes with their answers.

#include "app/app.h"
#include "http/router.h"

namespace zw::http {

// `app` must outlive the router.
void AddTownRoutes(Router& router, app::App& app);    // town, record types, indicators, returns
void AddRecordRoutes(Router& router, app::App& app);  // lists, one record, its history
void AddFigureRoutes(Router& router, app::App& app);  // figures, explanations, records behind them
void AddReportRoutes(
    Router& router, app::App& app
);  // the report as paragraphs with slots, .docx, .html
void AddAllRoutes(Router& router, app::App& app);  // these and the page's files

// Query parameters shared by routes. Throw "bad_request" or "not_found".
Period PeriodParameter(const Request& request);
int64_t PlaceParameter(const Request& request, const access::PlaceTree& places);

}  // namespace zw::http
