#include "ledger/row_store.h"

#include <algorithm>

#include "base/not_found.h"
#include "base/problem.h"
#include "ledger/codes_of.h"
#include "ledger/record_sql.h"

namespace zw::ledger {

namespace {

std::string_view PrecisionName(DatePrecision precision) {
    switch (precision) {
        case DatePrecision::kMonth:
            return "month";
        case DatePrecision::kYear:
            return "year";
        case DatePrecision::kDay:
            break;
    }
    return "day";
}

const formula::Value& ValueOf(const Record& record, const std::string& field) {
    static const formula::Value kNull;
    const auto found = record.values.find(field);
    return found == record.values.end() ? kNull : found->second;
}

std::string Text(const formula::Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? formula::ToText(value) : *text;
}

// Columns of a field in its table, in order.
std::vector<std::string> CellNames(const Column& column) {
    std::vector<std::string> names{column.name};
    if (column.Dated()) {
        names.push_back(column.name + "_p");
    }
    if (column.Secret()) {
        names.push_back(column.name + "_b");
    }
    return names;
}

std::string AllCells(const Table& table) {
    std::string sql;
    for (const Column& column : table.columns) {
        for (const std::string& name : CellNames(column)) {
            sql += ", " + name;
        }
    }
    return sql;
}

size_t CountCells(const Table& table) {
    size_t count = 0;
    for (const Column& column : table.columns) {
        count += CellNames(column).size();
    }
    return count;
}

std::string Marks(size_t count) {
    std::string marks;
    for (size_t i = 0; i < count; ++i) {
        marks += i == 0 ? "?" : ", ?";
    }
    return marks;
}

audit::FieldKind KindOf(const formula::Type& type) {
    switch (type.kind) {
        case formula::Kind::kText:
        case formula::Kind::kChoice:
            return audit::FieldKind::kText;
        case formula::Kind::kDate:
        case formula::Kind::kPeriod:
            return audit::FieldKind::kDate;
        default:
            return audit::FieldKind::kNumber;
    }
}

}  // namespace

std::string_view OpName(Op op) {
    switch (op) {
        case Op::kUpdate:
            return "update";
        case Op::kDelete:
            return "delete";
        case Op::kRestore:
            return "restore";
        case Op::kCreate:
            break;
    }
    return "create";
}

Op ParseOp(std::string_view name) {
    for (const Op op : {Op::kUpdate, Op::kDelete, Op::kRestore}) {
        if (OpName(op) == name) {
            return op;
        }
    }
    return Op::kCreate;
}

audit::VersionedField DigestField(const Column& column) {
    audit::VersionedField field;
    field.number = column.number;
    field.kind = KindOf(column.field->type);
    field.scale = column.field->type.kind == formula::Kind::kDecimal ? column.field->type.scale : 0;
    field.precision = column.Dated();
    field.personal = column.salted;
    field.secret = column.Secret();
    return field;
}

Values Coerce(const definition::Model& model, const Table& table, const Values& values) {
    Values coerced;
    const std::string names_indicator = table.type->TargetField("indicator");
    for (const auto& [id, value] : values) {
        const Column* column = table.Find(id);
        if (column == nullptr) {
            throw NotFound(Thing::kField, table.type->id + "." + id);
        }
        if (column->computed != nullptr) {
            throw Problem::Because(
                "wrong_use",
                {"“" + column->field->name.zh + "”是计算得出的，不能填写",
                 "\"" + column->field->name.English() + "\" is computed and cannot be entered"}
            );
        }
        formula::Value stored = FromStore(column->field->type, ToStore(column->field->type, value));
        if (auto* text = std::get_if<std::string>(&stored)) {
            constexpr Date kAnyDay{9999, 12, 31};  // only the way of writing is asked for here
            if (auto code = CheckFormat(column->field->format, *text, kAnyDay)) {
                *text = std::move(code->value);
            }
            const definition::Indicator* called =
                names_indicator == id ? model.IndicatorCalled(*text) : nullptr;
            *text = called != nullptr ? called->id : *text;
        }
        coerced[id] = std::move(stored);
    }
    return coerced;
}

bool SameContent(const Table& table, const Record& a, const Record& b) {
    const auto precision = [](const Record& record, const std::string& field) {
        const auto found = record.precision.find(field);
        return found == record.precision.end() ? DatePrecision::kDay : found->second;
    };
    return a.place == b.place && a.state == b.state &&
           std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
               const formula::Type& type = column.field->type;
               return ToStore(type, ValueOf(a, column.field->id)) ==
                          ToStore(type, ValueOf(b, column.field->id)) &&
                      (!column.Dated() ||
                       precision(a, column.field->id) == precision(b, column.field->id));
           });
}

