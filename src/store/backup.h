#pragma once
// A town's folder in one file and back: town.sqlite, key, log.head, files/, local/.
// The file is a tar (whole under a passphrase: byte_stream.h) that begins with BACKUP and ends with
// SM3SUMS: the digest of each entry and one over all of them.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "store/byte_stream.h"
#include "store/database.h"

namespace zw::store {

using BackupProgress = std::function<void(int64_t done, int64_t total)>;  // bytes

// An online copy: writes go on. `folder` is the town's, `database` its open town.sqlite. With a
// passphrase the file is sealed; it holds the key, so without one it must be kept as safe as the
// key. Throws file_exists, io_failed, disk_full; nothing is left behind on failure.
void WriteBackup(
    Database& database,
    const std::filesystem::path& folder,
    const std::filesystem::path& file,
    std::string_view passphrase,
    const BackupProgress& progress,
    const PassphraseCost& cost = {}
);

// Puts it all into `folder`, which must be empty or not there; it appears whole or not at all.
// Throws folder_not_empty, not_a_backup, backup_damaged (naming offset and entry),
// passphrase_needed, wrong_passphrase.
void RestoreBackup(
    const std::filesystem::path& file,
    const std::filesystem::path& folder,
    std::string_view passphrase,
    const BackupProgress& progress
);

}  // namespace zw::store
