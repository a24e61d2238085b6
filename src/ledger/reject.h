#pragma once
// Refused rows back to the sender: a workbook with the titles and headings of the original sheets, only the refused rows, and a
// last column that says why. Mended, it can be imported again.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ledger/mapping.h"

namespace zw::ledger {

// One table of a file.
struct RejectedTable {
    int sheet = 0;   // index in the workbook
    int table = 1;   // from 1
    std::map<int, std::vector<std::string>> reasons;  // row → reasons
};

// Writes `<name of the file>_退回.xlsx` into `folder` (made when missing) and returns it. Empty when nothing was refused.
std::filesystem::path WriteRejects(const std::filesystem::path& file, const std::vector<RejectedTable>& tables,
                                   const sheet::Vocabulary& vocabulary, const std::filesystem::path& folder);

}  // namespace zw::ledger
