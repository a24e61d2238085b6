#pragma once
// What the town remembers of a field's column (table field_number): enough to tell whether a new
// definition can still hold what the old one held.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "definition/model.h"
#include "store/database.h"

namespace zw::ledger {

// A field as its column was made.
struct StoredField {
    std::string id;
    int number = 0;
    std::string kind;
    int scale = 0;
    std::string unit;
    std::string grain;
    std::string target;
    std::string choices;
    bool secret = false;
    std::string formula;
};

// Text columns hold what the formula profile calls text, choice, date and period; the others are
// 64-bit integers.
bool IsTextColumn(formula::Kind kind);

// What a computed field follows from: its formula with the rules and categories in it. Another text
// means that stored values are to be computed anew. Empty without a formula.
std::string Signature(const definition::Model& model, const definition::Computed& computed);

// `computed` is null for a field that is entered. The number is left 0.
StoredField Describe(
    const definition::Model& model,
    const definition::Field& field,
    const definition::Computed* computed
);

// Those of a record type that were not dropped, by number.
std::vector<StoredField> ReadFields(
    store::Connection& connection, int64_t town, const std::string& record
);

// All fields of a type, with the computed one each belongs to (null: entered).
std::vector<std::pair<const definition::Field*, const definition::Computed*>> FieldsOf(
    const definition::RecordType& type
);

}  // namespace zw::ledger
