#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "audit/verify_parts.h"

namespace zw::audit {

namespace {

constexpr int64_t kStands = std::numeric_limits<int64_t>::max();

// Columns of the joined row, before those of the fields.
enum HeadColumn {
    kId,
    kVersion,
    kSeqFrom,
    kSeqTo,
    kOp,
    kPlace,
    kState,
    kSalt,
    kDigest,
    kRowVersion,
    kRowPlace,
    kRowState
};
constexpr int kHeadColumns = kRowState + 1;

// Where a field stands in the joined row; -1 for what a table does not have.
struct FieldColumns {
    const VersionedField* field = nullptr;
    int value = -1;
    int precision = -1;
    int blind = -1;
    std::vector<std::pair<int, int>>
        compared;  // column of the version, column of the row that stands
};

class Joined {
public:
    Joined(store::Connection& connection, const VersionedTable& table) : table_(table) {
        for (const std::string& name : connection.TableColumns(table.versions)) {
            in_versions_.insert(name);
        }
        for (const std::string& name : connection.TableColumns(table.current)) {
            in_current_.insert(name);
        }
        for (const VersionedField& field : table.fields) {
            AddField(field);
        }
    }

    // Every version in order of id and version, beside the row that stands when it is the newest.
    std::string Sql() const {
        return "select v.id, v.version, v.seq_from, v.seq_to, v.op, v.place, v.state, v.salt, "
               "v.digest, r.version, "
               "r.place, r.state" +
               columns_ + " from " + table_.versions + " v left join " + table_.current +
               " r on r.town=v.town and r.id=v.id and v.seq_to=? where v.town=? order by v.id, "
               "v.version";
    }

    const std::vector<FieldColumns>& Fields() const { return fields_; }

private:
    int Add(const std::string& column) {
        columns_ += ", " + column;
        return next_++;
    }

    int AddBoth(const std::string& name, FieldColumns& columns) {
        if (!in_versions_.contains(name)) {
            return -1;
        }
        const int version = Add("v." + name);
        if (!columns.field->dropped && in_current_.contains(name)) {
            columns.compared.emplace_back(version, Add("r." + name));
        }
        return version;
    }

    void AddField(const VersionedField& field) {
        FieldColumns columns;
        columns.field = &field;
        const std::string name = "f" + std::to_string(field.number);
        columns.value = AddBoth(name, columns);
        columns.precision = field.precision ? AddBoth(name + "_p", columns) : -1;
        columns.blind = field.secret ? AddBoth(name + "_b", columns) : -1;
        fields_.push_back(std::move(columns));
    }

    const VersionedTable& table_;
    std::set<std::string> in_versions_;
    std::set<std::string> in_current_;
    std::vector<FieldColumns> fields_;
    std::string columns_;
    int next_ = kHeadColumns;
};

// Goes through the versions of one record type.
class TableCheck {
public:
    TableCheck(
        const KeyFile& key, const VersionedTable& table, const Joined& joined, VerifyResult& result
    )
        : key_(key), table_(table), joined_(joined), result_(result) {}

    void Take(const store::Statement& row) {
        ++result_.versions;
        id_ = row.Int(kId);
        version_ = row.Int(kVersion);
        if (id_ != previous_.id) {
            EndRecord();
            previous_ = {id_, 0, 0};
        }
        CheckOrder(row);
        CheckDigest(row);
        if (row.Int(kSeqTo) == kStands) {
            CheckCurrent(row);
        }
        previous_ = {id_, version_, row.Int(kSeqTo)};
    }

    // After the last version of a record.
    void EndRecord() {
        if (previous_.version == 0) {
            return;
        }
        if (previous_.seq_to != kStands) {
            Add("audit_newest_missing", previous_.id, previous_.version);
        }
        for (const auto& [version, fields] : erased_) {
            Add("audit_unlawful_erase", previous_.id, version);
        }
        erased_.clear();
    }

    void Add(const std::string& code, int64_t id, int64_t version, Details details = {}) {
        details["record"] = table_.name;
        details["id"] = std::to_string(id);
        details["version"] = std::to_string(version);
        result_.faults.push_back({code, std::move(details), table_.name, id, version, 0});
    }

private:
    struct Previous {
        int64_t id = 0;
        int64_t version = 0;  // 0: no version of this record yet
        int64_t seq_to = 0;
    };

    void CheckOrder(const store::Statement& row) {
        if (version_ != previous_.version + 1) {
            Add("audit_version_gap",
                id_,
                version_,
                {{"missing", std::to_string(previous_.version + 1)}});
        } else if (previous_.version > 0 && previous_.seq_to != row.Int(kSeqFrom)) {
            Add("audit_version_chain", id_, version_);
        }
    }

