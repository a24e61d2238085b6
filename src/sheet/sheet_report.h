#pragma once
// What `zhenwu sheet FILE` says about an office table: its tables, columns, rows, totals and what
// is wrong with them.

#include <filesystem>
#include <string>
#include <vector>

#include "sheet/table.h"

namespace zw::sheet {

struct TableReport {
    TableInfo info;
    int rows = 0;                 // of data_rows, those that carry more than a name
    std::vector<int> data_rows;   // by number, those with nothing but a name too
    std::vector<int> named_only;  // of them, those with nothing but a name: not returned
    std::vector<TotalCheck> totals;
    std::vector<int> notes;
    std::vector<int> comparisons;  // 上年, 增减 …
    std::vector<int> blank;        // between the others
    std::vector<int> repeated_headings;
    std::vector<int> hidden;
};

struct OneSheetReport {
    std::string name;
    bool hidden = false;
    std::vector<TableReport> tables;
    std::vector<Finding> findings;
};

struct SheetReport {
    std::string file;
    std::string encoding;  // csv only
    std::vector<OneSheetReport> sheets;
    bool has_faults() const;  // a total is wrong, a part exceeds its whole
};

// Throws as Workbook::Open does.
SheetReport ReportSheets(
    const std::filesystem::path& file, const Vocabulary& vocabulary, const Limits& limits = {}
);

// For people, in Chinese; `english`: in English.
std::string ToTerminal(const SheetReport& report, bool english = false);
// For programs:
// {"sheets":[{"name","hidden","tables":[{"heading_rows","columns","rows","data_rows","totals","notes",…}]}]}.
std::string ToJson(const SheetReport& report);

}  // namespace zw::sheet
