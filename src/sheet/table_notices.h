#pragma once
// What a table itself gives cause to say: hidden rows and columns, wrong totals, parts over their
// whole.

#include <string>
#include <vector>

#include "base/problem.h"
#include "sheet/table.h"

namespace zw::sheet {

class TableNotices {
public:
    explicit TableNotices(std::string sheet) : sheet_(std::move(sheet)) {}

    void HiddenColumns(const TableInfo& table);
    void HiddenRow(const TableRow& row);
    void WrongTotal(const TableInfo& table, const TotalCheck& check);
    void WrongParts(const TableInfo& table, const TableRow& row);
    std::vector<Finding> Take() { return std::move(findings_); }

private:
    void Tell(
        Severity severity,
        const char* code,
        int row,
        int column,
        const Details& details,
        const std::string& value
    );

    std::string sheet_;
    std::vector<Finding> findings_;
};

}  // namespace zw::sheet
