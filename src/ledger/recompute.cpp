#include "ledger/recompute.h"

#include <algorithm>

#include "base/problem.h"

namespace zw::ledger {

namespace {

constexpr int64_t kChunkRows = 1'000;

struct VersionRow {
    Record record;
    int64_t seq_from = 0;
    bool stands = false;  // the newest version of a row that is there
};

bool HasComputed(const Table& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) {
        return c.computed != nullptr;
    });
}

// Versions after (id, version), at most kChunkRows, in order.
std::vector<VersionRow> NextVersions(
    const LedgerCore& core,
    store::Connection& connection,
    const Table& table,
    int64_t id,
    int64_t version
) {
    std::vector<VersionRow> rows;
    const int columns = RowReader::ColumnCount(table);
    connection.Query(
        "select " + RowReader::Columns(table, "v") + ", v.seq_from, v.seq_to, v.op from " +
            table.versions +
            " v where v.town = ? and (v.id > ? or (v.id = ? and v.version > ?)) order by v.id, "
            "v.version limit ?",
        {core.services.town, id, id, version, kChunkRows},
        [&](const store::Statement& row) {
            VersionRow read{core.reader.Read(table, row), row.Int(columns), false};
            read.stands = row.Int(columns + 1) == kStands && row.Text(columns + 2) != "delete";
            rows.push_back(std::move(read));
        }
    );
    return rows;
}

Record Recomputed(
    const LedgerCore& core, store::Connection& connection, const Table& table, const VersionRow& row
) {
    const RuleValues rules =
        Settings::Load(connection, core.services.town, *core.services.model, core.schema)
            .Rules(*core.services.model);
    const std::optional<int64_t> as_of = row.stands ? std::nullopt : std::optional(row.seq_from);
    const SqlContext context{
        *core.services.model, core.schema, rules, core.services.clock.Today(), as_of};
    RowSource source(connection, core.reader, context, core.services.town);
    Record record = row.record;
    Compute(source, table, record);
    return record;
}

void WriteComputed(
    const LedgerCore& core,
    store::Connection& connection,
    const Table& table,
    const Record& record,
    bool stands
) {
    std::string set;
    std::vector<store::Value> values;
    for (const Column& column : table.columns) {
        if (column.computed != nullptr) {
            set += (set.empty() ? "" : ", ") + column.name + " = ?";
            values.push_back(ToStore(column.field->type, record.values.at(column.field->id)));
        }
    }
    std::vector<store::Value> of_row = values;
    of_row.insert(of_row.end(), {core.services.town, record.id});
    values.insert(values.end(), {core.services.town, record.id, record.version});
    connection.Run(
        "update " + table.versions + " set " + set + " where town = ? and id = ? and version = ?",
        values
    );
    if (stands) {
        connection.Run(
            "update " + table.name + " set " + set + " where town = ? and id = ?", of_row
        );
    }
}

std::string Told(const Value& value) {
    const std::string text = formula::ToText(value);
    return text.empty() ? "空" : text;
}

void AddDifferences(
    const Table& table, const Record& stored, const Record& computed, std::vector<Finding>& findings
) {
    for (const Column& column : table.columns) {
        if (column.computed == nullptr) {
            continue;
        }
        const std::string was = Told(stored.values.at(column.field->id));
        const std::string right = Told(computed.values.at(column.field->id));
        if (was != right) {
            findings.push_back(MakeFinding(
                "computed_differs",
                column.field,
                {{"record", table.type->name.zh},
                 {"id", std::to_string(stored.id)},
                 {"field", column.field->name.zh},
                 {"stored", was},
                 {"right", right}}
            ));
            findings.back().sheet = table.type->name.zh;
            findings.back().value = std::to_string(stored.id);
        }
    }
}

}  // namespace

void RecomputeAll(const LedgerCore& core, store::Connection& connection, const Table& table) {
    int64_t id = 0;
    int64_t version = 0;
    for (auto rows = NextVersions(core, connection, table, id, version); !rows.empty();
         rows = NextVersions(core, connection, table, id, version)) {
        for (const VersionRow& row : rows) {
            const Record record = Recomputed(core, connection, table, row);
            if (!SameContent(table, record, row.record)) {
                WriteComputed(core, connection, table, record, row.stands);
            }
            id = row.record.id;
            version = row.record.version;
        }
    }
}

std::vector<Finding> FindComputedDifferences(
    const LedgerCore& core, store::Connection& connection
) {
    std::vector<Finding> findings;
    for (const Table& table : core.schema.tables()) {
        if (!HasComputed(table)) {
            continue;
        }
        connection.Query(
            "select " + RowReader::Columns(table, "r") + " from " +
                FromRows(table, "r", core.services.town, std::nullopt, false) + " order by r.id",
            {},
            [&](const store::Statement& row) {
                const Record stored = core.reader.Read(table, row);
                const Record computed = Recomputed(core, connection, table, {stored, 0, true});
                if (!SameContent(table, stored, computed)) {
                    AddDifferences(table, stored, computed, findings);
                }
            }
        );
    }
    return findings;
}

std::vector<audit::VersionedTable> ListVersionedTables(
    store::Connection& connection, int64_t town, const Schema& schema
) {
    std::vector<audit::VersionedTable> tables;
    for (const Table& table : schema.tables()) {
        audit::VersionedTable listed;
        listed.record_number = table.number;
        listed.name = table.type->name.zh;
        listed.current = table.name;
        listed.versions = table.versions;
        for (const Column& column : table.columns) {
            if (column.computed == nullptr) {
                listed.fields.push_back(DigestField(column));
            }
        }
        connection.Query(
            "select number, kind, scale, secret, salted from field_number where town = ? and "
            "record = ? and dropped is not null "
            "and formula = ''",
            {town, table.type->id},
            [&](const store::Statement& row) {
                const std::string_view kind = row.Text(1);
                audit::VersionedField field;
                field.number = static_cast<int>(row.Int(0));
                const bool date = kind == "date" || kind == "period";
                const bool text = kind == "text" || kind == "choice";
                field.kind = date   ? audit::FieldKind::kDate
                             : text ? audit::FieldKind::kText
                                    : audit::FieldKind::kNumber;
                field.scale = static_cast<int>(row.Int(2));
                field.precision = kind == "date";
                field.secret = row.Int(3) != 0;
                field.personal = row.Int(4) != 0;
                field.dropped = true;
                listed.fields.push_back(field);
            }
        );
        std::sort(listed.fields.begin(), listed.fields.end(), [](const auto& a, const auto& b) {
            return a.number < b.number;
        });
        tables.push_back(std::move(listed));
    }
    return tables;
}

}  // namespace zw::ledger
