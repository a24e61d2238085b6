// doc/definitions.md from the table of keys.

#include <vector>

#include "base/text.h"
#include "definition/keys.h"
#include "definition/loader.h"

namespace zw::definition {

namespace {

constexpr std::string_view kOpening =
    "# Definitions: the keys\n"
    "\n"
    "Generated from the loader's own table of keys (`DefinitionsReference()`); do not edit. After "
    "a change of the table:\n"
    "`ZW_UPDATE=1 build/debug/definition_test`.\n"
    "\n"
    "What the words mean is told in the design: `formula.md` for formulas, `figures.md` for "
    "indicators. `zhenwu` reads layers in the\n"
    "order builtin, national, province, county, local; **Layer** says what a later one may do to a "
    "key: – nothing; *replace* its\n"
    "value; *add* to its list; *merge*: add elements and change those that are there; *merge x_*: "
    "as merge, but what it adds must\n"
    "begin with `x_`; *first*: its own values are looked at before the others. A work line is "
    "extended by a file with\n"
    "`extends = \"chapter/line\"`; files under `rules/` are laid over each other by name; a report "
    "is replaced whole.\n"
    "\n"
    "Files are UTF-8 without BOM, at most 1 MiB (16 MiB for .docx). Names that begin with a dot "
    "and `README.md` are passed over; any\n"
    "other file that is not listed here is an error, so that nothing is lost by a slip in a "
    "name.\n";

std::string_view HoldsWord(Holds holds) {
    switch (holds) {
        case Holds::kText:
            return "text";
        case Holds::kFormula:
            return "formula (one line)";
        case Holds::kNumber:
            return "number";
        case Holds::kInt:
            return "int";
        case Holds::kFlag:
            return "true, false";
        case Holds::kDate:
            return "date";
        case Holds::kScalar:
            return "text, number, date or flag";
        case Holds::kTexts:
            return "texts";
        case Holds::kTextOrTexts:
            return "text or texts";
        case Holds::kTextLists:
            return "lists of texts";
        case Holds::kTextMap:
            return "text = text";
        case Holds::kTable:
            return "table";
        case Holds::kTables:
            return "tables";
        case Holds::kNamed:
            return "named tables";
    }
    return "";
}

std::string_view LayeringWord(Layering layering) {
    switch (layering) {
        case Layering::kFixed:
            return "–";
        case Layering::kReplaces:
            return "replace";
        case Layering::kAdds:
            return "add";
        case Layering::kMerges:
            return "merge";
        case Layering::kMergesOwn:
            return "merge x_";
        case Layering::kFirst:
            return "first";
    }
    return "";
}

std::string Row(const Key& key) {
    std::string values(HoldsWord(key.holds));
    if (!key.options.empty()) {
        values = "`" + ReplaceAll(std::string(key.options), "|", "` `") + "`";
    }
    return "| `" + std::string(key.name) + "` | " + values + " | " + (key.required ? "yes" : "") +
           " | " + std::string(LayeringWord(key.layering)) + " | " + std::string(key.meaning) +
           " |\n";
}

void Describe(const Table& table, std::vector<const Table*>& told, std::string& out) {
    for (const Table* each : told) {
        if (each == &table) {
            return;
        }
    }
    told.push_back(&table);
    out += "\n### `" + std::string(table.title) +
           "`\n\n| key | value | needed | layer | meaning |\n| --- | --- | --- | --- | --- |\n";
    for (const Key& key : table.keys) {
        out += Row(key);
    }
    for (const Key& key : table.keys) {
        if (key.inner != nullptr) {
            Describe(*key.inner, told, out);
        }
    }
}

}  // namespace

std::string DefinitionsReference() {
    std::string out(kOpening);
    out += "\n## Files\n\n| file | what it is |\n| --- | --- |\n";
    for (const FileKind& kind : FileKinds()) {
        out += "| `" + std::string(kind.pattern) + "` | " + std::string(kind.meaning) + " |\n";
    }
    out += "\n## Keys\n";
    std::vector<const Table*> told;
    for (const FileKind& kind : FileKinds()) {
        if (kind.table != nullptr) {
            Describe(*kind.table, told, out);
        }
    }
    return out;
}

}  // namespace zw::definition
