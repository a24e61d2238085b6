#pragma once
// How the tables of editions are declared. For this module's own files.

#include <string>
#include <vector>

#include "store/schema.h"

namespace zw::report {

// Not-null columns: numbers first, then texts.
std::vector<store::ColumnSpec> Columns(
    const std::vector<const char*>& numbers, const std::vector<const char*>& texts
);
// "?, ?, ?" for n values.
std::string Questions(size_t n);

// report_span and report_slot: what was sealed.
void CreateSealTables(store::Connection& connection);

}  // namespace zw::report
