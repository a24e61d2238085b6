#include "store/schema.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"

namespace zw::store {

namespace {

constexpr size_t kLongestName = 63;  // PostgreSQL cuts longer ones without a word

const std::string& Name(const std::string& name) {
    const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!letters || name.empty() || name.size() > kLongestName ||
        (name[0] >= '0' && name[0] <= '9')) {
        throw std::invalid_argument("not a name for a table or column: " + name);
    }
    return name;
}

std::string Name(std::string_view name) {
    return Name(std::string(name));
}

std::string Names(const std::vector<std::string>& names) {
    std::for_each(names.begin(), names.end(), [](const std::string& name) { Name(name); });
    return Join(names, ",");
}

std::string ColumnSql(const Dialect& dialect, const ColumnSpec& column) {
    return fmt::format(
        "{} {}{}",
        Name(column.name),
        column.type == ColumnType::kBigint ? dialect.bigint : dialect.text,
        column.not_null ? " not null" : ""
    );
}

}  // namespace

void CreateTable(Connection& connection, const TableSpec& table) {
    std::vector<std::string> parts;
    for (const ColumnSpec& column : table.columns) {
        parts.push_back(ColumnSql(connection.dialect(), column));
    }
    if (!table.primary_key.empty()) {
        parts.push_back(fmt::format("primary key({})", Names(table.primary_key)));
    }
    connection.Run(fmt::format(
        "create table {}({}){}",
        Name(table.name),
        Join(parts, ","),
        connection.dialect().table_suffix
    ));
    for (const IndexSpec& index : table.indexes) {
        CreateIndex(connection, table.name, index);
    }
}

void EnsureTable(Connection& connection, const TableSpec& table) {
    const auto shape = ReadShape(connection, table.name);
    if (!shape) {
        CreateTable(connection, table);
        return;
    }
    for (const ColumnSpec& column : table.columns) {
        const auto same_name = [&](const ColumnSpec& other) { return other.name == column.name; };
        if (std::none_of(shape->columns.begin(), shape->columns.end(), same_name)) {
            AddColumn(connection, table.name, column);
        }
    }
    for (const IndexSpec& index : table.indexes) {
        if (std::find(shape->indexes.begin(), shape->indexes.end(), index.name) ==
            shape->indexes.end()) {
            CreateIndex(connection, table.name, index);
        }
    }
}

void DropTable(Connection& connection, std::string_view table) {
    connection.Run("drop table " + Name(table));
}

void RenameTable(Connection& connection, std::string_view table, std::string_view name) {
    connection.Run(fmt::format("alter table {} rename to {}", Name(table), Name(name)));
}

void AddColumn(Connection& connection, std::string_view table, const ColumnSpec& column) {
    if (column.not_null) {
        throw std::invalid_argument("a column added to a table must allow null: " + column.name);
    }
    connection.Run(fmt::format(
        "alter table {} add column {}", Name(table), ColumnSql(connection.dialect(), column)
    ));
}

void RenameColumn(
    Connection& connection, std::string_view table, std::string_view column, std::string_view name
) {
    connection.Run(
        fmt::format("alter table {} rename column {} to {}", Name(table), Name(column), Name(name))
    );
}

void DropColumn(Connection& connection, std::string_view table, std::string_view column) {
    connection.Run(fmt::format("alter table {} drop column {}", Name(table), Name(column)));
}

void CreateIndex(Connection& connection, std::string_view table, const IndexSpec& index) {
    connection.Run(fmt::format(
        "create {}index {} on {}({}){}",
        index.unique ? "unique " : "",
        Name(index.name),
        Name(table),
        Names(index.columns),
        index.where.empty() ? "" : " where " + index.where
    ));
}

void DropIndex(Connection& connection, std::string_view name) {
    connection.Run("drop index if exists " + Name(name));
}

std::optional<TableShape> ReadShape(Connection& connection, std::string_view table) {
    if (!connection.TableExists(table)) {
        return std::nullopt;
    }
    TableShape shape;
    for (const ColumnInfo& column : connection.DescribeColumns(table)) {
        shape.columns.push_back({column.name, column.type, column.not_null});
    }
    shape.indexes = connection.TableIndexes(table);
    return shape;
}

}  // namespace zw::store
