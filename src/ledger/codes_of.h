#pragma once
// The national code that a field's format asks for (base/codes.h).

#include <optional>
#include <string_view>

#include "base/codes.h"
#include "definition/model.h"

namespace zw::ledger {

// Absent for a field without format.
std::optional<CheckedCode> CheckFormat(
    definition::Format format, std::string_view text, const Date& today
);

}  // namespace zw::ledger
