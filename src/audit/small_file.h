#pragma once
// Small files that must be whole or not there.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace zw::audit {

// Absent when there is no such file; throws io_failed when it cannot be read or holds more than 64
// KiB.
std::optional<std::string> ReadSmallFile(const std::filesystem::path& path);
// Readable by its owner only (0600) and on disk when it returns. Throws io_failed, also when the
// file is there.
void CreateSmallFile(const std::filesystem::path& path, std::string_view text);
// The same, in the place of what was there: a reader sees the old text or the new one.
void ReplaceSmallFile(const std::filesystem::path& path, std::string_view text);

}  // namespace zw::audit
