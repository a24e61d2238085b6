#include <fmt/format.h>

#include "audit/log.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/reports_impl.h"
#include "report/verify.h"

namespace zw::report {

namespace {

// What keeps `rendered` from being sealed, or is wrong with the waivers.
void RequireReady(const Rendered& rendered, const std::map<std::string, std::string>& waivers) {
    for (const auto& [id, reason] : waivers) {
        const auto* slot = rendered.Find(id);
        if (Trim(reason).empty()) {
            throw Problem::Because(
                "wrong_use",
                {"特批" + id + "必须写明理由", "letting " + id + " pass needs a reason"}
            );
        }
        if (slot == nullptr || slot->waiver.empty()) {
            throw Problem::Because(
                "wrong_use",
                {"位号" + id + "不需要特批", "slot " + id + " needs nobody to let it pass"}
            );
        }
    }
    std::vector<std::string> open;
    for (const auto* slot : rendered.Pending()) {
        open.push_back(slot->id + "：" + slot->pending);
    }
    for (const auto& finding : rendered.findings) {
        if (finding.severity == Severity::kRefused) {
            open.push_back("第" + std::to_string(finding.row) + "段：" + finding.message);
        }
    }
    if (!open.empty()) {
        throw Problem(
            "report_not_ready", {{"count", std::to_string(open.size())}, {"list", Join(open, "；")}}
        );
    }
}

}  // namespace

void Reports::Impl::SaveSeal(
    store::Connection& connection,
    const access::Actor& actor,
    const audit::Head& head,
    Rendered& rendered
) const {
    const int64_t edition = rendered.edition.number;
    EditionRow row = LoadEdition(connection, town(), edition);
    RequireOpen(row);
    row.info.sealed = true;
    row.info.title = rendered.title;
    row.info.sealed_millis = services().clock.NowMillis();
    row.info.sealed_by = actor.name;
    row.info.definitions = model().digest;
    row.info.head = head;
    rendered.edition = row.info;
    row.info.digest = SealDigest(rendered);
    rendered.edition.digest = row.info.digest;
    row.sealed_seq = audit::Log::NextSeq(connection, town());
    SaveSealed(connection, town(), rendered);
    UpdateEdition(connection, town(), row);
    LogRow(
        connection,
        actor,
        fmt::format("报告第{}版定稿，摘要{}", edition, row.info.digest),
        audit::VouchFor(connection, town(), VouchedEditions(), "edition = ?", {edition})
    );
}

EditionInfo Reports::Seal(
    const access::Actor& actor, int64_t edition, const std::map<std::string, std::string>& waivers
) {
    access::Actor::Require(
        actor.rights.seal && actor.WholeTown(), {"报告定稿", "sealing the report"}
    );
    audit::Head head;
    Rendered rendered;
    const auto render = [&] {
        const EditionRow row = impl_->Load(edition);
        RequireOpen(row);
        head = impl_->Newest();
        rendered = impl_->RenderDraft(actor, row, waivers);
        RequireReady(rendered, waivers);
    };
    // Read beside other people's writes; when one of those came in between, once more while nobody
    // writes, for in a busy hour one always does.
    render();
    bool done = false;
    store::Database& database = impl_->services().database;
    database.Write([&](store::Connection& connection) {
        const auto now = audit::Log::Newest(connection, impl_->town());
        done = !now || *now == head;
        if (done) {
            impl_->SaveSeal(connection, actor, head, rendered);
        }
    });
    if (!done) {
        database.WriteAlone([&](store::Connection& connection) {
            render();
            impl_->SaveSeal(connection, actor, head, rendered);
        });
    }
    return rendered.edition;
}

Verification Reports::Verify(const access::Actor& actor, int64_t edition) const {
    const EditionRow row = impl_->Load(edition);
    if (!row.info.sealed) {
        throw Problem("edition_open", {{"edition", std::to_string(edition)}});
    }
    const auto source = MakeLedgerSource(impl_->ledger, impl_->figures, actor);
    const auto reader = impl_->services().database.Read();
    const Rendered sealed = LoadSealed(reader->connection(), impl_->town(), row.info);
    Verification verification;
    verification.edition = row.info;
    VerifySeal(reader->connection(), impl_->town(), row, sealed, verification);
    VerifyFigures(sealed, *source, verification);
    return verification;
}

std::vector<std::pair<std::string, audit::Head>> Reports::SealedHeads() const {
    std::vector<std::pair<std::string, audit::Head>> heads;
    for (const auto& info : List()) {
        if (info.sealed && info.head.seq > 0) {
            heads.emplace_back("报告第" + std::to_string(info.number) + "版", info.head);
        }
    }
    return heads;
}

}  // namespace zw::report
