#pragma once
// A town's safety: is everything as it was written, and its back-up.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "app/app.h"
#include "audit/verify.h"

namespace zw::app {

using SafetyProgress = std::function<void(int64_t done, int64_t total)>;

// The log, every version of every record, the head kept beside the database and those printed in
// sealed editions.
audit::VerifyResult VerifyTown(App& app, const SafetyProgress& progress);
// Everything of the town in one file, the key too; sealed under `passphrase` when it is not empty.
// Writes go on meanwhile.
void BackupTown(
    App& app,
    const std::filesystem::path& file,
    const std::string& passphrase,
    const SafetyProgress& progress
);

// A town from its back-up, into a folder that is empty or not there; whole or not at all.
void RestoreTown(
    const std::filesystem::path& file,
    const std::filesystem::path& folder,
    const std::string& passphrase,
    const SafetyProgress& progress
);

}  // namespace zw::app
