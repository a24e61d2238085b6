#pragma once
// Records as rows of a form. For this module's own files.

#include "report/form_fill.h"

namespace zw::report {

// Writes them into `xlsx` and says what became of it in `filled`; `cells` of ListCells.
void FillList(
    const FormReading& reading,
    const Period& period,
    const std::vector<std::vector<document::CellRef>>& cells,
    document::XlsxForm& xlsx,
    FilledCell& filled
);

}  // namespace zw::report
