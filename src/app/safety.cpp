#include "app/safety.h"

#include "store/backup.h"

namespace zw::app {

audit::VerifyResult VerifyTown(App& app, const SafetyProgress& progress) {
    const auto reader = app.database().ReadWithoutLimit();
    audit::VerifyRequest request;
    request.town = app.town();
    request.tables = app.ledger().VersionedTables(reader->connection());
    for (const auto& [where, head] : app.reports().SealedHeads()) {
        request.heads.push_back({where, head});
    }
    request.head_file = app.folder().log_head();
    request.progress = progress;
    return audit::Verify(reader->connection(), app.key(), request);
}

void BackupTown(App& app, const std::filesystem::path& file, const std::string& passphrase, const SafetyProgress& progress) {
    app.FlushHead();
    store::WriteBackup(app.database(), app.folder().root, file, passphrase, progress);
}

}  // namespace zw::app
