#include "http/static_files.h"

#include <fmt/format.h>

#include <functional>

#include "base/text.h"

namespace zw::http {

namespace {

std::string TypeOf(std::string_view path) {
    constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };
    for (const auto& [ending, type] : kTypes) {
        if (EndsWith(path, ending)) {
            return std::string(type);
        }
    }
    return "application/octet-stream";
}

std::string EtagOf(std::string_view bytes) {
    return fmt::format("\"{:016x}\"", std::hash<std::string_view>()(bytes));
}

bool TakesGzip(const Request& request) {
    return request.Header("accept-encoding").find("gzip") != std::string::npos;
}

}  // namespace

Response ServeAsset(const app::Assets& assets, const Request& request, const std::string& path) {
    const auto packed = assets.Find(path + ".gz");
    const auto bytes = packed ? packed : assets.Find(path);
    if (!bytes) {
        throw Problem("page_missing");
    }
    Response response;
    response.type = TypeOf(path);
    response.headers["ETag"] = EtagOf(*bytes);
    response.headers["Cache-Control"] =
        StartsWith(path, "web/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    response.headers["Vary"] = "Accept-Encoding";
    if (request.Header("if-none-match") == response.headers["ETag"]) {
        response.status = 304;
        return response;
    }
    if (packed && TakesGzip(request)) {
        response.headers["Content-Encoding"] = "gzip";
    }
    response.body = packed && !TakesGzip(request) ? app::Gunzip(*bytes) : std::string(*bytes);
    return response;
}

void ServePage(Router& router) {
    router.Otherwise([](const Request& request) {
        const app::Assets& assets = app::Assets::Embedded();
        const std::string path = "web" + request.path;
        const bool there = assets.Find(path) || assets.Find(path + ".gz");
        return ServeAsset(assets, request, there ? path : "web/index.html");
    });
}

}  // namespace zw::http
