#pragma once
// JSON of the import desk: trays and what people decide about their tables.

#include <boost/json/fwd.hpp>
#include <string>

#include "app/import_desk.h"
#include "http/language.h"

namespace zw::http {

boost::json::object ToJson(const app::TrayView& tray, Language language);
// Both throw "bad_request" with what is wrong.
ledger::CellMend MendOf(const boost::json::object& body);
app::TableDecision DecisionOf(const boost::json::object& body);

}  // namespace zw::http