std::string RowReader::Columns(const Table& table, const std::string& alias) {
    std::string sql =
        alias + ".id, " + alias + ".place, " + alias + ".version, " + alias + ".state";
    for (const Column& column : table.columns) {
        sql += ", " + alias + "." + column.name;
        if (column.Dated()) {
            sql += ", " + alias + "." + column.name + "_p";
        }
    }
    return sql;
}

int RowReader::ColumnCount(const Table& table) {
    const auto dated = std::count_if(
        table.columns.begin(), table.columns.end(), [](const Column& c) { return c.Dated(); }
    );
    return static_cast<int>(4 + table.columns.size() + static_cast<size_t>(dated));
}

Record RowReader::Read(const Table& table, const store::Statement& row, int first) const {
    Record record;
    int at = first;
    record.id = row.Int(at++);
    record.place = row.Int(at++);
    record.version = row.Int(at++);
    record.state = row.Text(at++);
    for (const Column& column : table.columns) {
        const std::string& field = column.field->id;
        if (row.IsNull(at)) {
            record.values.emplace_hint(record.values.end(), field, formula::Value());
        } else if (column.Secret()) {
            auto plain = key_.OpenField(table.number, column.number, row.Text(at));
            if (!plain) {
                throw Problem(
                    "sealed_value_damaged",
                    {{"record", table.type->id},
                     {"id", std::to_string(record.id)},
                     {"field", field}}
                );
            }
            record.values[field] = std::move(*plain);
        } else {
            record.values[field] = FromStore(column.field->type, row.Get(at));
        }
        ++at;
        if (column.Dated()) {
            if (!row.IsNull(at) && row.Text(at) != "day") {
                record.precision[field] =
                    row.Text(at) == "year" ? DatePrecision::kYear : DatePrecision::kMonth;
            }
            ++at;
        }
    }
    return record;
}

std::optional<Record> RowReader::Find(
    store::Connection& connection,
    const Table& table,
    int64_t town,
    int64_t id,
    std::optional<int64_t> as_of_seq
) const {
    std::string sql = "select " + Columns(table, "r") + " from " +
                      (as_of_seq ? table.versions : table.name) +
                      " r where r.town = ? and r.id = ?";
    std::vector<store::Value> values{town, id};
    if (as_of_seq) {
        sql += " and r.seq_from <= ? and r.seq_to > ? and r.op <> 'delete'";
        values.insert(values.end(), {*as_of_seq, *as_of_seq});
    }
    std::optional<Record> found;
    connection.Query(sql, values, [&](const store::Statement& row) { found = Read(table, row); });
    return found;
}

std::optional<Record> RowReader::FindDeleted(
    store::Connection& connection, const Table& table, int64_t town, int64_t id
) const {
    std::optional<Record> found;
    connection.Query(
        "select " + Columns(table, "r") + " from " + table.versions +
            " r where r.town = ? and r.id = ? and r.seq_to = ? and r.op = 'delete'",
        {town, id, kStands},
        [&](const store::Statement& row) { found = Read(table, row); }
    );
    return found;
}

