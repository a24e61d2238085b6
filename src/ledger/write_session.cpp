#include "ledger/write_session.h"

#include <algorithm>
#include <iterator>

#include "base/problem.h"
#include "base/text.h"
#include "ledger/may_write.h"
#include "ledger/record_sql.h"
#include "ledger/return_counts.h"

namespace zw::ledger {

namespace {

constexpr size_t kChunk = 1'000;

bool HasFamilyChecks(const definition::RecordType& type) {
    return std::any_of(type.checks.begin(), type.checks.end(), [](const definition::Check& check) {
        return check.profile == formula::Profile::kChild;
    });
}

// "a.b" for Split; the path of references in front of the last part.
std::vector<std::string> Hops(const std::string& path) {
    std::vector<std::string> parts = Split(path, '.');
    parts.pop_back();
    return parts;
}

}  // namespace

WriteSession::WriteSession(
    const LedgerCore& core, store::Connection& connection, const access::Actor& actor
)
    : core_(core),
      connection_(connection),
      actor_(actor),
      places_(core.places.ForWrite(connection, core.services.town)),
      rules_(Settings::Load(connection, core.services.town, *core.services.model, core.schema)
                 .Rules(*core.services.model)),
      context_{
          *core.services.model, core.schema, rules_, core.services.clock.Today(), std::nullopt},
      rows_(std::make_unique<RowSource>(connection, core.reader, context_, core.services.town)),
      checks_(std::make_unique<RowChecks>(*rows_, places_)),
      writer_(
          connection,
          core.reader,
          core.services.random,
          core.services.town,
          audit::Log::NextSeq(connection, core.services.town)
      ),
      batch_(core.services.ids.Next()) {}

WriteSession::~WriteSession() = default;

void WriteSession::RememberFamily(const Table& table, const Record& row) {
    if (HasFamilyChecks(*table.type)) {
        families_[{&table, row.id}] = 0;
    }
    for (const definition::Field& field : table.type->fields) {
        if (field.type.kind != formula::Kind::kRef || field.type.record == "place") {
            continue;
        }
        const Table& parent = core_.schema.Of(field.type.record);
        const auto value = row.values.find(field.id);
        const auto* id = value == row.values.end() ? nullptr : std::get_if<int64_t>(&value->second);
        if (id != nullptr && HasFamilyChecks(*parent.type)) {
            families_[{&parent, *id}] = row.id;
        }
    }
}

void WriteSession::CountReturn(const Table& table, const Record& row, int64_t sign) {
    if (const auto said = ReturnOf(*table.type, row)) {
        ReturnDelta& delta = returns_[{table.type->id, ToText(said->first.last), row.place}];
        delta.with_value += sign;
        delta.not_zero += said->second ? sign : 0;
        delta.came = delta.came || sign > 0;
    }
}

void WriteSession::Note(const Table& table, RowChange change) {
    change.type = table.type;
    change.seq = seq();
    if (change.before) {
        CountReturn(table, *change.before, -1);
        RememberFamily(table, *change.before);
        rows_->Forget(*table.type, change.before->id);
    }
    if (change.after) {
        CountReturn(table, *change.after, 1);
        RememberFamily(table, *change.after);
        rows_->Forget(*table.type, change.after->id);
    }
    pending_.push_back(std::move(change));
    if (pending_.size() >= kChunk) {
        Flush();
    }
}

void WriteSession::Create(const Table& table, Record record, const std::string& source) {
    RequireWrite(actor_, *table.type, record.place);
    if (record.id == 0) {
        record.id = core_.services.ids.Next();
    }
    writer_.Create(table, record, source);
    Note(table, {nullptr, Op::kCreate, 0, std::nullopt, std::move(record)});
}

void WriteSession::Update(
    const Table& table, Record before, Record after, const std::string& source
) {
    RequireWrite(actor_, *table.type, before.place);
    RequireWrite(actor_, *table.type, after.place);
    Replace(table, std::move(before), std::move(after), source);
}

void WriteSession::Replace(
    const Table& table, Record before, Record after, const std::string& source
) {
    writer_.Update(table, before.version, after, source);
    Note(table, {nullptr, Op::kUpdate, 0, std::move(before), std::move(after)});
}

void WriteSession::Delete(const Table& table, Record before) {
    RequireWrite(actor_, *table.type, before.place);
    writer_.Delete(table, before);
    Note(table, {nullptr, Op::kDelete, 0, std::move(before), std::nullopt});
}

void WriteSession::Restore(const Table& table, Record record) {
    RequireWrite(actor_, *table.type, record.place);
    writer_.Restore(table, record.version, record);
    Note(table, {nullptr, Op::kRestore, 0, std::nullopt, std::move(record)});
}

void WriteSession::WriteReturnCounts() {
    for (const auto& [where, delta] : returns_) {
        const auto& [record, period, place] = where;
        connection_.Run(
            "insert into returned_rows (town, record, place, period, with_value, not_zero, seq) "
            "values (?, ?, ?, ?, ?, ?, ?) "
            "on conflict (town, record, period, place) do update set with_value = "
            "returned_rows.with_value + excluded.with_value, "
            "not_zero = returned_rows.not_zero + excluded.not_zero, "
            "seq = case when excluded.seq > 0 then excluded.seq else returned_rows.seq end",
            {core_.services.town,
             record,
             place,
             period,
             delta.with_value,
             delta.not_zero,
             delta.came ? seq() : static_cast<int64_t>(0)}
        );
    }
    returns_.clear();
}

void WriteSession::Flush() {
    while (!pending_.empty()) {
        std::vector<RowChange> changes;
        changes.swap(pending_);
        std::vector<ReferredRow> referred;
        for (const RowChange& change : changes) {
            if (change.op != Op::kCreate) {  // nothing can refer to it yet
                referred.push_back({change.type, (change.after ? change.after : change.before)->id}
                );
            }
        }
        untold_.insert(
            untold_.end(),
            std::make_move_iterator(changes.begin()),
            std::make_move_iterator(changes.end())
        );
        FollowReferences(referred);
    }
    WriteReturnCounts();
    if (untold_.size() >= kChunk && core_.untold.TellNow(connection_, untold_)) {
        untold_.clear();
    }
}

// Computed values that read a changed row through a reference become new versions of the rows that
// refer to it.
void WriteSession::FollowReferences(const std::vector<ReferredRow>& rows) {
    if (rows.empty()) {
        return;
    }
    for (const Table& dependent : core_.schema.tables()) {
        std::set<std::vector<std::string>> paths;
        for (const definition::Computed& computed : dependent.type->computed) {
            for (const std::string& path :
                 computed.formula ? computed.formula->paths() : std::vector<std::string>()) {
                for (std::vector<std::string> hops = Hops(path); !hops.empty(); hops.pop_back()) {
                    paths.insert(hops);
                }
            }
        }
        for (const std::vector<std::string>& path : paths) {
            const definition::RecordType* at = dependent.type;
            for (const std::string& hop : path) {
                const definition::Field* field = at == nullptr ? nullptr : at->FindField(hop);
                at = field == nullptr ? nullptr
                                      : core_.services.model->FindRecord(field->type.record);
            }
            for (const ReferredRow& row : rows) {
                if (at != nullptr && row.type == at) {
                    RecomputeDependents(dependent, path, row.id);
                }
            }
        }
    }
}

void WriteSession::RecomputeDependents(
    const Table& dependent, const std::vector<std::string>& path, int64_t id
) {
    const RecordSql names(context_, *dependent.type, "r");
    std::vector<Record> rows;
    connection_.Query(
        "select " + RowReader::Columns(dependent, "r") + " from " +
            FromRows(dependent, "r", core_.services.town, std::nullopt, false) + " and " +
            names.Column(path) + " = ?" + OrderById("r.id"),
        {id},
        [&](const store::Statement& row) { rows.push_back(core_.reader.Read(dependent, row)); }
    );
    for (Record& before : rows) {
        Record after = before;
        Compute(*rows_, dependent, after);
        if (!SameContent(dependent, before, after)) {
            // What follows from a write the actor may make is not asked for again, wherever it is.
            Replace(dependent, std::move(before), std::move(after), {});
        }
    }
}

int64_t WriteSession::LastToTouch(const Table& parent, int64_t id) const {
    const auto found = families_.find({&parent, id});
    return found == families_.end() ? 0 : found->second;
}

WriteSession::FamilyFindings WriteSession::CheckFamilies() {
    Flush();
    rows_->Forget();
    FamilyFindings all;
    for (const auto& [who, child] : families_) {
        const auto& [table, id] = who;
        const std::optional<Record> row =
            core_.reader.Find(connection_, *table, core_.services.town, id);
        if (!row || row->state != "live") {
            continue;
        }
        std::vector<Finding> findings = checks_->CheckFamily(*table, *row);
        if (!findings.empty()) {
            all[{table, id}] = std::move(findings);
        }
    }
    return all;
}

audit::Head WriteSession::Finish(const std::string& why) {
    Flush();
    audit::Entry entry;
    entry.town = core_.services.town;
    entry.at = core_.services.clock.NowMillis();
    entry.by = actor_.name;
    entry.why = why;
    entry.batch = batch_;
    entry.definitions = core_.services.model->digest;
    entry.rows_digest = writer_.Digest();
    entry.vouched = vouched_;
    audit::Head head = audit::Log(core_.services.key).Append(connection_, entry);
    core_.untold.Leave(std::move(untold_));
    return head;
}

}  // namespace zw::ledger
