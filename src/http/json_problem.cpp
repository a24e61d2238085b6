#include <boost/json.hpp>

#include "http/json.h"

namespace zw::http {

namespace json = boost::json;

json::object ToJson(const Problem& problem) {
    json::object out{
        {"type", "urn:zhenwu:" + problem.code()},
        {"title", problem.Message()},
        {"title_en", problem.Message(true)},
        {"status", problem.status()},
        {"code", problem.code()},
    };
    json::object details;
    for (const auto& [name, value] : problem.details()) {
        details[name] = value;
    }
    out["details"] = std::move(details);
    return out;
}

}  // namespace zw::http