std::vector<int64_t> RowReader::IdsWith(
    store::Connection& connection,
    const Table& table,
    int64_t town,
    const std::vector<std::string>& fields,
    const Record& record,
    int limit
) const {
    std::string sql = "select r.id from " + table.name + " r where r.town = ?";
    std::vector<store::Value> values{town};
    for (const std::string& id : fields) {
        store::Value value;
        if (id == "place") {
            value = record.place;
        } else if (const Column* column = table.Find(id); column->Secret()) {
            const auto* text = std::get_if<std::string>(&ValueOf(record, id));
            value = text == nullptr ? store::Value() : store::Value(key_.Blind(*text));
        } else {
            value = ToStore(column->field->type, ValueOf(record, id));
        }
        const std::string name = "r." + schema_.ColumnOf(table.type->id, id);
        if (std::holds_alternative<std::monostate>(value)) {
            sql += " and " + name + " is null";
        } else {
            sql += " and " + name + " = ?";
            values.push_back(std::move(value));
        }
    }
    sql += OrderById("r.id") + " limit ?";
    values.emplace_back(static_cast<int64_t>(limit));
    std::vector<int64_t> ids;
    connection.Query(sql, values, [&](const store::Statement& row) { ids.push_back(row.Int(0)); });
    return ids;
}

// What a record's fields look like in both tables.
struct RowWriter::Cells {
    std::vector<store::Value> values;  // one for each of CellNames, over all columns
    std::vector<std::optional<std::string>> digest_texts;  // one a column
};

RowWriter::RowWriter(
    store::Connection& connection,
    const RowReader& reader,
    RandomSource& random,
    int64_t town,
    int64_t seq
)
    : connection_(connection), reader_(reader), random_(random), town_(town), seq_(seq) {}

RowWriter::Cells RowWriter::Seal(const Table& table, const Record& record) const {
    Cells cells;
    cells.values.reserve(CountCells(table));
    cells.digest_texts.reserve(table.columns.size());
    for (const Column& column : table.columns) {
        const formula::Value& value = ValueOf(record, column.field->id);
        if (column.Secret()) {
            const std::string plain = Text(value);
            const bool empty = plain.empty();
            cells.values.push_back(
                empty ? store::Value()
                      : store::Value(
                            reader_.key().SealField(table.number, column.number, plain, random_)
                        )
            );
            cells.values.push_back(
                empty ? store::Value() : store::Value(reader_.key().Blind(plain))
            );
            cells.digest_texts.push_back(empty ? std::nullopt : std::optional(plain));
            continue;
        }
        store::Value stored = ToStore(column.field->type, value);
        std::string_view precision;
        const bool there = !std::holds_alternative<std::monostate>(stored);
        if (column.Dated() && there) {
            const auto known = record.precision.find(column.field->id);
            precision = PrecisionName(
                known == record.precision.end() ? DatePrecision::kDay : known->second
            );
        }
        cells.digest_texts.push_back(audit::DigestText(DigestField(column), stored, precision));
        cells.values.push_back(std::move(stored));
        if (column.Dated()) {
            cells.values.push_back(there ? store::Value(std::string(precision)) : store::Value());
        }
    }
    return cells;
}

void RowWriter::InsertCurrent(const Table& table, const Record& record, const Cells& cells) {
    store::Statement& insert = connection_.Prepare(
        "insert into " + table.name + " (town, id, place, version, state" + AllCells(table) +
        ") values (" + Marks(5 + cells.values.size()) + ")"
    );
    int at = 0;
    for (const store::Value& value :
         {store::Value(town_),
          store::Value(record.id),
          store::Value(record.place),
          store::Value(record.version),
          store::Value(record.state)}) {
        insert.Bind(at++, value);
    }
    for (const store::Value& value : cells.values) {
        insert.Bind(at++, value);
    }
    insert.Step();
}

