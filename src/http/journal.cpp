#include "http/journal.h"

#include <boost/json.hpp>

namespace zw::http {

namespace json = boost::json;

namespace {

json::object Line(const Clock& clock, const char* event, const Request& request) {
    return {
        {"at", TimeToText(clock.NowMillis())},
        {"event", event},
        {"who", request.session ? request.actor.name : ""},
        {"address", request.address},
        {"method", request.method},
        {"path", request.path}};
}

}  // namespace

void Journal::Refused(const Request& request, const Problem& problem) {
    json::object line = Line(clock_, "refused", request);
    line["code"] = problem.code();
    Write(json::serialize(line));
}

std::string Journal::Failed(const Request& request, const std::string& what) {
    int64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        number = ++failures_;
    }
    std::string reference = std::to_string(clock_.NowMillis()) + "-" + std::to_string(number);
    json::object line = Line(clock_, "failed", request);
    line["reference"] = reference;
    line["what"] = what;
    Write(json::serialize(line));
    return reference;
}

void Journal::Write(const std::string& line) {
    const std::lock_guard lock(mutex_);
    out_ << line << std::endl;
}

}  // namespace zw::http
