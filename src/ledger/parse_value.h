#pragma once
// A value from the text that the program itself writes (ISO dates, 2023Q4, plain decimals):
// settings, command line, tests. What offices write is read by the importer.

#include <optional>
#include <string_view>

#include "formula/type.h"

namespace zw::ledger {

// Absent when `text` is no value of the type, or has more decimals than it. Empty text is null.
std::optional<formula::Value> ParseValue(const formula::Type& type, std::string_view text);

}  // namespace zw::ledger
