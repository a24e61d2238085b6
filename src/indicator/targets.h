#pragma once
// Targets (目标): rows of the record type that plays `target`.

#include <optional>

#include "indicator/evaluation.h"

namespace zw::indicator {

// The target of an indicator for a place and the period; absent when none was set. The town's own
// stand at 镇本级. Of several the newest. Completion is left out.
std::optional<Figures::Target> FindTarget(
    const View& view, const definition::Indicator& indicator, int64_t place, const Period& period
);

}  // namespace zw::indicator
