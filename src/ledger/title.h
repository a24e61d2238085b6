#pragma once
// How a record is called: its type's title, a template of {field} and {ref.field} (DESIGN.md §2).

#include <optional>
#include <string>

#include "ledger/record_row.h"

namespace zw::ledger {

// A reference named whole reads as that row's title. The row's own values are taken as they are;
// those of referred rows are masked for the actor, and of rows outside its places nothing is said
// but that.
std::string MakeTitle(
    RowSource& source,
    const definition::RecordType& type,
    const Record& row,
    const access::Actor& actor
);
// A value as people read it: choices by their list's name, periods in Chinese, a place by its name,
// a reference by its title.
std::string DisplayText(
    RowSource& source,
    const definition::Field& field,
    const formula::Value& value,
    const access::Actor& actor
);
// The name of what a value stands for in the definitions: the indicator of a target, the setting of
// a key. Absent where the field names nothing of them.
std::optional<std::string> DefinedName(
    const definition::Model& model,
    const definition::RecordType& type,
    const definition::Field& field,
    const formula::Value& value
);

}  // namespace zw::ledger
