#pragma once
// JSON of the program's answers: what the command line prints with --json and what the page reads.
// Decimals and ids are strings.

#include <boost/json/fwd.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "access/place.h"
#include "base/problem.h"
#include "definition/model.h"
#include "http/language.h"
#include "indicator/figures.h"
#include "ledger/ledger.h"

namespace zw::http {

// RFC 9457: {"type","title","status","detail","code", details…}.
boost::json::object ToJson(const Problem& problem);
boost::json::object ToJson(const Finding& finding, Language language = Language::kChinese);
// {"indicator","place","period","value","exact","unit","state","basis","missing","records"[,
// "compare"]}; place is a code.
boost::json::object ToJson(
    const indicator::Figure& figure,
    const access::PlaceTree& places,
    const indicator::Comparison* comparison = nullptr,
    Language language = Language::kChinese
);
boost::json::object ToJson(
    const indicator::Comparison& comparison, const access::PlaceTree& places
);
boost::json::object ToJson(
    const indicator::Breakdown& breakdown,
    const access::PlaceTree& places,
    Language language = Language::kChinese
);
boost::json::object ToJson(const indicator::FigureRow& row);
// An adopted or forecast figure by itself.
boost::json::object ToJson(const indicator::Entry& entry);
// The same with what it stands for.
boost::json::object ToJson(
    const indicator::Entry& entry,
    const definition::Model& model,
    const access::PlaceTree& places,
    Language language = Language::kChinese
);
boost::json::object ToJson(const ledger::Record& record, const access::PlaceTree& places);
boost::json::object ToJson(const ledger::VersionInfo& version, const access::PlaceTree& places);
boost::json::object ToJson(
    const definition::RecordType& type, Language language = Language::kChinese
);
boost::json::object ToJson(
    const definition::Indicator& indicator, Language language = Language::kChinese
);

}  // namespace zw::http
