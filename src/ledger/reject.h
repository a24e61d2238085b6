#pragma once
// Refused rows back to the sender: the titles and headings of the original sheet, only the refused
// rows, and a last column that says why. Mended, they can be imported again.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ledger/mapping.h"

namespace zw::ledger {

// One table of a file.
struct RejectedTable {
    int sheet = 0;                                    // index in the workbook
    int table = 1;                                    // from 1
    std::map<int, std::vector<std::string>> reasons;  // row → reasons
};

// Writes `<file>_<sheet>_退回.csv` for each table into `folder` (made when missing). Returns the
// file, or the folder when there are several; empty when nothing was refused.
std::filesystem::path WriteRejects(
    const std::filesystem::path& file,
    const std::vector<RejectedTable>& tables,
    const sheet::Vocabulary& vocabulary,
    const std::filesystem::path& folder
);

}  // namespace zw::ledger
