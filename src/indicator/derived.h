#pragma once
// Derived figures: the value of a FIGURE formula over other figures, with its inputs' worst state.

#include <functional>
#include <string>
#include <vector>

#include "indicator/evaluation.h"

namespace zw::indicator {

// Input indicators of a derived one, sorted by id.
std::vector<const definition::Indicator*> InputsOf(
    const Town& town, const definition::Indicator& indicator
);

// Sets value, exact, state, missing, records of `figure` from its inputs (in the order of
// InputsOf).
void Derive(
    const View& view,
    const definition::Indicator& indicator,
    const std::vector<Figure>& inputs,
    Figure& figure
);

}  // namespace zw::indicator
