#pragma once
// What a definition finds doubtful about a figure (合理性): shown with it, never a reason to refuse
// it (storage.md "Import", last words on plausibility).

#include <string>
#include <vector>

#include "indicator/evaluation.h"

namespace zw::indicator {

// In words, each with the rules it was measured by. A figure that lacks villages, or whose year
// before does, is no ground for doubt: what reads it is left open.
std::vector<Words> DoubtsOf(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period
);

}  // namespace zw::indicator
