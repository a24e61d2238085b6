#pragma once
// Holds a tree against the table of keys.

#include "definition/errors.h"
#include "definition/item.h"
#include "definition/keys.h"

namespace zw::definition {

// One file: unknown keys, values of the wrong kind, words that are none of the options, elements
// that are told twice.
void CheckKeys(const Item& file, const Table& table, Errors& errors);

// After layering: keys that must be there and are not.
void CheckRequired(const Item& file, const Table& table, Errors& errors);

}  // namespace zw::definition
