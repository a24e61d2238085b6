#include "ledger/record_row.h"

#include "ledger/row_store.h"

namespace zw::ledger {

namespace {

constexpr size_t kKept = 4096;  // rows of an import that look each at another are not all kept

formula::Value PlaceValue(
    store::Connection& connection, int64_t town, int64_t place, const std::string& attribute
) {
    const char* column = attribute == "code" ? "code" : attribute == "kind" ? "kind" : "name";
    const auto row = connection.First(
        std::string("select ") + column + " from place where town = ? and id = ?", {town, place}
    );
    return row.empty() ? formula::Value() : FromStore({}, row[0]);
}

std::optional<Date> OwnDate(const definition::RecordType& type, const Record& record) {
    const std::string field = OwnDateField(type);
    const auto found = record.values.find(field);
    if (field.empty() || found == record.values.end()) {
        return std::nullopt;
    }
    if (const auto* period = std::get_if<Period>(&found->second)) {
        return period->last;
    }
    const auto* date = std::get_if<Date>(&found->second);
    return date == nullptr ? std::nullopt : std::optional(*date);
}

}  // namespace

RowSource::RowSource(
    store::Connection& of_connection,
    const RowReader& of_reader,
    const SqlContext& of_context,
    int64_t of_town
)
    : connection(of_connection), reader(of_reader), context(of_context), town(of_town) {}

RowSource::~RowSource() = default;

const Record* RowSource::Find(const definition::RecordType& type, int64_t id) {
    const auto key = std::make_pair(&type, id);
    auto found = kept_.find(key);
    if (found == kept_.end()) {
        if (kept_.size() >= kKept) {
            kept_.clear();
        }
        const Table& table = context.schema.Of(type.id);
        found =
            kept_.emplace(key, reader.Find(connection, table, town, id, context.as_of_seq)).first;
    }
    return found->second ? &*found->second : nullptr;
}

void RowSource::Forget() {
    kept_.clear();
}

void RowSource::Forget(const definition::RecordType& type, int64_t id) {
    kept_.erase(std::make_pair(&type, id));
}

RecordRow::RecordRow(RowSource& source, const definition::RecordType& type, const Record& record)
    : source_(source), type_(type), record_(record) {}

formula::Value RecordRow::Get(const std::vector<std::string>& path) const {
    return GetFrom(type_, record_, path, 0);
}

formula::Value RecordRow::GetFrom(
    const definition::RecordType& type,
    const Record& record,
    const std::vector<std::string>& path,
    size_t at
) const {
    const std::string& id = path.at(at);
    const bool last = at + 1 == path.size();
    if (id == "place") {
        return last ? formula::Value(record.place)
                    : PlaceValue(source_.connection, source_.town, record.place, path.at(at + 1));
    }
    if (last && (id == "id" || id == "version")) {
        return id == "id" ? record.id : record.version;
    }
    const auto found = record.values.find(id);
    if (found == record.values.end() || formula::IsNull(found->second) || last) {
        return found == record.values.end() ? formula::Value() : found->second;
    }
    const std::string& target = type.FindField(id)->type.record;
    const int64_t referred = std::get<int64_t>(found->second);
    if (target == "place") {
        return PlaceValue(source_.connection, source_.town, referred, path.at(at + 1));
    }
    const definition::RecordType& next = *source_.context.schema.Of(target).type;
    const Record* row = source_.Find(next, referred);
    return row == nullptr ? formula::Value() : GetFrom(next, *row, path, at + 1);
}

formula::Value RecordRow::Previous(const std::vector<std::string>& path) const {
    if (!type_.series) {
        return {};
    }
    const definition::Series& series = *type_.series;
    const auto on = record_.values.find(series.on);
    const auto* period = on == record_.values.end() ? nullptr : std::get_if<Period>(&on->second);
    if (period == nullptr) {
        return {};
    }
    Record wanted = record_;
    wanted.values[series.on] = zw::Previous(*period);
    std::vector<std::string> fields{series.on};
    for (const std::string& per : series.per) {
        const auto value = wanted.values.find(per);
        if (per != "place" && (value == wanted.values.end() || formula::IsNull(value->second))) {
            return {};  // what has no name has no row before
        }
        fields.push_back(per);
    }
    const Table& table = source_.context.schema.Of(type_.id);
    constexpr int kFew = 16;
    for (const int64_t id :
         source_.reader.IdsWith(source_.connection, table, source_.town, fields, wanted, kFew)) {
        const Record* row = source_.Find(type_, id);
        if (row != nullptr && row->state == "live") {
            return GetFrom(type_, *row, path, 0);
        }
    }
    return {};
}

formula::Value RecordRow::Rule(std::string_view key) const {
    return source_.context.rules.At(key, OwnDate(type_, record_).value_or(source_.context.today));
}

Date RecordRow::Today() const {
    return source_.context.today;
}

void RecordRow::EachChild(
    std::string_view child, const std::function<void(const formula::Row&)>& visit
) const {
    for (const auto& [record, field] : type_.children) {
        if (record != child) {
            continue;
        }
        const Table& table = source_.context.schema.Of(record);
        std::vector<Record> rows;
        source_.connection.Query(
            "select " + RowReader::Columns(table, "c") + " from " +
                FromRows(table, "c", source_.town, source_.context.as_of_seq) + " and c." +
                source_.context.schema.ColumnOf(record, field) + " = ?" + OrderById("c.id"),
            {record_.id},
            [&](const store::Statement& row) { rows.push_back(source_.reader.Read(table, row)); }
        );
        for (const Record& row : rows) {
            visit(RecordRow(source_, *table.type, row));
        }
        return;
    }
}

}  // namespace zw::ledger
