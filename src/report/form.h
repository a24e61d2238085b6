#pragma once
// Forms laid out by somebody else: a .docx with the slots of slot.h, {{if}} too, filled with the
// figures of one period.

#include <string>
#include <string_view>
#include <vector>

#include "report/resolve.h"

namespace zw::report {

struct FilledForm {
    std::string docx;
    std::vector<ResolvedSlot> slots;  // in order of the form; pending ones are marked in it
    std::vector<Finding> findings;  // placeholders that stay as they stand, and why; value: theirs
};

// Throws document_damaged, document_too_large, template_fault.
FilledForm FillForm(
    const FigureSource& source, const Period& period, std::string_view docx, std::string_view name
);

}  // namespace zw::report
