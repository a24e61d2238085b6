#pragma once
// Files read and written whole.

#include <filesystem>
#include <string>

namespace zw {

// Throws "io_failed".
std::string ReadFile(const std::filesystem::path& file);

// Whole or not at all. Throws "io_failed".
void WriteFile(const std::filesystem::path& file, const std::string& bytes);

}  // namespace zw
