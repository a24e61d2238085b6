#pragma once
// A TOML file as a tree that remembers where each key and value stands, in the order of the file.
// What toml++ reads is turned into this once, so that layers can be merged and still tell whose
// line a value came from.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "definition/model.h"

namespace zw::definition {

class Errors;

struct Item {
    enum class Kind { kTable, kArray, kText, kInt, kFloat, kBool, kDate, kOther };

    Kind kind = Kind::kTable;
    std::string key;    // of a table's member
    Origin key_origin;  // where that key stands; for an element of an array, its own place
    Origin origin;      // where the value begins
    std::string text;   // kText: its content; kInt and kFloat: as written
    std::string
        raw;  // kText on one line: as written, quotes included; empty when it runs over lines
    int64_t integer = 0;      // kInt
    bool flag = false;        // kBool
    Date date;                // kDate
    std::vector<Item> items;  // members or elements, in the order of the file

    // nullptr when this is no table or has no such member.
    const Item* Find(std::string_view name) const;
    Item* Find(std::string_view name);
    // Where the nth code point (from 1) of a kText's content stands in its file.
    Origin At(size_t nth) const;
};

// The tree of a file; absent when it is no UTF-8, begins with a BOM or is no TOML: then one error
// was added to `errors`.
std::optional<Item> ReadToml(
    std::string_view bytes, const std::string& layer, const std::string& file, Errors& errors
);

// False, with an error added, when the bytes are no UTF-8 or begin with a BOM.
bool IsPlainText(
    std::string_view bytes, const std::string& layer, const std::string& file, Errors& errors
);

}  // namespace zw::definition
