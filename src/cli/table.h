#pragma once
// Text tables for terminals.

#include <string>
#include <vector>

namespace zw::cli {

// Columns padded to the width they take on a terminal (a Chinese character takes two cells);
// columns that hold nothing but figures stand to the right. `heading` may be empty.
std::string TextTable(
    const std::vector<std::string>& heading, const std::vector<std::vector<std::string>>& rows
);

// Cells a text takes on a terminal.
size_t DisplayWidth(const std::string& text);

}  // namespace zw::cli
