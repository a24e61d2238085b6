#pragma once
// The memory back end: walks the typed tree over one row.

#include "formula/formula.h"
#include "formula/node.h"

namespace zw::formula {

// Throws Problem overflow, no_work_calendar.
Value Evaluate(const Node& node, const Row& row, const WorkCalendar& calendar);

}  // namespace zw::formula
