#pragma once
// Rows in their tables: reading them opened, and writing each change as one row of R and one
// version of R_v with its digest (storage.md "Tables", "The log"). Nothing is checked here.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/digest.h"
#include "audit/key_file.h"
#include "base/environment.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"

namespace zw::ledger {

std::string_view OpName(Op op);  // create update delete restore
Op ParseOp(std::string_view name);

// Reads rows with secrets opened. Thread-safe.
class RowReader {
public:
    RowReader(const Schema& schema, const audit::KeyFile& key) : schema_(schema), key_(key) {}

    // What Read expects of a select, from its column `first` on: id, place, version, state, fields
    // with their precision.
    static std::string Columns(const Table& table, const std::string& alias);
    static int ColumnCount(const Table& table);
    // Throws "sealed_value_damaged".
    Record Read(const Table& table, const store::Statement& row, int first = 0) const;
    // Drafts too. Absent when it is not there (then).
    std::optional<Record> Find(
        store::Connection& connection,
        const Table& table,
        int64_t town,
        int64_t id,
        std::optional<int64_t> as_of_seq = {}
    ) const;
    // The newest version when that is a deletion.
    std::optional<Record> FindDeleted(
        store::Connection& connection, const Table& table, int64_t town, int64_t id
    ) const;
    // Ids of live rows and drafts whose `fields` ("place" may be among them) have the values of
    // `record`; null equals null.
    std::vector<int64_t> IdsWith(
        store::Connection& connection,
        const Table& table,
        int64_t town,
        const std::vector<std::string>& fields,
        const Record& record,
        int limit
    ) const;

    const Schema& schema() const { return schema_; }
    const audit::KeyFile& key() const { return key_; }

private:
    const Schema& schema_;
    const audit::KeyFile& key_;
};

// `values` as the tables give them back (an int where a decimal is asked becomes one, an empty text
// null, a national code is written its one way, an indicator that a target names becomes its id).
// Throws "not_found" for an unknown field, "wrong_use" for a computed one or a value that is not of
// the field's type.
Values Coerce(const definition::Model& model, const Table& table, const Values& values);
// Place, state, every field and its precision.
bool SameContent(const Table& table, const Record& a, const Record& b);

// What the audit must know of a column to recompute a digest.
audit::VersionedField DigestField(const Column& column);

// Writes of one log entry. The transaction is the caller's.
class RowWriter {
public:
    RowWriter(
        store::Connection& connection,
        const RowReader& reader,
        RandomSource& random,
        int64_t town,
        int64_t seq
    );

    // `record.version` is set to the new one. `source`: file|sheet|row, may be empty.
    void Create(const Table& table, Record& record, const std::string& source);
    // A version after `version` (of the row as it stands).
    void Update(const Table& table, int64_t version, Record& record, const std::string& source);
    void Delete(const Table& table, const Record& record);
    // A version after the deleted one.
    void Restore(const Table& table, int64_t version, Record& record);

    int64_t seq() const { return seq_; }
    // Over all versions of this entry, in the order audit asks for.
    std::string Digest() const;

private:
    struct Cells;
    Cells Seal(const Table& table, const Record& record) const;
    void InsertCurrent(const Table& table, const Record& record, const Cells& cells);
    void InsertVersion(
        const Table& table,
        const Record& record,
        Op op,
        const Cells& cells,
        const std::string& source
    );
    void CloseVersion(const Table& table, int64_t id, int64_t version);

    store::Connection& connection_;
    const RowReader& reader_;
    RandomSource& random_;
    const int64_t town_;
    const int64_t seq_;
    std::map<int64_t, const Table*> written_;  // of this entry, by their numbers
};

}  // namespace zw::ledger