void RowWriter::InsertVersion(
    const Table& table, const Record& record, Op op, const Cells& cells, const std::string& source
) {
    written_.emplace(table.number, &table);
    std::string salt;
    audit::RowDigest digest(
        {table.number,
         record.id,
         record.version,
         std::string(OpName(op)),
         record.place,
         record.state}
    );
    for (const size_t n : table.by_number) {
        const Column& column = table.columns[n];
        const std::optional<std::string>& text = cells.digest_texts[n];
        if (!text || column.computed != nullptr) {
            continue;  // computed values follow from the others
        }
        const audit::VersionedField field = DigestField(column);
        if (!field.personal) {
            digest.Field(field, *text);
            continue;
        }
        if (salt.empty()) {
            salt = audit::NewSalt(random_);
        }
        digest.Personal(field, audit::Commitment(salt, field, *text));
    }
    store::Statement& insert = connection_.Prepare(
        "insert into " + table.versions +
        " (town, id, version, seq_from, seq_to, op, place, state, salt, digest, source" +
        AllCells(table) + ") values (" + Marks(11 + cells.values.size()) + ")"
    );
    int at = 0;
    for (const store::Value& value :
         {store::Value(town_),
          store::Value(record.id),
          store::Value(record.version),
          store::Value(seq_),
          store::Value(kStands),
          store::Value(std::string(OpName(op))),
          store::Value(record.place),
          store::Value(record.state),
          salt.empty() ? store::Value() : store::Value(salt),
          store::Value(digest.Finish()),
          source.empty() ? store::Value() : store::Value(source)}) {
        insert.Bind(at++, value);
    }
    for (const store::Value& value : cells.values) {
        insert.Bind(at++, value);
    }
    insert.Step();
}

void RowWriter::CloseVersion(const Table& table, int64_t id, int64_t version) {
    connection_.Run(
        "update " + table.versions + " set seq_to = ? where town = ? and id = ? and version = ?",
        {seq_, town_, id, version}
    );
}

void RowWriter::Create(const Table& table, Record& record, const std::string& source) {
    record.version = 1;
    const Cells cells = Seal(table, record);
    InsertCurrent(table, record, cells);
    InsertVersion(table, record, Op::kCreate, cells, source);
}

void RowWriter::Update(
    const Table& table, int64_t version, Record& record, const std::string& source
) {
    record.version = version + 1;
    const Cells cells = Seal(table, record);
    CloseVersion(table, record.id, version);
    InsertVersion(table, record, Op::kUpdate, cells, source);
    std::string sql = "update " + table.name + " set place = ?, version = ?, state = ?";
    std::vector<store::Value> values{record.place, record.version, record.state};
    for (const Column& column : table.columns) {
        for (const std::string& name : CellNames(column)) {
            sql += ", " + name + " = ?";
        }
    }
    values.insert(values.end(), cells.values.begin(), cells.values.end());
    values.insert(values.end(), {town_, record.id});
    connection_.Run(sql + " where town = ? and id = ?", values);
}

void RowWriter::Delete(const Table& table, const Record& record) {
    Record last = record;
    last.version = record.version + 1;
    CloseVersion(table, record.id, record.version);
    InsertVersion(table, last, Op::kDelete, Seal(table, last), {});
    connection_.Run("delete from " + table.name + " where town = ? and id = ?", {town_, record.id});
}

void RowWriter::Restore(const Table& table, int64_t version, Record& record) {
    record.version = version + 1;
    const Cells cells = Seal(table, record);
    CloseVersion(table, record.id, version);
    InsertCurrent(table, record, cells);
    InsertVersion(table, record, Op::kRestore, cells, {});
}

std::string RowWriter::Digest() const {
    audit::RowsDigest digest;
    for (const auto& entry : written_) {
        const Table* table = entry.second;
        // The bounds make SQLite walk the index by seq_from in its order: all the rows of an import
        // are not held in memory to be sorted.
        connection_.Query(
            "select id, version, digest from " + table->versions +
                " where town = ? and seq_from >= ? and seq_from <= ? order by seq_from, id, "
                "version",
            {town_, seq_, seq_},
            [&](const store::Statement& row) {
                digest.Add(table->number, row.Int(0), row.Int(1), row.Text(2));
            }
        );
    }
    return digest.Finish();
}

}  // namespace zw::ledger
