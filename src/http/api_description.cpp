#include "http/api_description.h"

#include "app/assets.h"
#include "http/static_files.h"

namespace zw::http {

void AddDescriptionRoute(Router& router) {
    // Open: it tells what anybody reads in the sources, and nothing of the town.
    router.Add("GET", "/api/openapi.json", Rule::kOpen, [](const Request& request) {
        return ServeAsset(app::Assets::Embedded(), request, "web/openapi.json");
    });
}

}  // namespace zw::http
