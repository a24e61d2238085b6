#pragma once
// Which ledgers must be filled for a figure, or a slot of a report, to have its value.

#include <boost/json/fwd.hpp>

#include "definition/model.h"
#include "report/resolve.h"

namespace zw::http {

// [{"record","name","reported"}]: the record types that the indicator's sources read, of a derived
// one those of its inputs; each once, in the model's order. `reported`: month, quarter, year, or
// null.
boost::json::array LedgersBehind(
    const definition::Model& model, const definition::Indicator& indicator
);
// A condition: of all its indicators, and the targets' ledger where it reads a target. Names and
// phrases: the ledger of settings.
boost::json::array LedgersBehind(const definition::Model& model, const report::ResolvedSlot& slot);

}  // namespace zw::http
