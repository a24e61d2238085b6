#pragma once
// Files the command line reads whole.

#include <filesystem>
#include <string>

namespace zw::cli {

// Throws "io_failed".
std::string ReadFile(const std::filesystem::path& file);

// Whole or not at all. Throws "io_failed".
void WriteFile(const std::filesystem::path& file, const std::string& bytes);

}  // namespace zw::cli
