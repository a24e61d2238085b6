#pragma once
// Puts a later layer's file over what earlier layers said, key by key, as the table of keys allows.

#include "definition/errors.h"
#include "definition/item.h"
#include "definition/keys.h"

namespace zw::definition {

// Adds an error wherever `over` does what a layer may not.
void Merge(Item& base, const Item& over, const Table& table, Errors& errors);

}  // namespace zw::definition
