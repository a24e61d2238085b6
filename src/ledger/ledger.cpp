#include "ledger/ledger_impl.h"

#include <algorithm>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/checks.h"
#include "ledger/conflict.h"
#include "ledger/masking.h"
#include "ledger/may_write.h"
#include "ledger/migration.h"
#include "ledger/recompute.h"
#include "ledger/refusal.h"
#include "ledger/return_counts.h"
#include "ledger/row_store.h"
#include "ledger/settings.h"
#include "ledger/write_session.h"

namespace zw::ledger {

namespace {

[[noreturn]] void NoSuchRecord(const definition::RecordType& type, int64_t id) {
    throw NotFound(type.name.Both(), std::to_string(id));
}

void RefuseIfFound(const std::vector<Finding>& findings) {
    if (HasRefusal(findings)) {
        throw Refused(findings);
    }
}

// A precision only where a date is.
void KeepPrecision(
    const Table& table,
    const std::map<std::string, DatePrecision>& given,
    const Values& set,
    Record& record
) {
    for (const auto& [field, value] : set) {
        const Column* column = table.Find(field);
        if (!column->Dated()) {
            continue;
        }
        record.precision.erase(field);
        const auto precision = given.find(field);
        if (precision != given.end() && precision->second != DatePrecision::kDay &&
            !formula::IsNull(value)) {
            record.precision[field] = precision->second;
        }
    }
}

}  // namespace

Ledger::Ledger(LedgerServices services) : impl_(std::make_unique<Impl>(std::move(services))) {}
Ledger::~Ledger() = default;

void Ledger::Open() {
    const LedgerServices& services = impl_->services;
    bool vouch = false;  // texts that came to a town whose log vouches for them
    services.database.Write([&](store::Connection& connection) {
        access::CreatePlaceTables(connection);
        audit::Log::CreateTable(connection);
        CreateLedgerTables(connection);
        Migration migration = Migrate(connection, services.town, *services.model);
        const bool stored = StoreDefinitions(
            connection,
            services.town,
            services.model->digest,
            services.definition_files,
            services.clock.NowMillis()
        );
        vouch = stored && audit::Vouches(connection, services.town);
        impl_->schema = Schema::Load(connection, services.town, *services.model);
        impl_->reader = std::make_unique<RowReader>(*impl_->schema, services.key);
        for (const std::string& record : migration.recompute) {
            RecomputeAll(impl_->Core(), connection, impl_->schema->Of(record));
        }
        BringReturnCounts(connection, services.town, *impl_->schema);
        impl_->migrated = std::move(migration.steps);
    });
    if (!impl_->migrated.empty() || vouch) {
        Commit(
            {"系统", {}, true},
            "定义更新 " + services.model->digest,
            [&](WriteSession& session) {
                for (const audit::VouchedTable& table : VouchedDefinitions()) {
                    if (vouch) {
                        session.Vouch(audit::VouchFor(session.connection(), services.town, table));
                    }
                }
                return true;
            }
        );
    }
}

void Ledger::AddObserver(WriteObserver& observer) {
    impl_->untold.Add(observer);
}

int64_t Ledger::Commit(
    const access::Actor& actor,
    const std::string& why,
    const std::function<bool(WriteSession&)>& work,
    bool alone
) {
    const LedgerCore core = impl_->Core();
    std::optional<audit::Head> head;
    const auto write = [&](store::Connection& connection) {
        head.reset();
        store::Savepoint savepoint(connection);
        WriteSession session(core, connection, actor);
        if (work(session)) {
            head = session.Finish(why);
            savepoint.Release();
        }
    };
    store::Database& database = impl_->services.database;
    alone ? database.WriteAlone(write) : database.Write(write);
    return head ? head->seq : 0;
}

Record Ledger::Impl::Current(
    WriteSession& session, const access::Actor& actor, const Table& table, int64_t id
) const {
    std::optional<Record> record = reader->Find(session.connection(), table, services.town, id);
    if (!record && reader->FindDeleted(session.connection(), table, services.town, id)) {
        throw Problem("record_deleted");
    }
    if (!record || !actor.InScope(record->place)) {
        NoSuchRecord(*table.type, id);
    }
    return std::move(*record);
}

void Ledger::Impl::RefuseStale(
    WriteSession& session,
    const access::Actor& actor,
    const Table& table,
    const Record& now,
    const ledger::Change& change
) const {
    throw Problem(
        "stale_version",
        {{"by", LastWriter(session.connection(), table, services.town, now)},
         {"list", ConflictList(actor, table, now, change.values)},
         {"version", std::to_string(now.version)},
         {"id", std::to_string(now.id)}}
    );
}

void Ledger::Impl::RefuseReferenced(WriteSession& session, const Table& table, int64_t id) const {
    std::vector<std::string> lines;
    for (const Table& other : schema->tables()) {
        for (const Column& column : other.columns) {
            if (column.field->type.kind != formula::Kind::kRef ||
                column.field->type.record != table.type->id) {
                continue;
            }
            const auto count = session.connection().First(
                "select count(*) from " + other.name + " where town = ? and " + column.name +
                    " = ?",
                {services.town, id}
            );
            if (const int64_t rows = std::get<int64_t>(count.at(0)); rows > 0) {
                lines.push_back(
                    "“" + other.type->name.zh + "”的“" + column.field->name.zh + "”：" +
                    std::to_string(rows) + "条"
                );
            }
        }
    }
    if (!lines.empty()) {
        throw Problem("still_referenced", {{"list", Join(lines, "\n")}});
    }
}

void Ledger::Impl::CheckNew(
    WriteSession& session, const Table& table, Record& record, std::vector<Finding>& findings
) const {
    Compute(session.rows(), table, record);
    findings = session.checks().Check(table, record);
    RefuseIfFound(findings);
}

void Ledger::Impl::CheckFamilies(WriteSession& session, std::vector<Finding>& findings) const {
    for (auto& [row, of_row] : session.CheckFamilies()) {
        findings.insert(findings.end(), of_row.begin(), of_row.end());
    }
    RefuseIfFound(findings);
}

WriteResult Ledger::Create(
    const access::Actor& actor,
    const std::string& record,
    const NewRecord& row,
    const std::string& why,
    const Along& along
) {
    const Table& table = impl_->TableOf(record);
    RequireWrite(actor, *table.type, row.place);
    WriteResult result;
    result.seq = Commit(actor, why, [&](WriteSession& session) {
        Record fresh;
        fresh.id = impl_->services.ids.Next();
        fresh.place = row.place;
        fresh.values = Coerce(model(), table, row.values);
        KeepPrecision(table, row.precision, fresh.values, fresh);
        impl_->CheckNew(session, table, fresh, result.findings);
        result.ids = {fresh.id};
        result.batch = session.batch();
        session.Create(table, std::move(fresh), row.source);
        impl_->CheckFamilies(session, result.findings);
        if (along) {
            along(session, result);
        }
        return true;
    });
    return result;
}

WriteResult Ledger::Impl::Change(
    Ledger& ledger,
    const access::Actor& actor,
    const Table& table,
    const ledger::Change& change,
    const std::string& why
) {
    WriteResult result;
    result.ids = {change.id};
    result.seq = ledger.Commit(actor, why, [&](WriteSession& session) {
        Record before = Current(session, actor, table, change.id);
        const Values values = Coerce(*services.model, table, change.values);
        if (before.version != change.version) {
            RefuseStale(session, actor, table, before, change);
        }
        Record after = before;
        after.place = change.place.value_or(before.place);
        // Before the checks: their words would tell of other places.
        RequireWrite(actor, *table.type, after.place);
        after.state = "live";
        for (const auto& [field, value] : values) {
            after.values[field] = value;
        }
        KeepPrecision(table, change.precision, values, after);
        CheckNew(session, table, after, result.findings);
        if (SameContent(table, before, after)) {
            return false;
        }
        result.batch = session.batch();
        session.Update(table, std::move(before), std::move(after), {});
        CheckFamilies(session, result.findings);
        return true;
    });
    return result;
}

Checked Ledger::Check(
    const access::Actor& actor, const std::string& record, int64_t id, const NewRecord& row
) {
    const Table& table = impl_->TableOf(record);
    Checked checked;
    Commit(actor, {}, [&](WriteSession& session) {
        std::optional<Record> before;
        Record& after = checked.record;
        after.id = id;
        if (id != 0) {
            before = impl_->Current(session, actor, table, id);
            after = *before;
            after.state = "live";
        }
        after.place = row.place != 0 ? row.place : after.place;
        if (after.place != 0) {
            RequireWrite(actor, *table.type, after.place);
        }
        const Values values = Coerce(*impl_->services.model, table, row.values);
        for (const auto& [field, value] : values) {
            after.values[field] = value;
        }
        KeepPrecision(table, row.precision, values, after);
        Compute(session.rows(), table, after);
        checked.findings = session.checks().Check(table, after);
        if (!HasRefusal(checked.findings)) {
            impl_->CheckWritten(session, table, std::move(before), checked);
        }
        return false;
    });
    if (!actor.unmask) {
        MaskRecord(*table.type, checked.record);
    }
    return checked;
}

// Sums over children and the row before can be asked only of rows that stand in the tables.
void Ledger::Impl::CheckWritten(
    WriteSession& session, const Table& table, std::optional<Record> before, Checked& checked
) const {
    Record row = checked.record;
    if (!before) {
        row.id = services.ids.Next();
        session.Create(table, std::move(row), {});
    } else if (!SameContent(table, *before, row)) {
        session.Update(table, std::move(*before), std::move(row), {});
    }
    for (auto& [who, of_row] : session.CheckFamilies()) {
        checked.findings.insert(checked.findings.end(), of_row.begin(), of_row.end());
    }
}

WriteResult Ledger::Update(
    const access::Actor& actor,
    const std::string& record,
    const Change& change,
    const std::string& why
) {
    return impl_->Change(*this, actor, impl_->TableOf(record), change, why);
}

WriteResult Ledger::Confirm(
    const access::Actor& actor,
    const std::string& record,
    int64_t id,
    int64_t version,
    const Values& values,
    const std::string& why
) {
    return impl_->Change(
        *this, actor, impl_->TableOf(record), {id, version, values, {}, std::nullopt}, why
    );
}

WriteResult Ledger::Delete(
    const access::Actor& actor,
    const std::string& record,
    int64_t id,
    int64_t version,
    const std::string& why
) {
    const Table& table = impl_->TableOf(record);
    WriteResult result;
    result.ids = {id};
    result.seq = Commit(actor, why, [&](WriteSession& session) {
        Record before = impl_->Current(session, actor, table, id);
        if (before.version != version) {
            impl_->RefuseStale(session, actor, table, before, {id, version, {}, {}, std::nullopt});
        }
        impl_->RefuseReferenced(session, table, id);
        result.batch = session.batch();
        session.Delete(table, std::move(before));
        impl_->CheckFamilies(session, result.findings);
        return true;
    });
    return result;
}

WriteResult Ledger::Restore(
    const access::Actor& actor, const std::string& record, int64_t id, const std::string& why
) {
    const Table& table = impl_->TableOf(record);
    WriteResult result;
    result.ids = {id};
    result.seq = Commit(actor, why, [&](WriteSession& session) {
        std::optional<Record> deleted =
            impl_->reader->FindDeleted(session.connection(), table, impl_->services.town, id);
        if (!deleted) {
            const bool stands =
                impl_->reader->Find(session.connection(), table, impl_->services.town, id)
                    .has_value();
            if (stands) {
                throw Problem("record_not_deleted");
            }
        }
        if (!deleted || !actor.InScope(deleted->place)) {
            NoSuchRecord(*table.type, id);
        }
        impl_->CheckNew(session, table, *deleted, result.findings);
        result.batch = session.batch();
        session.Restore(table, std::move(*deleted));
        impl_->CheckFamilies(session, result.findings);
        return true;
    });
    return result;
}

const definition::Model& Ledger::model() const {
    return *impl_->services.model;
}
const sheet::Vocabulary& Ledger::vocabulary() const {
    return impl_->vocabulary;
}
const LedgerServices& Ledger::services() const {
    return impl_->services;
}
const Schema& Ledger::schema() const {
    return impl_->Opened();
}
const RowReader& Ledger::reader() const {
    impl_->Opened();
    return *impl_->reader;
}
const std::vector<std::string>& Ledger::migrated() const {
    return impl_->migrated;
}

access::PlaceTree Ledger::Places() const {
    return *impl_->places.At(impl_->services.database.Read()->connection(), impl_->services.town);
}

RuleValues Ledger::Rules(store::Connection& connection) const {
    return Settings::Load(connection, impl_->services.town, model(), schema()).Rules(model());
}

std::vector<audit::VersionedTable> Ledger::VersionedTables(store::Connection& connection) const {
    return ListVersionedTables(connection, impl_->services.town, schema());
}

std::vector<Finding> Ledger::CheckComputed() const {
    const auto reader = impl_->services.database.Read();
    return FindComputedDifferences(impl_->Core(), reader->connection());
}

std::vector<Finding> Ledger::CheckReturns() const {
    const auto reader = impl_->services.database.Read();
    return FindReturnDifferences(reader->connection(), impl_->services.town, *impl_->schema);
}

}  // namespace zw::ledger
