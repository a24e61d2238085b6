#pragma once
// What a page sends to be written, and what it is told when that is refused.

#include <boost/json/fwd.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/app.h"
#include "http/language.h"
#include "http/message.h"
#include "ledger/refusal.h"
#include "ledger/written.h"

namespace zw::http {

// One row as it was sent: {"id","version","place","values","precision"}; which of them must be
// there is the route's business.
struct SentRow {
    int64_t id = 0;       // 0: not given
    int64_t version = 0;  // 0: not given
    std::optional<int64_t> place;
    ledger::Typed typed;
};

constexpr size_t kMaxRowBytes = 256 * 1024;
constexpr size_t kMaxBulkRows = 5'000;

// The body as JSON. Throws "bad_request", and "request_too_large" over `limit` bytes.
boost::json::value BodyOf(const Request& request, size_t limit);
// Throws "bad_request" for what has another form, "not_found" for an unknown place.
SentRow ReadSentRow(const boost::json::value& sent, const access::PlaceTree& places);

// Throws "header_missing" without it, "bad_request" for one that is too long.
std::string KeyGiven(const Request& request);

// {"field","code","severity","message"[,"value"]}; the message in the language.
boost::json::array FindingsJson(const std::vector<Finding>& findings, Language language);
// How references, indicators and settings of a row read, by field.
boost::json::object TitlesJson(const std::map<std::string, std::string>& titles);
// The answer that says a problem, with further members.
Response ProblemResponse(const Problem& problem, const boost::json::object& more);
// A row as lists give it, with "titles", "findings".
boost::json::object RowJson(
    app::App& app,
    const Request& request,
    const ledger::Record& row,
    const std::vector<Finding>& findings
);

}  // namespace zw::http
