#pragma once
// A town's safety: is everything as it was written, and its back-up.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/app.h"
#include "audit/verify.h"

namespace zw::app {

using SafetyProgress = std::function<void(int64_t done, int64_t total)>;

// What the log vouches for beside the versions of records.
std::vector<audit::VouchedTable> VouchedTables();
// Of a town that is new, or that an older program has made: the log vouches for all such rows as
// they stand, once.
void BeginVouching(ledger::Ledger& ledger);
// The log, every version of every record, what else it vouches for, computed fields (which no
// digest holds), the head kept beside the database, those printed in sealed editions and those of
// back-ups (`heads`: the .head files that BackupTown wrote).
audit::VerifyResult VerifyTown(
    App& app, const std::vector<std::filesystem::path>& heads, const SafetyProgress& progress
);
// The head kept beside the database is gone, damaged or ahead of the log, which VerifyTown says
// each time: the log is taken for whole as it stands, and says so itself, by whom and why, for
// good. Throws "wrong_use" without a reason, or where the head fits the log.
void AcceptHead(App& app, const access::Actor& actor, const std::string& why);
// Everything of the town in one file, the key too; sealed under `passphrase` when it is not empty.
// Writes go on meanwhile. FILE.head beside it holds the log's head as it was when the back-up
// began: to be kept elsewhere, and given to VerifyTown. Returns its path; empty while nothing is
// logged.
std::filesystem::path BackupTown(
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
