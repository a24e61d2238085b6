#include "app/safety.h"

#include "store/backup.h"

namespace zw::app {

audit::VerifyResult VerifyTown(App& app, const SafetyProgress& progress) {
    audit::VerifyRequest request;
    // Before the view is taken: a commit in between would look like a cut tail.
    request.head_on_file = audit::ReadHeadOnFile(app.folder().log_head(), app.key());
    const auto reader = app.database().ReadWithoutLimit();
    request.town = app.town();
    request.tables = app.ledger().VersionedTables(reader->connection());
    for (const auto& [where, head] : app.reports().SealedHeads()) {
        request.heads.push_back({where, head});
    }
    request.progress = progress;
    return audit::Verify(reader->connection(), app.key(), request);
}

void BackupTown(
    App& app,
    const std::filesystem::path& file,
    const std::string& passphrase,
    const SafetyProgress& progress
) {
    app.FlushHead();
    store::WriteBackup(app.database(), app.folder().root, file, passphrase, progress);
}

void RestoreTown(
    const std::filesystem::path& file,
    const std::filesystem::path& folder,
    const std::string& passphrase,
    const SafetyProgress& progress
) {
    store::RestoreBackup(file, folder, passphrase, progress);
}

}  // namespace zw::app
