#pragma once
// Tables of record types (storage.md "Tables"): names of tables and columns, permanent field
// numbers. Immutable once loaded; points into the Model it was loaded with, which must outlive it.
// Safe from any thread.
//
// r_<record>: town, id, place, version, state, f<n>…              key (town, id): the rows that
// stand now v_<record>: town, id, version, seq_from, seq_to, op, place, state, f<n>…, salt, digest,
// source   key (town, id, version):
//             every version, the newest too; seq_to = kStands while it is the newest. op: create,
//             update, delete, restore.
// A date field has f<n>_p beside it (day, month, year: how exactly it is known; null is day). A
// secret field holds ciphertext in f<n> and its blind index in f<n>_b.

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "definition/model.h"
#include "store/database.h"

namespace zw::ledger {

// seq_to of the version that nothing has followed.
constexpr int64_t kStands = std::numeric_limits<int64_t>::max();

struct Column {
    const definition::Field* field = nullptr;
    const definition::Computed* computed = nullptr;  // nullptr for typed fields
    int number = 0;                                  // permanent, per record type
    std::string name;                                // f<number>
    bool salted = false;  // enters digests under the row's salt; fixed when the number was given

    bool Secret() const { return field->secret; }
    bool Dated() const { return field->type.kind == formula::Kind::kDate; }
    // The column to compare, group and look up by: the blind index of secret fields, else `name`.
    std::string Comparable() const { return Secret() ? name + "_b" : name; }
};

struct Table {
    const definition::RecordType* type = nullptr;
    int number = 0;                 // permanent number of the record type
    std::string name;               // r_<record>
    std::string versions;           // v_<record>
    std::vector<Column> columns;    // fields in declared order, then computed ones
    std::vector<size_t> by_number;  // places in `columns`, by ascending number

    // nullptr when there is no such field.
    const Column* Find(std::string_view field) const;
};

class Schema {
public:
    // Reads the numbers that Migrate (migration.h) has given out. Throws "not_found" when the model
    // has a field without one.
    static Schema Load(store::Connection& connection, int64_t town, const definition::Model& model);

    // Throws "not_found".
    const Table& Of(std::string_view record) const;
    // The comparable column of a field; "place", "id", "version", "state" are columns of their own.
    // Throws "not_found".
    std::string ColumnOf(std::string_view record, std::string_view field) const;
    const std::vector<Table>& tables() const { return tables_; }

private:
    std::vector<Table> tables_;
    std::map<std::string, size_t, std::less<>> by_record_;
};

std::string TableName(std::string_view record);
std::string VersionTableName(std::string_view record);

// As the tables keep it (formula.h "Storage"): decimals at the type's scale, dates and periods as
// text of their (last) day. Not for secret fields. Throws "overflow" where a decimal does not fit,
// "wrong_use" where the value is not of the type.
store::Value ToStore(const formula::Type& type, const formula::Value& value);
formula::Value FromStore(const formula::Type& type, const store::Value& value);

}  // namespace zw::ledger
