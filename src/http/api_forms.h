#pragma once
// Routes of forms of others in .xlsx and of what was kept of them; part of api.h's.

#include "app/app.h"
#include "http/router.h"

namespace zw::http {

// `app` must outlive the router.
void AddFormRoutes(Router& router, app::App& app);

}  // namespace zw::http
