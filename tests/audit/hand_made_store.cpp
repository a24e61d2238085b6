#include "tests/audit/hand_made_store.h"

#include <limits>
#include <stdexcept>

#include "store/schema.h"

namespace zw::testing {

namespace {

using store::ColumnType;
using store::Connection;
using store::Value;

constexpr int64_t kStands = std::numeric_limits<int64_t>::max();
constexpr int64_t kPlace = 42;

template <typename T>
Value Column(const std::optional<T>& value) {
    return value ? Value(*value) : Value();
}

std::vector<store::ColumnSpec> FieldColumns() {
    return {
        {"f1", ColumnType::kText},
        {"f2", ColumnType::kBigint},
        {"f3", ColumnType::kText},
        {"f3_b", ColumnType::kText},
        {"f4", ColumnType::kText},
        {"f4_p", ColumnType::kText},
        {"f5", ColumnType::kText},
        {"f6", ColumnType::kBigint}};
}

void MakeTables(Connection& writer, const std::string& record) {
    store::TableSpec current{
        "r_" + record,
        {{"town", ColumnType::kBigint, true},
         {"id", ColumnType::kBigint, true},
         {"place", ColumnType::kBigint, true},
         {"version", ColumnType::kBigint, true},
         {"state", ColumnType::kText, true}},
        {"town", "id"},
        {}};
    store::TableSpec versions{
        "v_" + record,
        {{"town", ColumnType::kBigint, true},
         {"id", ColumnType::kBigint, true},
         {"version", ColumnType::kBigint, true},
         {"seq_from", ColumnType::kBigint, true},
         {"seq_to", ColumnType::kBigint, true},
         {"op", ColumnType::kText, true},
         {"place", ColumnType::kBigint, true},
         {"state", ColumnType::kText, true},
         {"salt", ColumnType::kText},
         {"digest", ColumnType::kText, true}},
        {"town", "id", "version"},
        {}};
    for (const store::ColumnSpec& column : FieldColumns()) {
        current.columns.push_back(column);
        versions.columns.push_back(column);
    }
    versions.columns.push_back({"f7", ColumnType::kText});  // dropped: only old versions have it
    store::CreateTable(writer, current);
    store::CreateTable(writer, versions);
}

}  // namespace

std::vector<audit::VersionedField> HandMadeStore::ShedFields() {
    using audit::FieldKind;
    return {
        {.number = 1, .kind = FieldKind::kText},
        {.number = 2, .kind = FieldKind::kNumber, .scale = 2},
        {.number = 3, .kind = FieldKind::kText, .personal = true, .secret = true},
        {.number = 4, .kind = FieldKind::kDate, .precision = true},
        {.number = 5, .kind = FieldKind::kText, .personal = true},
        {.number = 6, .kind = FieldKind::kNumber, .derived = true},
        {.number = 7, .kind = FieldKind::kText, .dropped = true}};
}

HandMadeStore::HandMadeStore()
    : key_(audit::KeyFile::Create(folder_ / "key", random_)),
      database_(store::Database::OpenSqlite(folder_ / "town.sqlite")) {
    database_->Write([](Connection& writer) {
        audit::Log::CreateTable(writer);
        MakeTables(writer, "shed");
        MakeTables(writer, "team");
    });
}

void HandMadeStore::Create(const std::map<int64_t, Shed>& sheds) {
    std::vector<Versioned> rows;
    for (const auto& [id, shed] : sheds) {
        rows.push_back({id, 1, "create", shed});
    }
    Write(rows);
}

void HandMadeStore::Update(int64_t id, const Shed& shed) {
    Write({{id, newest_.at(id).version + 1, "update", shed}});
}

void HandMadeStore::Delete(int64_t id) {
    Write({{id, newest_.at(id).version + 1, "delete", newest_.at(id).shed}});
}

void HandMadeStore::Restore(int64_t id) {
    Write({{id, newest_.at(id).version + 1, "restore", newest_.at(id).shed}});
}

void HandMadeStore::Write(const std::vector<Versioned>& rows) {
    database_->Write([&](Connection& writer) {
        const int64_t seq = audit::Log::NextSeq(writer, kTown);
        audit::RowsDigest digest;
        for (const Versioned& row : rows) {
            writer.Run(
                "update v_shed set seq_to=? where town=? and id=? and seq_to=?",
                {seq, kTown, row.id, kStands}
            );
            digest.Add(kShed, row.id, row.version, InsertVersion(writer, seq, row));
            PutCurrent(writer, row);
        }
        now_ += 60'000;
        audit::Log(*key_).Append(
            writer, {kTown, now_, "李文书", "登记", 5, "definitions", digest.Finish()}
        );
    });
    for (const Versioned& row : rows) {
        newest_[row.id] = row;
    }
    audit::HeadFile(head_path(), *key_).Write(head());
}

std::string HandMadeStore::InsertVersion(Connection& writer, int64_t seq, const Versioned& row) {
    const Shed& shed = row.shed;
    const auto fields = ShedFields();
    std::string salt;
    audit::RowDigest digest({kShed, row.id, row.version, row.op, kPlace, "live"});
    const auto personal = [&](const audit::VersionedField& field,
                              const std::optional<std::string>& text) {
        if (text) {
            salt = salt.empty() ? audit::NewSalt(random_) : salt;
            digest.Personal(field, audit::Commitment(salt, field, *text));
        }
    };
    if (shed.name) {
        digest.Field(fields[0], *shed.name);
    }
    if (shed.area) {
        digest.Field(fields[1], audit::DigestText(fields[1], *shed.area).value());
    }
    personal(fields[2], shed.id_number);
    if (shed.built) {
        digest.Field(fields[3], audit::DigestText(fields[3], *shed.built, "year").value());
    }
    personal(fields[4], shed.phone);
    const std::string text = digest.Finish();
    const Value secret =
        shed.id_number ? Value(key_->SealField(kShed, 3, *shed.id_number, random_)) : Value();
    const Value blind = shed.id_number ? Value(key_->Blind(*shed.id_number)) : Value();
    writer.Run(
        "insert into "
        "v_shed(town,id,version,seq_from,seq_to,op,place,state,salt,digest,f1,f2,f3,f3_b,f4,f4_p,"
        "f5,f6) "
        "values(?,?,?,?,?,?,?,'live',?,?,?,?,?,?,?,?,?,?)",
        {kTown,
         row.id,
         row.version,
         seq,
         kStands,
         row.op,
         kPlace,
         salt.empty() ? Value() : Value(salt),
         text,
         Column(shed.name),
         Column(shed.area),
         secret,
         blind,
         Column(shed.built),
         shed.built ? Value(std::string("year")) : Value(),
         Column(shed.phone),
         Column(shed.twice)}
    );
    return text;
}

// The row that stands has the very texts of its version, ciphertext too.
void HandMadeStore::PutCurrent(Connection& writer, const Versioned& row) {
    writer.Run("delete from r_shed where town=? and id=?", {kTown, row.id});
    if (row.op != "delete") {
        writer.Run(
            "insert into r_shed(town,id,place,version,state,f1,f2,f3,f3_b,f4,f4_p,f5,f6) "
            "select town,id,place,version,state,f1,f2,f3,f3_b,f4,f4_p,f5,f6 from v_shed "
            "where town=? and id=? and version=?",
            {kTown, row.id, row.version}
        );
    }
}

void HandMadeStore::Erase(int64_t id, int64_t version) {
    database_->Write([&](Connection& writer) {
        const auto row = writer.First(
            "select salt, f3, f5 from v_shed where town=? and id=? and version=?",
            {kTown, id, version}
        );
        const auto& salt = std::get<std::string>(row.at(0));
        const auto fields = ShedFields();
        std::map<int, std::string> commitments;
        if (const auto* sealed = std::get_if<std::string>(&row.at(1))) {
            commitments[3] =
                audit::Commitment(salt, fields[2], key_->OpenField(kShed, 3, *sealed).value());
        }
        if (const auto* phone = std::get_if<std::string>(&row.at(2))) {
            commitments[5] = audit::Commitment(salt, fields[4], *phone);
        }
        writer.Run(
            "update v_shed set salt=?, f3=null, f3_b=null, f5=null where town=? and id=? and "
            "version=?",
            {audit::ErasedSalt(commitments), kTown, id, version}
        );
    });
}

void HandMadeStore::Tamper(const std::string& sql, const std::vector<Value>& values) {
    database_->Write([&](Connection& writer) {
        writer.Run(sql, values);
        if (writer.Changes() == 0) {
            throw std::logic_error("nothing was tampered with: " + sql);
        }
    });
}

audit::Head HandMadeStore::head() {
    return audit::Log::Newest(database_->Read()->connection(), kTown).value();
}

audit::VerifyResult HandMadeStore::Verify(const std::vector<audit::KnownHead>& heads) {
    audit::VerifyRequest request;
    request.town = kTown;
    request.tables = {
        {kTeam, "应急队员", "r_team", "v_team", ShedFields()},
        {kShed, "大棚", "r_shed", "v_shed", ShedFields()}};
    request.heads = heads;
    request.head_file = head_path();
    const auto reader = database_->ReadWithoutLimit();
    return audit::Verify(reader->connection(), *key_, request);
}

}  // namespace zw::testing
