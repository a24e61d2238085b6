#pragma once
// The table of keys: everything that may stand in a definition file. The loader checks files by it,
// merges layers by it, and doc/definitions.md is printed from it, so that the three cannot differ.

#include <span>
#include <string_view>

namespace zw::definition {

// What a key's value may be.
enum class Holds {
    kText,
    kFormula,  // a formula in a string on one line
    kNumber,   // 3, 0.5 or "0.5": kept exactly as written
    kInt,
    kFlag,
    kDate,
    kScalar,  // text, number, flag or date
    kTexts,   // ["a", "b"]
    kTextOrTexts,
    kTextLists,  // [["a"], ["b", "c"]]
    kTextMap,    // { "a" = "b" }
    kTable,      // { … } with the keys of `inner`
    kTables,     // [{ … }, { … }], told apart by inner's identity
    kNamed,      // [table.name], each with the keys of `inner`
};

// What a later layer may do to it.
enum class Layering {
    kFixed,      // nothing
    kReplaces,   // give another value
    kAdds,       // add to the list
    kMerges,     // add elements and change those that are there, key by key
    kMergesOwn,  // as kMerges, but what it adds must be called x_…
    kFirst,      // put its own before: they are looked at first
};

struct Table;

struct Key {
    std::string_view name;
    Holds holds = Holds::kText;
    bool required = false;
    Layering layering = Layering::kFixed;
    std::string_view options;  // "a|b|c": the words allowed; empty: any
    const Table* inner = nullptr;
    std::string_view meaning;
};

struct Table {
    std::string_view title;     // for the reference
    std::string_view identity;  // member that tells elements of a kTables apart, empty: their order
    std::span<const Key> keys;

    const Key* Find(std::string_view name) const;  // nullptr when there is none
};

// One kind of file.
struct FileKind {
    std::string_view pattern;  // worklines/<chapter>/<line>/workline.toml
    std::string_view meaning;
    const Table* table = nullptr;  // nullptr: not read by keys
};

const Table& WorkLineTable();
const Table& EnglishTable();
const Table& ListsTable();
const Table& RulesTable();
const Table& UnitsTable();
const Table& VocabularyTable();
const Table& PhrasesTable();
const Table& HolidaysTable();
const Table& SettingsTable();
const Table& ReportTable();

// All kinds of files, in the order of the reference.
std::span<const FileKind> FileKinds();

}  // namespace zw::definition
