#pragma once
// One row of a sheet → the records it makes, or what is wrong with it.

#include <map>
#include <string>
#include <vector>

#include "ledger/import_plan.h"

namespace zw::ledger {

// What a row says of a referred record: field of that record → text; "" where the column may name
// it in any way.
struct ReferenceText {
    const definition::Field* field = nullptr;
    std::map<std::string, std::string> parts;
};

struct ConvertedRecord {
    size_t group = 0;
    int64_t place = 0;
    Values values;
    std::map<std::string, DatePrecision> precision;
    std::vector<ReferenceText> references;
};

enum class RowContent { kData, kNotReported, kEmpty };

struct ConvertedRow {
    RowContent content = RowContent::kData;
    std::vector<ConvertedRecord> records;  // none when refused
    std::vector<Finding> findings;
    bool refused = false;
};

class RowConverter {
public:
    // `today` says which periods are still to come.
    RowConverter(const SheetPlan& plan, const CellReader& reader, const Date& today)
        : plan_(plan), reader_(reader), today_(today) {}

    ConvertedRow Convert(const sheet::TableRow& row) const;
    // What is odd about periods that hold for many rows (of a title, of a heading tier), said once,
    // in row `heading`.
    std::vector<Finding> JudgeHeading(int heading) const;

private:
    struct State;
    bool HoldsValue(const sheet::TableRow& row, const PlannedColumn& column) const;
    bool GroupHoldsValue(const sheet::TableRow& row, size_t group) const;
    void ConvertGroup(const sheet::TableRow& row, size_t group, State& state) const;
    void ReadCell(
        const sheet::TableRow& row,
        const PlannedColumn& column,
        ConvertedRecord& record,
        State& state
    ) const;
    void CheckStandsForOne(const sheet::TableRow& row, State& state) const;
    bool NamesPlace(const sheet::TableRow& row) const;
    std::optional<int64_t> ReadPlace(const sheet::TableRow& row, State& state) const;
    void SetPeriod(const sheet::TableRow& row, size_t group, ConvertedRecord& record, State& state)
        const;
    // A period that has not begun or is older than the country is warned of and stored.
    void JudgePeriod(const Value& value, int column, const std::string& field, State& state) const;
    bool PeriodInCells(size_t group) const;
    // `at`: the column that says the part of the year, when one does.
    Value PeriodOfColumns(const sheet::TableRow& row, int& at) const;

    const SheetPlan& plan_;
    const CellReader& reader_;
    const Date today_;
};

}  // namespace zw::ledger
