#pragma once
// What a list shows in place of ids: how references and names of definitions read.

#include <map>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zw::ledger {

// For each of `rows` (of `record`), by field id: the title of the row that a reference names, the
// name of what a value stands for in the definitions. Fields that read as they are, and empty ones,
// are left out. Personal parts of titles are masked unless the actor may see them.
std::vector<std::map<std::string, std::string>> RowTitles(
    const Ledger& ledger,
    const access::Actor& actor,
    const std::string& record,
    const std::vector<Record>& rows
);

}  // namespace zw::ledger
