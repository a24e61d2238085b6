#pragma once
// How a sheet becomes records: a mapping (storage.md "Import"), as TOML that people edit. Proposed
// by Importer::Propose, read by
// `--map`, remembered per set of headings. A plain value; knows no file.
//
//   [[sheets]]
//   file    = "*季报.xls"           # only files of this name; absent: any
//   match   = "20*年"               # sheet names, * and ? as in file names; "*" for all
//   record  = "harvest"             # "" skips the sheet
//   table   = 2                     # only this table of the sheet, from 1; absent: every table
//   period  = { from = "sheet" }    # column | heading | sheet | title | file, or fixed = "2023"
//   place   = { column = "Village" }  # also columns = […]; from = …; fixed = "name or code";
//                                     # down = true: a blank cell means what stands above it
//   columns = { "Melons/Weight" = "weight", "Remarks" = "", "Weight#2" = "" }
//             # heading path = field; "place"; "ref.field"; "" is left out; #2 is the second
//             # column of that heading
//   codes   = { "0135" = "weight" }
//             # the same by what the code row under the heading says, for columns of one name
//   unpivot = { tier = 1, into = "crop", columns = { "Weight" = "weight" },
//               values = { "IV. Melons" = "melon" } }
//   ambiguous_month = 1             # what a number cell 2023.1 is: 1 January, 10 October

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/model.h"
#include "sheet/table.h"

namespace zw::ledger {

enum class SourceKind { kNone, kColumn, kHeading, kSheet, kTitle, kFile, kFixed };
std::string_view SourceName(SourceKind kind);  // none column heading sheet title file fixed

// Where a sheet's period or place comes from.
struct ValueSource {
    SourceKind kind = SourceKind::kNone;
    std::vector<std::string>
        columns;        // kColumn: heading paths; two are read together (a year and its quarter)
    std::string fixed;  // kFixed
    bool down = false;  // kColumn: a blank cell means what stands above it
    bool operator==(const ValueSource&) const = default;
};

// A wide table: one heading tier holds values of a field, the tiers below it name the measures.
struct Unpivot {
    int tier = 1;      // from 1
    std::string into;  // the field that the tier's text is a value of
    std::map<std::string, std::string>
        columns;  // rest of the path → field; "" (no rest): the whole column
    std::map<std::string, std::string>
        values;  // tier text → value, where the text is not the value itself
    bool operator==(const Unpivot&) const = default;
};

struct SheetMapping {
    std::string file = "*";
    std::string match = "*";
    std::string record;
    int table = 0;  // 0: every table
    ValueSource period;
    ValueSource place;
    std::map<std::string, std::string> columns;
    std::map<std::string, std::string> codes;  // go before `columns`
    std::optional<Unpivot> unpivot;
    int ambiguous_month = 0;  // 0: asked
    bool operator==(const SheetMapping&) const = default;
};

struct Mapping {
    std::vector<SheetMapping> sheets;

    // The first entry that is for this table; nullptr when none is.
    const SheetMapping* Find(std::string_view file, std::string_view sheet, int table) const;
    bool operator==(const Mapping&) const = default;
};

// Throws Problem "bad_mapping" {where, what} for broken TOML, unknown keys, records or fields (with
// the nearest name).
Mapping ParseMapping(std::string_view toml, const definition::Model& model);
// ParseMapping of it gives the same mapping.
std::string ToToml(const Mapping& mapping);

// * any run, ? one character; spaces and width mean nothing.
bool MatchesName(std::string_view pattern, std::string_view name);

// Heading paths as mappings compare them: normalised, without tiers that are periods, so that a
// measure of two years is one; with #2 for the second column of the same path.
std::string PathKey(const sheet::Column& column);
std::string PathKey(std::string_view path);
// A heading path without one of its tiers (from 0): what is left where the tier is a value.
std::vector<std::string> WithoutTier(const std::vector<std::string>& path, size_t tier);
// The key of Unpivot::columns for it; empty where nothing is left.
std::string MeasureKey(const std::vector<std::string>& path, size_t tier);
// The column's path as people see it and as PathKey reads it: "Weight#2" for the second one.
std::string ShownPath(const sheet::Column& column);
// What the mapping makes of a column: "place", a field, "ref.field", "" when it is left out; absent
// when the mapping does not speak of it. `unpivot` is apart.
std::optional<std::string> TargetOf(const SheetMapping& mapping, const sheet::Column& column);
// Columns whose heading the program itself wrote on a sheet of refused rows are no columns of a
// ledger: why the row came back, and which row it was.
bool IsReasonColumn(const sheet::Column& column);
inline constexpr std::string_view kReasonHeading = "退回原因";
inline constexpr std::string_view kFormerRowHeading = "原行号";
// SM3 (hex) over the set of heading paths: the same form in another order is the same form, and so
// is its sheet of refused rows.
std::string HeadingDigest(const sheet::TableInfo& table);

// The program's words for reading sheets, copied from the definitions' vocabulary.
sheet::Vocabulary SheetVocabulary(const definition::Model& model);

}  // namespace zw::ledger
