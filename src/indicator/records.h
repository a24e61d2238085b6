#pragma once
// The records behind a figure and what each adds (figures.md "Explaining").

#include <vector>

#include "indicator/evaluation.h"

namespace zw::indicator {

// As Figures::Records.
std::vector<FigureRow> RecordsBehind(
    Evaluation& evaluation,
    const access::Actor& actor,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period,
    int limit,
    int64_t after_id
);

}  // namespace zw::indicator
