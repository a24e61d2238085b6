#pragma once
// One masked value in clear, to somebody who may see it and says why; the reason stands in the log
// before the value is told.

#include <cstdint>
#include <string>

#include "ledger/ledger.h"

namespace zw::ledger {

// The field's text; empty when nothing is in it. Throws "reason_needed", "forbidden" (no right, or
// not of its lines), "not_found" (also out of scope), "not_masked".
std::string Reveal(
    Ledger& ledger,
    const access::Actor& actor,
    const std::string& record,
    int64_t id,
    const std::string& field,
    const std::string& why
);

}  // namespace zw::ledger
