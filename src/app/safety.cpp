#include "app/safety.h"

#include "access/vouched.h"
#include "base/problem.h"
#include "base/text.h"
#include "indicator/entries.h"
#include "ledger/migration.h"
#include "ledger/returns.h"
#include "ledger/write_session.h"
#include "report/edition_store.h"
#include "report/figure_checks.h"
#include "report/forms.h"
#include "store/backup.h"

namespace zw::app {

namespace {

void AddFault(audit::VerifyResult& result, const char* code, Details details) {
    audit::Fault fault;
    fault.code = code;
    fault.details = std::move(details);
    result.faults.push_back(std::move(fault));
}

// Computed fields can be made anew from the others, so digests leave them out.
void VerifyComputed(App& app, audit::VerifyResult& result) {
    for (const Finding& finding : app.ledger().CheckComputed()) {
        AddFault(result, "audit_computed", {{"what", finding.message}});
        result.faults.back().record = finding.sheet;
        result.faults.back().id = std::stoll(finding.value);
    }
}

}  // namespace

std::vector<audit::VouchedTable> VouchedTables() {
    std::vector<audit::VouchedTable> tables = ledger::VouchedDefinitions();
    for (audit::VouchedTable& table : std::vector{
             indicator::VouchedEntries(),
             report::VouchedEditions(),
             report::VouchedChecks(),
             report::VouchedFilings(),
             ledger::VouchedReturns(),
             access::VouchedPlaces(),
             access::VouchedAccounts()}) {
        tables.push_back(std::move(table));
    }
    return tables;
}

void BeginVouching(ledger::Ledger& ledger) {
    const int64_t town = ledger.services().town;
    if (audit::Vouches(ledger.services().database.Read()->connection(), town)) {
        return;
    }
    ledger.Commit({"系统", {}, true}, "登记记录以外各表", [&](ledger::WriteSession& session) {
        store::Connection& connection = session.connection();
        if (audit::Vouches(connection, town)) {
            return false;
        }
        session.Vouch({audit::VouchingBegins()});
        for (const audit::VouchedTable& table : VouchedTables()) {
            session.Vouch(audit::VouchFor(connection, town, table));
        }
        return true;
    });
}

audit::VerifyResult VerifyTown(
    App& app, const std::vector<std::filesystem::path>& heads, const SafetyProgress& progress
) {
    audit::VerifyRequest request;
    // Before the view is taken: a commit in between would look like a cut tail.
    request.head_on_file = audit::ReadHeadOnFile(app.folder().log_head(), app.key());
    const auto reader = app.database().ReadWithoutLimit();
    request.town = app.town();
    request.tables = app.ledger().VersionedTables(reader->connection());
    request.vouched = VouchedTables();
    for (const auto& [where, head] : app.reports().SealedHeads()) {
        request.heads.push_back({where, head});
    }
    std::vector<audit::HeadOnFile> unread;
    for (const std::filesystem::path& file : heads) {
        audit::HeadOnFile on_file = audit::ReadHeadOnFile(file, app.key());
        if (on_file.head) {
            request.heads.push_back({on_file.where, *on_file.head});
        } else {
            unread.push_back(std::move(on_file));
        }
    }
    request.progress = progress;
    audit::VerifyResult result = audit::Verify(reader->connection(), app.key(), request);
    for (const audit::HeadOnFile& file : unread) {
        AddFault(
            result,
            file.damaged ? "audit_head_damaged" : "audit_head_missing",
            {{"where", file.where}, {"seq", "0"}, {"newest", "0"}}
        );
    }
    VerifyComputed(app, result);
    return result;
}

void AcceptHead(App& app, const access::Actor& actor, const std::string& why) {
    if (Trim(why).empty()) {
        throw Problem::Because(
            "wrong_use",
            {"认可现有日志必须写明理由", "accepting the log as it stands needs a reason"}
        );
    }
    if (!app.HeadLost()) {
        throw Problem::Because(
            "wrong_use",
            {"log.head 与日志相符，不需要认可", "log.head and the log agree: nothing to accept"}
        );
    }
    const std::string name = app.folder().log_head().filename().string();
    app.ledger().Commit(
        actor,
        name + "遗失或与日志不符，认可现有日志：" + Trim(why),
        [](ledger::WriteSession&) { return true; }
    );
    app.AcceptHead();
}

std::filesystem::path BackupTown(
    App& app,
    const std::filesystem::path& file,
    const std::string& passphrase,
    const SafetyProgress& progress
) {
    app.FlushHead();
    const audit::HeadOnFile head = audit::ReadHeadOnFile(app.folder().log_head(), app.key());
    store::WriteBackup(app.database(), app.folder().root, file, passphrase, progress);
    if (!head.head) {
        return {};
    }
    std::filesystem::path beside = file;
    beside += ".head";
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);  // one of an older back-up under the same name
    audit::HeadFile(beside, app.key()).Write(*head.head);
    return beside;
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
