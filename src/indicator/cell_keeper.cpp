#include "indicator/cell_keeper.h"

#include <algorithm>

#include "indicator/touched_rows.h"
#include "ledger/settings.h"

namespace zw::indicator {

struct CellKeeper::Call {
    store::Connection& connection;
    const std::vector<ledger::RowChange>& changes;
    int64_t seq;
    ledger::RuleValues rules;
    std::string own_rules;
    Cells::Digests digests;
    ledger::SqlContext after;
    ledger::SqlContext before;  // referred rows as of the log number before this one

    Call(
        store::Connection& at, const std::vector<ledger::RowChange>& rows, const CellKeeper& keeper
    )
        : connection(at),
          changes(rows),
          seq(rows.empty() ? 0 : rows.front().seq),
          rules(ledger::Settings::Load(at, keeper.town_, keeper.model_, keeper.schema_)
                    .Rules(keeper.model_)),
          own_rules(OwnRulesText(rules)),
          digests(keeper.cells_.StoredDigests(at)),
          after{keeper.model_, keeper.schema_, rules, keeper.clock_.Today(), std::nullopt},
          before{keeper.model_, keeper.schema_, rules, keeper.clock_.Today(), seq - 1} {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
};

CellKeeper::CellKeeper(
    int64_t town,
    const definition::Model& model,
    const ledger::Schema& schema,
    const std::vector<SourceSet>& sets,
    const Clock& clock
)
    : town_(town), model_(model), schema_(schema), sets_(sets), clock_(clock), cells_(town) {}

void CellKeeper::AfterRows(
    store::Connection& connection, const std::vector<ledger::RowChange>& changes
) {
    if (changes.empty()) {
        return;
    }
    Call call(connection, changes, *this);
    for (const SourceSet& set : sets_) {
        if (!set.kept) {
            continue;
        }
        const auto stored = call.digests.find({set.indicator->id, set.position});
        if (const std::string& digest = DigestUnder(call, set);
            stored == call.digests.end() || stored->second != digest) {
            cells_.Rebuild(connection, set, call.after, digest);
        } else {
            Update(call, set);
        }
    }
    NoteChangedTypes(changes);
}

void CellKeeper::Update(Call& call, const SourceSet& set) const {
    const TouchedRows touched =
        FindTouched(call.connection, set, schema_, town_, call.changes, kMaxDependants);
    if (touched.Empty()) {
        return;
    }
    const auto depends_on = [&](const definition::RecordType* type) {
        return std::any_of(set.dependencies.begin(), set.dependencies.end(), [&](const auto& d) {
            return d.type == type;
        });
    };
    const bool noted =
        noted_seq_ == call.seq && std::any_of(noted_types_.begin(), noted_types_.end(), depends_on);
    // A row that changed together with what it refers to is no dependant of its own: before is
    // before for it too.
    const bool referred =
        std::any_of(call.changes.begin(), call.changes.end(), [&](const ledger::RowChange& change) {
            return depends_on(change.type);
        });
    if (touched.too_many || (referred && noted)) {
        cells_.Rebuild(call.connection, set, call.after, DigestUnder(call, set));
        return;
    }
    const ledger::SqlContext& before = referred ? call.before : call.after;
    const Selections selections =
        SelectTouched(call.connection, set, {before, call.after}, town_, touched);
    DaySums differences;
    // Before and after read the table itself as their selections say; only what rows refer to
    // depends on the context.
    for (const Sql& rows : selections.before) {
        cells_.Contribute(call.connection, set, before, rows, -1, differences);
    }
    for (const Sql& rows : selections.after) {
        cells_.Contribute(call.connection, set, call.after, rows, 1, differences);
    }
    cells_.Apply(call.connection, set, differences);
}

const std::string& CellKeeper::DigestUnder(const Call& call, const SourceSet& set) const {
    if (digested_under_ != call.own_rules) {
        digested_under_ = call.own_rules;
        digests_.clear();
    }
    std::string& digest = digests_[&set];
    if (digest.empty()) {
        digest = DigestOf(set, model_, call.rules);
    }
    return digest;
}

void CellKeeper::NoteChangedTypes(const std::vector<ledger::RowChange>& changes) {
    if (noted_seq_ != changes.front().seq) {
        noted_seq_ = changes.front().seq;
        noted_types_.clear();
    }
    for (const ledger::RowChange& change : changes) {
        noted_types_.insert(change.type);
    }
}

void CellKeeper::Refresh(store::Connection& connection) const {
    const std::vector<ledger::RowChange> none;
    const Call call(connection, none, *this);
    cells_.DropOthers(connection, sets_);
    for (const SourceSet& set : sets_) {
        if (!set.kept) {
            continue;
        }
        const auto stored = call.digests.find({set.indicator->id, set.position});
        if (const std::string& digest = DigestUnder(call, set);
            stored == call.digests.end() || stored->second != digest) {
            cells_.Rebuild(connection, set, call.after, digest);
        }
    }
}

}  // namespace zw::indicator
