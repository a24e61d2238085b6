#pragma once
// The description of this interface for programs, /api/openapi.json (OpenAPI 3.1). web/openapi/
// holds it in pieces, the page's build puts them together (web/scripts/openapi.mjs).

#include "http/router.h"

namespace zw::http {

// Answers "page_missing" where the program was built without its page.
void AddDescriptionRoute(Router& router);

}  // namespace zw::http
