#pragma once
// What somebody without the right to unmask sees of a record (compliance.md §4): secret and
// personal fields masked by their format.

#include <string>

#include "ledger/ledger.h"

namespace zw::ledger {

// One value, masked; other values come back as they are. A date of birth or the like keeps its
// year.
formula::Value MaskValue(const definition::Field& field, const formula::Value& value);
void MaskRecord(const definition::RecordType& type, Record& record);

}  // namespace zw::ledger
