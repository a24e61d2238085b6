#pragma once
// How well a column of a sheet fits a field of a ledger: its heading against the field's names, its
// unit, what its cells hold. Scores run from 0 to 1; from kSure on a column is taken without a
// question.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/import_cell.h"
#include "ledger/import_scan.h"
#include "ledger/same_words.h"

namespace zw::ledger {

constexpr double kSure = 0.8;     // taken
constexpr double kLikely = 0.55;  // proposed, asked

struct Fit {
    double score = 0;
    Words why;
};

// A heading as it is compared: tiers without periods, numbering, 其中, remarks in brackets.
struct HeadingForms {
    std::vector<std::string> whole;  // all tiers joined: as written, stripped, without brackets
    std::vector<std::string> tails;  // the last tiers joined, longest first, the leaf last
    bool leaf_shared = false;        // another column of the table ends with the same word
};

// What makes no difference between a heading and a name.
struct NameWords {
    std::vector<std::string> endings;
    const SameWords* same = nullptr;  // nullptr: none
};

// A name that definitions give, ready to be compared.
struct KnownName {
    std::string name;
    std::string form;       // normalised, with or without its brackets
    std::string bare;       // without what makes no difference
    std::u32string points;  // of `form`
    bool first = true;      // the first name speaks loudest
};
std::vector<KnownName> KnownNames(
    const std::vector<std::string>& names, const NameWords& words = {}
);

// 0 … 1 for the heading against one of the names; `why` says which. A heading that is a name but
// for such words is that name, with a little less.
Fit NameFit(
    const HeadingForms& heading, const std::vector<KnownName>& names, const NameWords& words = {}
);

class ColumnMatcher {
public:
    // All must outlive the matcher.
    ColumnMatcher(const CellReader& reader, const TableScan& table);

    Fit FitField(size_t column, const definition::Field& field) const;
    Fit FitPlace(size_t column, const definition::RecordType& type) const;
    bool Compares(size_t column) const;
    // A running number, or an empty column without a meaning of its own.
    bool IsSerial(size_t column) const;
    bool HoldsPlaces(size_t column) const;
    // Share of the samples that read as values of the field; 1 for an empty column.
    double ContentFit(size_t column, const definition::Field& field) const;
    // More than 0: units of one dimension. Absent: the units exclude each other.
    std::optional<double> UnitFit(size_t column, const definition::Field& field) const;
    // By names alone.
    Fit FitName(const HeadingForms& forms, const definition::Field& field) const;
    HeadingForms FormsOfTiers(const std::vector<std::string>& tiers) const;
    const HeadingForms& forms(size_t column) const { return forms_[column]; }
    // A tier without numbering and 其中.
    std::string Stripped(const std::string& tier) const;
    const TableScan& table() const { return table_; }

private:
    std::optional<CellReader::HeadingUnit> UnitFor(size_t column, const definition::Field& field)
        const;
    bool SaysPercent(size_t column) const;
    Words UnitDoubt(size_t column, const definition::Field& field) const;
    double PlaceShare(const ColumnStats& stats) const;
    struct Names {
        NameWords words;
        std::vector<KnownName> known;
    };
    const Names& NamesOf(const definition::Field& field) const;
    const std::vector<KnownName>& PlaceNames(const definition::RecordType& type) const;

    const CellReader& reader_;
    const TableScan& table_;
    std::vector<HeadingForms> forms_;
    mutable std::map<const definition::Field*, Names> names_;  // made when first asked for
    mutable std::map<const definition::RecordType*, std::vector<KnownName>> place_names_;
    std::vector<KnownName> general_places_;
    std::vector<double> place_share_;  // of the samples, those that name a village
};

}  // namespace zw::ledger
