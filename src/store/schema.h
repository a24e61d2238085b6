#pragma once
// Tables made by the program, in the part of DDL that SQLite, PostgreSQL and Citus share
// (portable-sql.md A): bigint and text only, `town` first in every key. On SQLite the tables are
// STRICT, so types are enforced there too. Identifiers are [a-z_][a-z0-9_]* of at most 63 bytes;
// others throw std::invalid_argument, so no name can carry SQL. All of it may run inside a
// transaction. Errors throw what Connection throws.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace zw::store {

struct ColumnSpec {
    std::string name;
    ColumnType type = ColumnType::kText;
    bool not_null = false;

    bool operator==(const ColumnSpec&) const = default;
};

struct IndexSpec {
    std::string name;  // unique in the whole store
    std::vector<std::string> columns;
    bool unique = false;
    std::string where;  // a partial index: SQL over columns and constants, from the program only;
                        // empty for all rows
};

struct TableSpec {
    std::string name;
    std::vector<ColumnSpec> columns;
    std::vector<std::string> primary_key;
    std::vector<IndexSpec> indexes;
};

void CreateTable(Connection& connection, const TableSpec& table);
// Makes the table, or what it lacks of the spec: columns (which must allow null) and indexes.
// Changes and drops nothing.
void EnsureTable(Connection& connection, const TableSpec& table);
void DropTable(Connection& connection, std::string_view table);
void RenameTable(Connection& connection, std::string_view table, std::string_view name);

// The column is null in rows that are there; a not_null one throws std::invalid_argument.
void AddColumn(Connection& connection, std::string_view table, const ColumnSpec& column);
void RenameColumn(
    Connection& connection, std::string_view table, std::string_view column, std::string_view name
);
// An index over it must be dropped first.
void DropColumn(Connection& connection, std::string_view table, std::string_view column);

void CreateIndex(Connection& connection, std::string_view table, const IndexSpec& index);
void DropIndex(Connection& connection, std::string_view name);  // does nothing when it is not there

// A table as it stands: columns in order and the names of its own indexes (sorted; without the
// primary key's). Absent when it is not there.
struct TableShape {
    std::vector<ColumnSpec> columns;
    std::vector<std::string> indexes;
};
std::optional<TableShape> ReadShape(Connection& connection, std::string_view table);

}  // namespace zw::store
