#pragma once
// Sheets that a test writes and reads back, and bytes that are no sheet.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sheet/writer.h"
#include "tests/sheet/support.h"

namespace zw::sheet::test {

inline std::filesystem::path Temp(const std::string& name) {
    return std::filesystem::temp_directory_path() /
           ("zw_sheet_" + std::to_string(getpid()) + "_" + name);
}

// Cells as typed: digits are numbers, all else text, "" empty.
inline std::vector<WriteCell> Cells(const std::vector<std::string>& texts) {
    std::vector<WriteCell> cells;
    for (const std::string& text : texts) {
        const bool number =
            !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
        cells.push_back(number ? NumberCell(text) : TextCell(text));
    }
    return cells;
}

inline KeptSheet Read(
    const std::vector<std::vector<std::string>>& rows, const SheetLayout& layout = {}
) {
    const std::filesystem::path file = Temp("layout.xlsx");
    XlsxWriter writer(file);
    writer.BeginSheet(layout);
    for (const auto& row : rows) {
        writer.Row(Cells(row));
    }
    writer.Close();
    const auto workbook = Workbook::Open(file);
    KeptSheet kept = ReadSheet(*workbook, 0);
    std::filesystem::remove(file);
    return kept;
}

inline std::string CodeOfOpening(const std::string& bytes) {
    const std::filesystem::path file = Temp("bad");
    std::ofstream(file, std::ios::binary) << bytes;
    std::string code = "opened";
    try {
        const auto workbook = Workbook::Open(file);
    } catch (const Problem& problem) {
        code = problem.code();
    }
    std::filesystem::remove(file);
    return code;
}

}  // namespace zw::sheet::test
