#pragma once
// Filling a form's cells, and what speaks against bindings. For this module's own files.

#include <string>
#include <vector>

#include "report/forms.h"
#include "report/source.h"

namespace zw::report {

struct FormReading {
    const ledger::Ledger& ledger;
    const indicator::Figures& figures;
    const access::Actor& actor;
};

FormFill FillCells(const FormReading& reading, const Form& form, const Period& period);
// As Forms::Check.
std::vector<Finding> CheckBindings(
    const FormReading& reading,
    const document::XlsxForm& xlsx,
    const std::vector<FormBinding>& bindings
);

// {{period}} of a text as the slot that it stands for.
std::string TextWithSlots(const std::string& text);
// A list's filter for one period.
std::string FilterFor(const std::string& filter, const Period& period);
// The cells of a list, row by row: fields pass over what a merge covers.
std::vector<std::vector<document::CellRef>> ListCells(
    const document::XlsxForm& xlsx, const FormBinding& binding, const document::CellRef& first
);

}  // namespace zw::report
