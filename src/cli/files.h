#pragma once
// Files the command line reads whole.

#include <filesystem>
#include <string>

namespace zw::cli {

// Throws "io_failed".
std::string ReadFile(const std::filesystem::path& file);

}  // namespace zw::cli
