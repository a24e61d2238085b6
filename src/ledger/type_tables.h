#pragma once
// The two tables of a record type, current rows and versions, and their indexes (storage.md
// "Tables"). Inside the caller's transaction; nothing here looks at what would be lost.

#include <cstdint>
#include <string>
#include <vector>

#include "definition/model.h"
#include "store/database.h"
#include "store/schema.h"

namespace zw::ledger {

class TypeTables {
public:
    // All three must outlive it.
    TypeTables(store::Connection& connection, int64_t town, const definition::RecordType& type)
        : connection_(connection), town_(town), type_(type) {}

    // Current rows, then versions.
    std::vector<std::string> Both() const;
    void Ensure();
    // In both tables: the value; of a date its precision too, of a secret field its blind index.
    void AddColumns(const definition::Field& field, int number);
    // Indexes of these tables go with them, but that of the log's order; EnsureIndexes makes them
    // again.
    void DropColumns(int number, const std::vector<std::string>& tables);
    // For the import key, unique fields and references; what no field asks for any more is dropped.
    void EnsureIndexes();

private:
    std::vector<store::IndexSpec> Indexes() const;
    // 0 when the field has none.
    int NumberOf(const std::string& field) const;
    // The column that finds a field's value: its blind index when it is secret.
    std::string CellOf(const std::string& field) const;

    store::Connection& connection_;
    const int64_t town_;
    const definition::RecordType& type_;
};

}  // namespace zw::ledger
