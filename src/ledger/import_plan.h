#pragma once
// A mapping applied to one table: which cell of a row becomes which field of which record. A row
// makes one record, or one for each period that stands side by side, or one for each value of a
// heading tier (unpivot).

#include <optional>
#include <string>
#include <vector>

#include "ledger/import_cell.h"
#include "ledger/import_propose.h"

namespace zw::ledger {

struct PlannedColumn {
    int index = 0;  // from 1
    std::string letter;
    const definition::Field* field = nullptr;
    std::string
        referred;  // field of the referred record that the column holds; empty: any way to name it
    ColumnReading reading;
};

struct PlannedGroup {
    std::optional<Period> period;             // of a heading tier
    const definition::Field* into = nullptr;  // unpivot
    std::string into_value;
    std::vector<PlannedColumn> columns;  // columns of this group only, in the order of the sheet
};

// A column that is no field and says how many things a row stands for.
struct CountingColumn {
    int index = 0;  // from 1
    std::string heading;
    std::string unit;
};

struct SheetPlan {
    TableContext context;
    const definition::RecordType* type = nullptr;
    const definition::Field* period_field = nullptr;
    std::optional<Period> period;  // from the table's surroundings
    std::optional<int> year;  // that the surroundings name, for a column that says 一季度 only
    std::optional<int64_t> place;
    const definition::Field* placed_by = nullptr;  // nothing says the place but this reference
    bool place_down = false;            // a row without a place is of that of the row above
    std::vector<int> place_columns;     // from 1; the first that holds something says the place
    std::vector<int> period_columns;    // read together: a year, its quarter
    std::vector<PlannedColumn> shared;  // columns of every record
    std::vector<PlannedGroup> groups;   // at least one
    std::vector<CountingColumn> counting;
    bool unpivot = false;
    std::vector<std::string> ignored;  // headings that the mapping leaves out

    // Letter of the column that a finding about `field` belongs to, in records of group `group`;
    // empty: the whole row.
    std::string LetterOf(const std::string& field, size_t group) const;
    // Columns of a group and the shared ones, in the order of the sheet.
    std::vector<const PlannedColumn*> ColumnsOf(size_t group) const;
};

// `questions` takes what the mapping leaves open: missing_place, missing_period.
SheetPlan MakePlan(
    const CellReader& reader,
    const TableContext& context,
    const sheet::TableInfo& table,
    const SheetMapping& mapping,
    std::vector<ImportQuestion>& questions
);

}  // namespace zw::ledger
