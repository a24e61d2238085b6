#pragma once
// Which ledgers a figure comes from, or must be filled for a slot of a report to have its value.

#include <boost/json/fwd.hpp>

#include "definition/model.h"
#include "http/language.h"
#include "indicator/figures.h"
#include "report/resolve.h"

namespace zw::http {

// [{"record","name","reported"}] of Breakdown::ledgers, in the model's order. `reported`: month,
// quarter, year, or null.
boost::json::array LedgersBehind(
    const definition::Model& model, const indicator::Breakdown& breakdown, Language language
);
// A condition: of all its indicators, and the targets' ledger where it reads a target. Names and
// phrases: the ledger of settings.
boost::json::array LedgersBehind(
    const definition::Model& model, const report::ResolvedSlot& slot, Language language
);

}  // namespace zw::http
