#pragma once
// Which ledger a table is for, which column is which field, where period and place come from:
// proposed with scores and reasons.

#include <string>
#include <vector>

#include "ledger/import.h"
#include "ledger/import_match.h"

namespace zw::ledger {

// A table and where it stands.
struct TableContext {
    std::string file;   // name without folder
    std::string sheet;  // exactly as in the file
    int table = 1;      // from 1
};

// The field that says which period a row is of: what is reported, the series, the key, in that
// order. nullptr when there is none.
const definition::Field* PeriodField(const definition::RecordType& type);
bool InKey(const definition::RecordType& type, const std::string& field);
// Whether a row without a place cannot be taken (else it belongs to the town itself).
bool NeedsPlace(const definition::RecordType& type);
// The column of places names each place in the first of its rows only, without a merged cell: a
// list that names it in every row repeats it.
bool NamesPlaceOnce(const TableScan& table, const std::string& path);
// The field that says a row's place where no column does: a required reference to rows that can be
// found without their place. nullptr: none.
const definition::Field* PlacedBy(
    const definition::Model& model, const definition::RecordType& type
);

// Where a table's period and place are looked for, when no column says them, in this order.
std::vector<SourceKind> SourcesAround(const sheet::TableInfo& table);

// Lines over groups of rows say which village they are of.
bool HasSections(const CellReader& reader, const TableScan& table);

// Villages stand where the headings should: such a table cannot be read by columns.
bool LiesOnSide(const CellReader& reader, const sheet::TableInfo& table);

// Period or place that the surroundings of a table give; absent when they give none.
std::optional<Period> PeriodFrom(
    SourceKind kind,
    const CellReader& reader,
    const TableContext& context,
    const sheet::TableInfo& table,
    Grain grain
);
std::optional<int64_t> PlaceFrom(
    SourceKind kind,
    const CellReader& reader,
    const TableContext& context,
    const sheet::TableInfo& table
);

// What a mapping says of headings that are not there: misspelt, or of another table.
std::vector<std::string> IdleHeadings(const SheetMapping& mapping, const sheet::TableInfo& table);
// A few different cells of a column, as they are shown.
std::vector<std::string> ShownSamples(const ColumnStats& stats);
// What is told where nothing says the period or the village, with what to do.
Words MissingPeriodText(Grain grain);
Words MissingPlaceText();
// Where NamesPlaceOnce, proposes that a blank cell means the place above it, and asks.
void AskForPlacesAbove(const TableScan& table, SheetProposal& out);

class Proposer {
public:
    // `reader` must outlive the proposer.
    explicit Proposer(const CellReader& reader) : reader_(reader) {}

    // `record`: the ledger to take, empty: the best of all.
    SheetProposal Propose(
        const TableContext& context, const TableScan& table, const std::string& record
    ) const;
    // What a mapping given or remembered makes of the table.
    SheetProposal Describe(
        const TableContext& context,
        const TableScan& table,
        const SheetMapping& mapping,
        const std::string& from
    ) const;

private:
    const CellReader& reader_;
};

}  // namespace zw::ledger
