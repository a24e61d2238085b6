#pragma once
// Plain looks into a checked tree: what is absent or was found to be of the wrong kind (and told)
// reads as nothing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/item.h"

namespace zw::definition {

std::string TextOf(const Item& table, std::string_view name);  // empty when absent
std::vector<std::string> TextsOf(
    const Item& table, std::string_view name
);  // of an array of texts; a text alone is one
std::optional<int64_t> IntOf(const Item& table, std::string_view name);
bool FlagOf(const Item& table, std::string_view name, bool otherwise);
std::optional<Date> DateOf(const Item& table, std::string_view name);
// The elements of an array of tables or the members of a table; empty when absent.
const std::vector<Item>& ItemsOf(const Item& table, std::string_view name);
// Where `name` stands in `table`: its value, else its key, else the table.
Origin PlaceOf(const Item& table, std::string_view name);

}  // namespace zw::definition
