#pragma once
// What is asked of a row before it is written: presence, range, choices, formats, references,
// place, key, uniqueness, overlap, and the line's own checks and warnings (formula.md profiles ROW
// and CHILD). Findings come without file, sheet and row.

#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "ledger/record_row.h"
#include "ledger/row_store.h"

namespace zw::ledger {

// A finding in the words of the problem catalogue.
Finding MakeFinding(
    std::string_view code,
    const definition::Field* field,
    Details details,
    Severity severity = Severity::kRefused
);
bool HasRefusal(const std::vector<Finding>& findings);
// One line a refusal, for Problem "refused".
Words RefusalList(const std::vector<Finding>& findings);

class RowChecks {
public:
    RowChecks(RowSource& source, const access::PlaceTree& places)
        : source_(source), places_(places) {}

    // All but CHILD checks, computed values filled in already. `record.id` is never its own rival.
    std::vector<Finding> Check(const Table& table, const Record& record) const;
    // A draft: only what must hold of any stored value.
    std::vector<Finding> CheckDraft(const Table& table, const Record& record) const;
    // CHILD checks of the row as it stands in the tables, its children and previous rows with it.
    std::vector<Finding> CheckFamily(const Table& table, const Record& record) const;
    // The row's values of key fields, for people.
    std::string KeyText(const Table& table, const Record& record) const;

private:
    void CheckField(
        const Table& table,
        const Column& column,
        const Record& record,
        std::vector<Finding>& findings
    ) const;
    void CheckPlace(const Table& table, const Record& record, std::vector<Finding>& findings) const;
    void CheckTarget(const Table& table, const Record& record, std::vector<Finding>& findings)
        const;
    void CheckRivals(const Table& table, const Record& record, std::vector<Finding>& findings)
        const;
    void CheckOverlap(const Table& table, const Record& record, std::vector<Finding>& findings)
        const;
    void CheckFormulas(
        const Table& table,
        const Record& record,
        formula::Profile profile,
        std::vector<Finding>& findings
    ) const;

    RowSource& source_;
    const access::PlaceTree& places_;
};

// Evaluates the computed fields into `record.values`. Throws "overflow" naming the record.
void Compute(RowSource& source, const Table& table, Record& record);

}  // namespace zw::ledger
