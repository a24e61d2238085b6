#include "ledger/type_tables.h"

#include <set>

#include "base/text.h"
#include "ledger/schema.h"
#include "ledger/stored_field.h"

namespace zw::ledger {

using store::ColumnType;

std::vector<std::string> TypeTables::Both() const {
    return {TableName(type_.id), VersionTableName(type_.id)};
}

void TypeTables::Ensure() {
    const std::string current = TableName(type_.id);
    store::EnsureTable(
        connection_,
        {.name = current,
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"id", ColumnType::kBigint, true},
              {"place", ColumnType::kBigint, true},
              {"version", ColumnType::kBigint, true},
              {"state", ColumnType::kText, true}},
         .primary_key = {"town", "id"},
         .indexes = {}}
    );
    const std::string versions = VersionTableName(type_.id);
    store::EnsureTable(
        connection_,
        {.name = versions,
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"id", ColumnType::kBigint, true},
              {"version", ColumnType::kBigint, true},
              {"seq_from", ColumnType::kBigint, true},
              {"seq_to", ColumnType::kBigint, true},
              {"op", ColumnType::kText, true},
              {"place", ColumnType::kBigint, true},
              {"state", ColumnType::kText, true},
              {"salt", ColumnType::kText, false},
              {"digest", ColumnType::kText, true},
              {"source", ColumnType::kText, false}},
         .primary_key = {"town", "id", "version"},
         .indexes = {{"s_" + type_.id, {"town", "seq_from", "id"}, false, ""}}}
    );
}

void TypeTables::AddColumns(const definition::Field& field, int number) {
    const std::string name = "f" + std::to_string(number);
    const bool text = field.secret || IsTextColumn(field.type.kind);
    for (const std::string& table : Both()) {
        store::AddColumn(
            connection_, table, {name, text ? ColumnType::kText : ColumnType::kBigint, false}
        );
        if (field.type.kind == formula::Kind::kDate) {
            store::AddColumn(connection_, table, {name + "_p", ColumnType::kText, false});
        }
        if (field.secret) {
            store::AddColumn(connection_, table, {name + "_b", ColumnType::kText, false});
        }
    }
}

void TypeTables::DropColumns(int number, const std::vector<std::string>& tables) {
    const std::string name = "f" + std::to_string(number);
    for (const std::string& table : tables) {
        const store::TableShape shape = store::ReadShape(connection_, table).value();
        for (const std::string& index : shape.indexes) {
            if (!StartsWith(index, "s_")) {
                store::DropIndex(connection_, index);  // made again by EnsureIndexes
            }
        }
        for (const store::ColumnSpec& column : shape.columns) {
            if (column.name == name || column.name == name + "_p" || column.name == name + "_b") {
                store::DropColumn(connection_, table, column.name);
            }
        }
    }
}

int TypeTables::NumberOf(const std::string& field) const {
    const auto row = connection_.First(
        "select number from field_number where town = ? and record = ? and field = ? and dropped "
        "is null",
        {town_, type_.id, field}
    );
    return row.empty() ? 0 : static_cast<int>(std::get<int64_t>(row[0]));
}

std::string TypeTables::CellOf(const std::string& field) const {
    if (field == "place") {
        return field;
    }
    const definition::Field* known = type_.FindField(field);
    const std::string name = "f" + std::to_string(NumberOf(field));
    return known != nullptr && known->secret ? name + "_b" : name;
}

std::vector<store::IndexSpec> TypeTables::Indexes() const {
    std::vector<store::IndexSpec> indexes;
    const auto add = [&](const std::string& prefix, const std::vector<std::string>& fields) {
        store::IndexSpec index{prefix + "_" + type_.id, {"town"}, false, ""};
        for (const std::string& field : fields) {
            index.columns.push_back(CellOf(field));
            index.name += "_" + index.columns.back();
        }
        indexes.push_back(std::move(index));
    };
    if (!type_.key.empty()) {
        add("k", type_.key);
    }
    // A village's pages, counts and figures: without it they read the whole town's rows.
    if (type_.key.empty() || type_.key.front() != "place") {
        indexes.push_back({"p_" + type_.id, {"town", "place", "id"}, false, ""});
    }
    for (const definition::Field& field : type_.fields) {
        const bool first_of_key = !type_.key.empty() && type_.key.front() == field.id;
        if ((field.unique || field.type.kind == formula::Kind::kRef) && !first_of_key) {
            add("x", {field.id});
        }
    }
    return indexes;
}

void TypeTables::EnsureIndexes() {
    const std::string table = TableName(type_.id);
    std::set<std::string> there;
    const store::TableShape shape = store::ReadShape(connection_, table).value();
    there.insert(shape.indexes.begin(), shape.indexes.end());
    for (const store::IndexSpec& index : Indexes()) {
        if (there.erase(index.name) == 0) {
            store::CreateIndex(connection_, table, index);
        }
    }
    for (const std::string& old : there) {
        store::DropIndex(connection_, old);
    }
}

}  // namespace zw::ledger
