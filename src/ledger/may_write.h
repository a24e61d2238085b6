#pragma once
// Whether somebody may write rows of a record type: those of their lines; what the town is called
// and what it should reach (the record types that play `setting` and `target`) is for those with
// that right alone, since such a row changes figures of the whole town wherever it stands.

#include "access/place.h"
#include "definition/model.h"

namespace zw::ledger {

bool MayWrite(const access::Actor& actor, const definition::RecordType& type);
// Throws "forbidden".
void RequireWrite(const access::Actor& actor, const definition::RecordType& type, int64_t place);

}  // namespace zw::ledger
