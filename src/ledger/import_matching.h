#pragma once
// One table against one ledger: which column is which field, which heading tier holds values, where
// period and place come from, and how well all of it fits.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/import_match.h"
#include "ledger/import_propose.h"

namespace zw::ledger {

// A column's part in a candidate.
struct Assigned {
    const definition::Field* field = nullptr;  // nullptr: the place
    bool computed = false;                     // the ledger computes it: the column is left out
    Fit fit;
    double rival = 0;  // the best score of a field, or column, that got nothing
    std::string rival_name = {};
    std::string rival_field = {};  // its id; empty: the rival is a column
};

struct Candidate {
    const definition::RecordType* type = nullptr;
    std::map<size_t, Assigned> columns;  // index among the table's columns
    std::optional<Unpivot> unpivot;
    std::set<size_t> unpivoted;            // columns that the unpivot takes
    double unpivot_score = 0;              // the least of its measures
    std::map<size_t, std::string> strays;  // StrayColumns
    // Column that got nothing → the one that fills its field, where one of them stands under a
    // period and the other does not.
    std::map<size_t, size_t> clashes;
    ValueSource period;
    std::set<size_t> period_columns;  // columns that say it together: a year and its quarter
    ValueSource place;
    double score = 0;    // 0 … 1
    bool named = false;  // title, sheet or file says the ledger's name
    Words why;
};

constexpr double kByElimination = 0.58;  // proposed, always asked

inline bool IsNumber(const definition::Field& field) {
    return field.type.kind == formula::Kind::kInt || field.type.kind == formula::Kind::kDecimal;
}
// The field is what the tier says, or one of the measures under it.
bool Fills(const Unpivot& unpivot, const definition::Field& field);
// Columns of numbers beside those that the unpivot takes, of the same measures, whose tier is no
// value of the field: column → what the tier says. Totals and comparisons are none.
std::map<size_t, std::string> StrayColumns(
    const CellReader& reader,
    const ColumnMatcher& matcher,
    const definition::RecordType& type,
    const Unpivot& unpivot
);

class Matching {
public:
    // All must outlive it.
    Matching(const CellReader& reader, const TableContext& context, const TableScan& table);

    Candidate Try(const definition::RecordType& type) const;
    const ColumnMatcher& matcher() const { return matcher_; }

private:
    struct Offer;
    using Taken = std::set<std::pair<const definition::Field*, std::string>>;

    void FindUnpivot(Candidate& out) const;
    bool TryUnpivot(const definition::Field& into, size_t tier, Candidate& out) const;
    std::pair<const definition::Field*, double> MeasureOf(
        const definition::RecordType& type, size_t column, size_t tier
    ) const;
    std::vector<Offer> Offers(const Candidate& candidate) const;
    void Assign(Candidate& out) const;
    static bool IsTaken(
        const Taken& taken, const definition::Field* field, const std::string& group
    );
    void NoteClash(const Offer& offer, Candidate& out) const;
    void NoteRival(const Offer& offer, const Taken& taken, Candidate& out) const;
    void Eliminate(Candidate& out) const;
    const Assigned* Of(const Candidate& candidate, const definition::Field* field) const;
    ValueSource FindPeriodSource(const Candidate& candidate) const;
    std::optional<ValueSource> PeriodColumns(
        const Candidate& candidate, const definition::Field& field
    ) const;
    void TakePeriodColumns(Candidate& out) const;
    bool AnySample(size_t column, const std::function<bool(const std::string&)>& holds) const;
    bool MostSamples(size_t column, const std::function<bool(const std::string&)>& holds) const;
    ValueSource FindPlaceSource(const Candidate& candidate) const;
    bool IsNamed(const definition::RecordType& type) const;
    double KeyCoverage(const Candidate& candidate) const;
    void Judge(Candidate& out) const;
    std::string GroupOf(size_t column) const;

    const CellReader& reader_;
    const TableContext& context_;
    const TableScan& table_;
    ColumnMatcher matcher_;
};

// The period, when it is of `grain` or ends with one of that grain.
std::optional<Period> AdaptPeriod(const std::optional<Period>& found, Grain grain);

}  // namespace zw::ledger
