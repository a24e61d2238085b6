#pragma once
// How a figure opens: its formula in words, leaves, months and inputs (figures.md "Explaining").

#include <functional>
#include <string>

#include "indicator/evaluation.h"

namespace zw::indicator {

Breakdown ExplainFigure(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period
);
Words FormulaInWords(const Town& town, const definition::Indicator& indicator);
// Any formula, with names by path; those of rules from the model.
Words FormulaInWords(
    const definition::Model& model,
    const formula::Formula& formula,
    const std::function<Words(const std::string& path)>& name_of
);

}  // namespace zw::indicator
