#include "report/figure_checks.h"

#include <algorithm>
#include <map>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/write_session.h"
#include "report/edition_columns.h"

namespace zw::report {

namespace {

struct Statement {
    std::string what;  // figure it was said of: the slot may become another one's
    std::string text;
    bool disputed = false;
    std::string word;
    std::string by;
    int64_t at_millis = 0;
};

// Which figure a slot holds: the same slot id may come to hold another when a text is changed.
std::string WhatOf(const ResolvedSlot& slot) {
    return Join({slot.key, slot.place_code, slot.period, slot.compare}, "|");
}

std::vector<const ResolvedSlot*> FiguresOf(const Rendered& rendered) {
    std::vector<const ResolvedSlot*> figures;
    for (const ResolvedSlot& slot : rendered.slots) {
        if (slot.kind == "figure") {
            figures.push_back(&slot);
        }
    }
    return figures;
}

// The latest of each slot.
std::map<std::string, Statement> LoadStatements(
    store::Connection& connection, int64_t town, int64_t edition
) {
    std::map<std::string, Statement> latest;
    connection.Query(
        "select slot, what, text, disputed, word, said_by, at from report_check where town = ? and "
        "edition = ? order by seq",
        {town, edition},
        [&](const store::Statement& row) {
            Statement& one = latest[std::string(row.Text(0))];
            one.what = row.Text(1);
            one.text = row.Text(2);
            one.disputed = row.Int(3) != 0;
            one.word = row.Text(4);
            one.by = row.Text(5);
            one.at_millis = row.Int(6);
        }
    );
    return latest;
}

CheckState StateOf(const Statement& said, const ResolvedSlot& slot) {
    if (said.text != slot.text) {
        return CheckState::kChanged;
    }
    return said.disputed ? CheckState::kDisputed : CheckState::kConfirmed;
}

}  // namespace

void CreateCheckTable(store::Connection& connection) {
    store::EnsureTable(
        connection,
        {.name = "report_check",
         .columns = Columns(
             {"town", "edition", "seq", "at", "disputed"},
             {"slot", "what", "text", "word", "said_by"}
         ),
         .primary_key = {"town", "edition", "seq", "slot"},
         .indexes = {}}
    );
}

audit::VouchedTable VouchedChecks() {
    return {
        .table = "report_check",
        .name = "核数",
        .key = {"edition", "seq", "slot"},
        .columns = {"at", "disputed", "what", "text", "word", "said_by"},
        .where = "",
        .children = {}};
}

std::vector<FigureCheck> FigureChecks::List(const access::Actor& actor, int64_t edition) const {
    const Rendered rendered = reports_.Render(actor, edition);
    const auto reader = ledger_.services().database.Read();
    const auto said = LoadStatements(reader->connection(), ledger_.services().town, edition);
    std::vector<FigureCheck> out;
    for (const ResolvedSlot* slot : FiguresOf(rendered)) {
        const definition::Indicator* indicator = ledger_.model().FindIndicator(slot->key);
        FigureCheck check;
        check.slot = slot->id;
        check.label = slot->Label();
        check.text = slot->text;
        check.line = indicator == nullptr ? "" : indicator->line;
        const auto found = said.find(slot->id);
        if (found != said.end() && found->second.what == WhatOf(*slot)) {
            check.state = StateOf(found->second, *slot);
            check.was = check.state == CheckState::kChanged ? found->second.text : "";
            check.word = found->second.word;
            check.by = found->second.by;
            check.at_millis = found->second.at_millis;
        }
        out.push_back(std::move(check));
    }
    return out;
}

void FigureChecks::Say(const access::Actor& actor, int64_t edition, const CheckRequest& request) {
    if (request.disputed && Trim(request.word).empty()) {
        throw Problem("reason_needed");
    }
    if (reports_.Find(edition).sealed) {
        throw Problem("edition_sealed", {{"edition", std::to_string(edition)}});
    }
    const Rendered rendered = reports_.Render(actor, edition);
    std::vector<const ResolvedSlot*> figures;
    for (const std::string& id : request.slots) {
        const ResolvedSlot* slot = rendered.Find(id);
        const definition::Indicator* indicator =
            slot == nullptr ? nullptr : ledger_.model().FindIndicator(slot->key);
        if (indicator == nullptr || slot->kind != "figure") {
            throw NotFound(Thing::kReportFigure, id);
        }
        access::Actor::Require(
            actor.MayWrite(indicator->line),
            {"核对这条工作线的数", "checking the figures of this line of work"}
        );
        figures.push_back(slot);
    }
    const int64_t town = ledger_.services().town;
    const int64_t at = ledger_.services().clock.NowMillis();
    ledger_.Commit(
        actor,
        request.disputed ? "核数：有疑问" : "核数：已核",
        [&](ledger::WriteSession& session) {
            for (const ResolvedSlot* slot : figures) {
                session.connection().Run(
                    "insert into report_check (town, edition, seq, at, disputed, slot, what, text, "
                    "word, said_by) values (" +
                        Questions(10) + ")",
                    {town,
                     edition,
                     session.seq(),
                     at,
                     int64_t{request.disputed},
                     slot->id,
                     WhatOf(*slot),
                     slot->text,
                     Trim(request.word),
                     actor.name}
                );
            }
            session.Vouch(audit::VouchFor(
                session.connection(),
                town,
                VouchedChecks(),
                "edition = ? and seq = ?",
                {edition, session.seq()}
            ));
            return !figures.empty();
        }
    );
}

}  // namespace zw::report
