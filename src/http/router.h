#pragma once
// Routes: method and path pattern → handler. Patterns have path parameters:
// /api/v1/records/{record}/{id}. Filled once at start, read from any thread afterwards.

#include <functional>
#include <string>
#include <vector>

#include "http/message.h"

namespace zw::http {

using Handler = std::function<Response(const Request&)>;

class Router {
public:
    // Throws std::logic_error when the same method and pattern stand twice.
    void Add(const std::string& method, const std::string& pattern, Handler handler);
    // What answers everything else under GET (the page's files).
    void Otherwise(Handler handler) { otherwise_ = std::move(handler); }

    // Never throws: problems become their answers, anything else "internal". 405 names the methods
    // that are allowed.
    Response Handle(Request request) const;
    // "GET /api/v1/town" …, in order of adding.
    std::vector<std::string> Routes() const;

private:
    struct Route {
        std::string method;
        std::string pattern;
        std::vector<std::string> segments;
        Handler handler;
    };

    Response Dispatch(Request& request) const;

    std::vector<Route> routes_;
    Handler otherwise_;
};

}  // namespace zw::http
