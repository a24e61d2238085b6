#pragma once
// A rule's value as a town states it: one, or several each from a day on, so that next year's
// standard leaves this year's figures as they are. "20", "20；2024-01-01起 30".

#include <optional>
#include <string_view>
#include <vector>

#include "definition/model.h"

namespace zw::ledger {

// In the order written; at most one without a day. Absent when a part is no value of the type, no
// day stands before 起, or a day (or none) stands twice.
std::optional<std::vector<definition::RuleValue>> ParseDated(
    const formula::Type& type, std::string_view text
);

}  // namespace zw::ledger
