#include "ledger/receipts.h"

#include "base/problem.h"
#include "ledger/write_session.h"

namespace zw::ledger {

namespace {

std::optional<std::string> Find(
    store::Connection& connection, int64_t town, const ReceiptName& name, int64_t after
) {
    const auto row = connection.First(
        "select asked, answer from receipt where town = ? and by = ? and name = ? and at > ?",
        {town, name.by, name.name, after}
    );
    if (row.empty()) {
        return std::nullopt;
    }
    if (std::get<std::string>(row[0]) != name.asked) {
        throw Problem("key_reused");
    }
    return std::get<std::string>(row[1]);
}

}  // namespace

std::optional<std::string> FindReceipt(const Ledger& ledger, const ReceiptName& name) {
    const LedgerServices& services = ledger.services();
    return Find(
        services.database.Read()->connection(),
        services.town,
        name,
        services.clock.NowMillis() - kReceiptMillis
    );
}

void KeepReceipt(
    const Ledger& ledger, WriteSession& session, const ReceiptName& name, const std::string& answer
) {
    KeepReceipt(ledger, session.connection(), name, answer);
}

void KeepReceipt(
    const Ledger& ledger,
    store::Connection& connection,
    const ReceiptName& name,
    const std::string& answer
) {
    const int64_t town = ledger.services().town;
    const int64_t now = ledger.services().clock.NowMillis();
    connection.Run("delete from receipt where town = ? and at <= ?", {town, now - kReceiptMillis});
    if (Find(connection, town, name, now - kReceiptMillis)) {
        throw AnsweredBefore();
    }
    connection.Run(
        "insert into receipt (town, by, name, at, asked, answer) values (?, ?, ?, ?, ?, ?)",
        {town, name.by, name.name, now, name.asked, answer}
    );
}

}  // namespace zw::ledger
