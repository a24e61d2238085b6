#pragma once
// The page's files from the program's own memory: packed ahead (gzip), with ETag, cached for ever
// when their names carry a hash.

#include "app/assets.h"
#include "http/message.h"
#include "http/router.h"

namespace zw::http {

// The file at `path` of the assets (web/icon.svg). Throws "page_missing" when it is not inside: the
// page was not built.
Response ServeAsset(const app::Assets& assets, const Request& request, const std::string& path);

// Whatever no route answers is the page's: its files; "/" and paths that no file has answer the
// page itself (its own router reads the address).
void ServePage(Router& router);

}  // namespace zw::http
