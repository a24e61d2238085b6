#pragma once
// Refused rows back to the sender: a workbook with the same sheets, each with its titles, its
// heading, the refused rows as they stood, and two last columns that say why and which row it was.
// Mended, it can be imported again.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ledger/mapping.h"

namespace zw::ledger {

// One table of a file.
struct RejectedTable {
    int sheet = 0;          // index in the workbook
    int table = 1;          // from 1
    int heading_first = 0;  // rows
    int heading_last = 0;
    int first_column = 1;
    int width = 0;                        // the last column of the table, from 1
    std::vector<std::string> titles;      // above the heading
    std::map<int, std::string> sections;  // row → the line that says which village follows
    std::map<int, std::pair<int, sheet::Cell>> places;  // row → column, cell that it has from above
    std::map<int, std::vector<std::string>> reasons;    // row → reasons
};

// Writes `<name>_退回.xlsx` into `folder` (made when missing) and returns it; empty when nothing
// was refused. `name`: of the file, as it is shown.
std::filesystem::path WriteRejects(
    const std::filesystem::path& file,
    const std::string& name,
    const std::vector<RejectedTable>& tables,
    const sheet::Vocabulary& vocabulary,
    const std::filesystem::path& folder
);

}  // namespace zw::ledger
