#pragma once
// Filters over a record type: any formula of the ROW profile that comes out true or false.

#include <string_view>

#include "access/place.h"
#include "definition/model.h"
#include "formula/formula.h"

namespace zw::ledger {

// Throws formula_syntax, formula_type, "secret_filter" when it reads a secret field,
// "masked_filter" one that is masked for the actor, and "scope_filter" when an actor of some places
// reads what other rows say, which may stand elsewhere.
formula::Formula CompileFilter(
    const definition::Model& model,
    const definition::RecordType& type,
    std::string_view text,
    const access::Actor& actor
);

}  // namespace zw::ledger
