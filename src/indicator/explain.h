#pragma once
// How a figure opens: its formula in words, leaves, months and inputs (figures.md "Explaining").

#include "indicator/evaluation.h"

namespace zw::indicator {

Breakdown ExplainFigure(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period
);
std::string FormulaInWords(const Town& town, const definition::Indicator& indicator);

}  // namespace zw::indicator
