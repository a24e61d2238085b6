#include "indicator/figure_value.h"

#include "indicator/evaluation.h"

namespace zw::indicator {

formula::Value AsValue(const definition::Indicator& indicator, const Figure& figure) {
    if (!figure.value) {
        return {};
    }
    switch (indicator.type.kind) {
        case formula::Kind::kRatio: {
            const auto exact = ExactOf(figure);
            return exact ? formula::Value(*exact) : formula::Value();
        }
        case formula::Kind::kInt:
            return Rescale(*figure.value, 0).units;
        default:
            return Rescale(*figure.value, indicator.type.scale);
    }
}

}  // namespace zw::indicator