    void CheckDigest(const store::Statement& row) {
        VersionHead head{table_.record_number, id_, version_, "", row.Int(kPlace), ""};
        head.op = row.Text(kOp);
        head.state = row.Text(kState);
        const std::string salt(row.Text(kSalt));
        const auto erased = ParseErasedSalt(salt);
        RowDigest digest(head);
        std::set<int> nulls;
        for (const FieldColumns& columns : joined_.Fields()) {
            const VersionedField& field = *columns.field;
            const auto text = TextOf(row, columns);
            if (!text) {
                nulls.insert(field.number);
            }
            if (field.derived) {
                continue;
            }
            const auto commitment =
                erased ? erased->find(field.number) : std::map<int, std::string>::const_iterator();
            if (erased && commitment != erased->end() && !text) {
                digest.Personal(field, commitment->second);
            } else if (text && field.personal) {
                digest.Personal(field, Commitment(salt, field, *text));
            } else if (text) {
                digest.Field(field, *text);
            }
        }
        if (!EqualInConstantTime(digest.Finish(), row.Text(kDigest))) {
            Add("audit_row_digest", id_, version_);
        }
        NoteErased(erased, nulls);
    }

    // An erased version is lawful when a later one, itself whole, has none of the values: that
    // one's log row says why.
    void NoteErased(
        const std::optional<std::map<int, std::string>>& erased, const std::set<int>& nulls
    ) {
        if (erased) {
            for (const auto& [number, commitment] : *erased) {
                erased_[version_].insert(number);
            }
            return;
        }
        for (auto it = erased_.begin(); it != erased_.end();) {
            const bool gone =
                std::includes(nulls.begin(), nulls.end(), it->second.begin(), it->second.end());
            it = gone ? erased_.erase(it) : std::next(it);
        }
    }

    // What entered the digest; tells of secrets that do not open and of blind indexes that lead
    // elsewhere.
    std::optional<std::string> TextOf(const store::Statement& row, const FieldColumns& columns) {
        if (columns.value < 0 || row.IsNull(columns.value)) {
            return std::nullopt;
        }
        const VersionedField& field = *columns.field;
        if (!field.secret) {
            const std::string_view precision =
                columns.precision < 0 ? "" : row.Text(columns.precision);
            return DigestText(field, row.Get(columns.value), precision);
        }
        const Details details{{"field", std::to_string(field.number)}};
        auto plain = key_.OpenField(table_.record_number, field.number, row.Text(columns.value));
        if (!plain) {
            Add("audit_secret_damaged", id_, version_, details);
            return "";
        }
        if (columns.blind >= 0 && row.Text(columns.blind) != key_.Blind(*plain)) {
            Add("audit_blind_index", id_, version_, details);
        }
        return plain;
    }

    void CheckCurrent(const store::Statement& row) {
        const bool stands = !row.IsNull(kRowVersion);
        if (row.Text(kOp) == "delete") {
            if (stands) {
                Add("audit_current_extra", id_, version_);
            }
            return;
        }
        if (!stands) {
            Add("audit_current_missing", id_, version_);
            return;
        }
        bool same = row.Int(kRowVersion) == version_ && row.Get(kRowPlace) == row.Get(kPlace) &&
                    row.Get(kRowState) == row.Get(kState);
        for (const FieldColumns& columns : joined_.Fields()) {
            for (const auto& [version, current] : columns.compared) {
                same = same && row.Get(version) == row.Get(current);
            }
        }
        if (!same) {
            Add("audit_current_differs", id_, version_);
        }
    }

    const KeyFile& key_;
    const VersionedTable& table_;
    const Joined& joined_;
    VerifyResult& result_;
    Previous previous_;
    int64_t id_ = 0;
    int64_t version_ = 0;
    std::map<int64_t, std::set<int>>
        erased_;  // version → fields, while no later version shows that it was lawful
};

}  // namespace

void VerifyTable(
    store::Connection& connection,
    const KeyFile& key,
    int64_t town,
    const VersionedTable& table,
    VerifyResult& result
) {
    const Joined joined(connection, table);
    TableCheck check(key, table, joined, result);
    connection.Query(joined.Sql(), {kStands, town}, [&](const store::Statement& row) {
        check.Take(row);
    });
    check.EndRecord();
    connection.Query(
        fmt::format(
            "select r.id, r.version from {} r where r.town=? and not exists (select 1 from {} v "
            "where v.town=r.town and "
            "v.id=r.id and v.seq_to=?) order by r.id",
            table.current,
            table.versions
        ),
        {town, kStands},
        [&](const store::Statement& row) {
            check.Add("audit_current_extra", row.Int(0), row.Int(1));
        }
    );
}

}  // namespace zw::audit
