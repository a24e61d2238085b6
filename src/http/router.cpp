#include "http/router.h"

#include <stdexcept>

#include "base/not_found.h"
#include "base/text.h"
#include "http/journal.h"

namespace zw::http {

namespace {

std::vector<std::string> SegmentsOf(const std::string& path) {
    std::vector<std::string> segments = Split(path, '/');
    segments.erase(segments.begin());  // before the first slash
    return segments;
}

[[noreturn]] void Twice(const std::string& method, const std::string& pattern) {
    throw std::logic_error("route stands twice: " + method + " " + pattern);
}

bool Matches(
    const std::vector<std::string>& pattern,
    const std::vector<std::string>& path,
    std::map<std::string, std::string>& parts
) {
    if (pattern.size() != path.size()) {
        return false;
    }
    parts.clear();
    for (size_t i = 0; i < pattern.size(); ++i) {
        if (StartsWith(pattern[i], "{") && !path[i].empty()) {
            parts[pattern[i].substr(1, pattern[i].size() - 2)] = path[i];
        } else if (pattern[i] != path[i]) {
            return false;
        }
    }
    return true;
}

}  // namespace

void Router::Add(
    const std::string& method, const std::string& pattern, Rule rule, Handler handler
) {
    if (rule == Rule::kNone) {
        throw std::logic_error("route without a rule: " + method + " " + pattern);
    }
    for (const Route& route : routes_) {
        if (route.info.method == method && route.info.pattern == pattern) {
            Twice(method, pattern);
        }
    }
    routes_.push_back({{method, pattern, rule, false}, SegmentsOf(pattern), std::move(handler)});
}

void Router::AddUpload(const std::string& pattern, Rule rule, Handler handler) {
    Add("PUT", pattern, rule, std::move(handler));
    routes_.back().info.upload = true;
}

const Router::Route* Router::FindUpload(const std::string& method, const std::string& path) const {
    const std::vector<std::string> segments = SegmentsOf(path);
    std::map<std::string, std::string> parts;
    for (const Route& route : routes_) {
        if (route.info.upload && route.info.method == method &&
            Matches(route.segments, segments, parts)) {
            return &route;
        }
    }
    return nullptr;
}

bool Router::TakesUpload(const std::string& method, const std::string& path) const {
    if (const Router* next = *next_) {
        return next->TakesUpload(method, path);
    }
    return FindUpload(method, path) != nullptr;
}

std::optional<Response> Router::Admit(Request request) const {
    if (const Router* next = *next_) {
        return next->Admit(std::move(request));
    }
    const Route* route = FindUpload(request.method, request.path);
    if (route == nullptr) {
        return std::nullopt;
    }
    Response refused = Guarded(request, [&] {
        Check(request, route->info.rule);
        Response none;
        none.status = 0;
        return none;
    });
    return refused.status == 0 ? std::nullopt : std::optional(std::move(refused));
}

void Router::Check(Request& request, Rule rule) const {
    if (guard_) {
        guard_(request, rule);
    } else if (rule != Rule::kOpen) {
        throw Problem("login_first");
    }
}

Response Router::Dispatch(Request& request) const {
    const std::vector<std::string> segments = SegmentsOf(request.path);
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    std::string allowed;
    for (const Route& route : routes_) {
        std::map<std::string, std::string> parts;
        if (!Matches(route.segments, segments, parts)) {
            continue;
        }
        if (route.info.method == method) {
            request.parts = std::move(parts);
            Check(request, route.info.rule);
            return route.handler(request);
        }
        if (!allowed.empty()) {
            allowed += ", ";
        }
        allowed += route.info.method;
    }
    if (allowed.empty() && method == "GET" && otherwise_ && !StartsWith(request.path, "/api/")) {
        return otherwise_(request);
    }
    if (allowed.empty() && StartsWith(request.path, "/api/")) {
        throw NotFound(Thing::kRoute, request.path);
    }
    Response response =
        ProblemResponse(Problem("method_not_allowed", {{"method", request.method}}));
    response.headers["Allow"] = allowed.empty() ? "GET, HEAD" : allowed;
    return response;
}

Response Router::Handle(Request request) const {
    if (const Router* next = *next_) {
        return next->Handle(std::move(request));
    }
    Response response = Guarded(request, [&] { return Dispatch(request); });
    if (StartsWith(request.path, "/api/")) {
        // Names are told in the caller's language: no cache may give one's to another.
        response.headers["Vary"] = "Accept-Language";
    }
    return response;
}

Response Router::Guarded(const Request& request, const std::function<Response()>& answer) const {
    try {
        return answer();
    } catch (const Problem& problem) {
        const bool own = problem.code() == "internal" || problem.code() == "sql_failed";
        return own ? Failure(request, problem.what()) : Refusal(request, problem);
    } catch (const std::exception& error) {
        return Failure(request, error.what());
    }
}

Response Router::Refusal(const Request& request, const Problem& problem) const {
    constexpr int kForbidden = 403;
    constexpr int kTooMany = 429;
    constexpr int kServer = 500;
    const int status = problem.status();
    const bool telling =
        status == kForbidden || status == kTooMany || problem.code() == "login_failed";
    if (journal_ != nullptr && status >= kServer) {
        journal_->Failed(request, problem.what());
    } else if (journal_ != nullptr && telling) {
        journal_->Refused(request, problem);
    }
    return ProblemResponse(problem);
}

Response Router::Failure(const Request& request, const std::string& what) const {
    const std::string reference = journal_ != nullptr ? journal_->Failed(request, what) : "";
    return ProblemResponse(Problem("internal_told", {{"reference", reference}}));
}

std::vector<RouteInfo> Router::Routes() const {
    std::vector<RouteInfo> routes;
    for (const Route& route : routes_) {
        routes.push_back(route.info);
    }
    return routes;
}

}  // namespace zw::http
