#pragma once
// What is printed of an edition beside its prose.

#include <functional>
#include <string>
#include <vector>

#include "document/content.h"
#include "report/reports.h"

namespace zw::report {

inline constexpr const char* kAnnexTitle = "附：数字来源表";

// The annex: every figure and condition with formula, basis, period, number of records, waivers;
// the seal where there is one. `link_of`: where a row's figure opens within the file.
using LinkOfSlot = std::function<std::string(const std::string& slot)>;
std::vector<document::Block> Annex(const Rendered& rendered, const LinkOfSlot& link_of = {});

// The prose.
std::vector<document::Block> Body(const Rendered& rendered);

}  // namespace zw::report
