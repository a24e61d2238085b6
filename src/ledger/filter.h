#pragma once
// Filters over a record type: any formula of the ROW profile that comes out true or false.

#include <string_view>

#include "definition/model.h"
#include "formula/formula.h"

namespace zw::ledger {

// Throws formula_syntax, formula_type, and "secret_filter" when it reads a secret field.
formula::Formula CompileFilter(
    const definition::Model& model, const definition::RecordType& type, std::string_view text
);

}  // namespace zw::ledger
