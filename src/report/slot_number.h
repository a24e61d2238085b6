#pragma once
// What a slot asks for, and its figure as a number: for cells of a form, where prose would only be
// in the way.

#include <optional>
#include <string>

#include "report/slot.h"
#include "report/source.h"

namespace zw::report {

struct InUnit {
    Decimal value;
    std::string unit;
};

// `value` of the indicator's unit in the unit to be printed. Throws not_found for a unit of another
// dimension.
InUnit Convert(
    const definition::Model& model,
    const definition::Indicator& indicator,
    const Slot& slot,
    const Decimal& value
);

// Throws not_found for an unknown place or period.
indicator::FigureQuery QueryOf(const FigureSource& source, const Period& own, const Slot& slot);

// The figure, or what it is compared with as a signed number: 同比 and 环比 in % (of percentages in
// points), 较年初 and 差额 as differences, 完成率 and 占比 in %, 目标 as it is. Absent when it is
// not known or no number (目标期限). Throws as the two above and for an unknown indicator.
std::optional<InUnit> NumberOf(const FigureSource& source, const Period& own, const Slot& slot);

}  // namespace zw::report
