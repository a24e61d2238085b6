// The ledger's reads: pages, counts, one record, its history, titles.

#include <algorithm>

#include "ledger/ledger_impl.h"
#include "ledger/masking.h"
#include "ledger/query_sql.h"
#include "ledger/settings.h"
#include "ledger/title.h"

namespace zw::ledger {

namespace {

constexpr int kMaxPage = 1'000;

// Rules, names and scope of one read.
struct ReadContext {
    ReadContext(
        const LedgerServices& services,
        const Schema& schema,
        store::Connection& connection,
        std::optional<int64_t> as_of
    )
        : rules(Settings::Load(connection, services.town, *services.model, schema)
                    .Rules(*services.model)),
          sql{*services.model, schema, rules, services.clock.Today(), as_of} {}
    RuleValues rules;
    SqlContext sql;
};

// The newest version, deleted ones too, is in the actor's places. What a row was before it came
// there is not theirs to read.
bool StandsInScope(
    store::Connection& connection,
    const Table& table,
    int64_t town,
    const access::Actor& actor,
    int64_t id
) {
    return !connection
                .First(
                    "select v.id from " + table.versions +
                        " v where v.town = ? and v.id = ? and v.seq_to = ? and " +
                        access::ScopeSql(actor, "v.place"),
                    {town, id, kStands}
                )
                .empty();
}

}  // namespace

Page Ledger::List(const access::Actor& actor, const Query& query) const {
    const Table& table = impl_->TableOf(query.record);
    const int limit = std::clamp(query.limit, 1, kMaxPage);
    const auto reader = impl_->services.database.Read();
    store::Connection& connection = reader->connection();
    const ReadContext context(impl_->services, *impl_->schema, connection, query.as_of_seq);
    const QuerySql sql =
        BuildQuery(context.sql, *impl_->reader, impl_->services.town, actor, query);
    std::string select = "select " + RowReader::Columns(table, "r");
    for (const std::string& column : sql.sort_columns) {
        select += ", " + column;
    }
    select += " from " + sql.where;
    std::vector<store::Value> values = sql.values;
    if (!query.after.empty()) {
        select += " and " + AfterCursor(sql, query.after, values);
    }
    select += OrderBy(sql) + " limit ? offset ?";
    values.emplace_back(static_cast<int64_t>(limit) + 1);
    values.emplace_back(std::max<int64_t>(0, query.skip));
    Page page;
    std::vector<store::Value> last_keys;
    connection.Query(select, values, [&](const store::Statement& row) {
        if (page.rows.size() == static_cast<size_t>(limit)) {
            page.next = MakeCursor(sql, last_keys);
            return;
        }
        page.rows.push_back(impl_->reader->Read(table, row));
        last_keys.clear();
        for (size_t i = 0; i < sql.sort_columns.size(); ++i) {
            last_keys.push_back(row.Get(RowReader::ColumnCount(table) + static_cast<int>(i)));
        }
        if (!actor.unmask) {
            MaskRecord(*table.type, page.rows.back());
        }
    });
    return page;
}

int64_t Ledger::Count(const access::Actor& actor, const Query& query) const {
    const auto reader = impl_->services.database.Read();
    store::Connection& connection = reader->connection();
    const ReadContext context(impl_->services, impl_->Opened(), connection, query.as_of_seq);
    const QuerySql sql =
        BuildQuery(context.sql, *impl_->reader, impl_->services.town, actor, query);
    const auto count = [&] {
        const auto row = connection.First("select count(*) from " + sql.where, sql.values);
        return std::get<int64_t>(row.at(0));
    };
    const bool whole = query.filter.empty() && query.equals.empty() && query.contains.empty() &&
                       query.ids.empty() && !query.as_of_seq;
    if (!whole) {
        return count();
    }
    std::string key = sql.where;
    for (const store::Value& value : sql.values) {
        const auto* number = std::get_if<int64_t>(&value);
        const auto* text = std::get_if<std::string>(&value);
        key += "\n" + (number != nullptr ? std::to_string(*number) : text != nullptr ? *text : "");
    }
    const auto last = connection.First(
        "select coalesce(max(seq_from), 0) from " + impl_->TableOf(query.record).versions +
            " where town = ?",
        {impl_->services.town}
    );
    return impl_->counts.At(std::get<int64_t>(last.at(0)), key, count);
}

std::optional<Record> Ledger::Find(
    const access::Actor& actor, const std::string& record, int64_t id
) const {
    const Table& table = impl_->TableOf(record);
    const auto reader = impl_->services.database.Read();
    std::optional<Record> found;
    reader->connection().Query(
        "select " + RowReader::Columns(table, "r") + " from " + table.name +
            " r where r.town = ? and r.id = ? and " + access::ScopeSql(actor, "r.place"),
        {impl_->services.town, id},
        [&](const store::Statement& row) { found = impl_->reader->Read(table, row); }
    );
    if (found && !actor.unmask) {
        MaskRecord(*table.type, *found);
    }
    return found;
}

std::vector<VersionInfo> Ledger::History(
    const access::Actor& actor, const std::string& record, int64_t id
) const {
    const Table& table = impl_->TableOf(record);
    const auto reader = impl_->services.database.Read();
    std::vector<VersionInfo> history;
    const int columns = RowReader::ColumnCount(table);
    reader->connection().Query(
        "select " + RowReader::Columns(table, "v") +
            ", v.op, v.source, v.seq_from, l.at, l.by, l.why, l.batch from " + table.versions +
            " v join log l on l.town = v.town and l.seq = v.seq_from where v.town = ? and v.id = ? "
            "and " +
            access::ScopeSql(actor, "v.place") + " order by v.version",
        {impl_->services.town, id},
        [&](const store::Statement& row) {
            VersionInfo info;
            info.record = impl_->reader->Read(table, row);
            info.version = info.record.version;
            info.op = ParseOp(row.Text(columns));
            info.source = row.Text(columns + 1);
            info.seq = row.Int(columns + 2);
            info.at_millis = row.Int(columns + 3);
            info.by = row.Text(columns + 4);
            info.why = row.Text(columns + 5);
            info.batch = row.IsNull(columns + 6) ? 0 : row.Int(columns + 6);
            history.push_back(std::move(info));
        }
    );
    if (!StandsInScope(reader->connection(), table, impl_->services.town, actor, id)) {
        return {};
    }
    for (VersionInfo& info : history) {
        if (!actor.unmask) {
            MaskRecord(*table.type, info.record);
        }
    }
    return history;
}

std::string Ledger::Title(
    const access::Actor& actor, const definition::RecordType& type, const Record& row
) const {
    const auto reader = impl_->services.database.Read();
    store::Connection& connection = reader->connection();
    const ReadContext context(impl_->services, impl_->Opened(), connection, std::nullopt);
    RowSource source(connection, *impl_->reader, context.sql, impl_->services.town);
    return MakeTitle(source, type, row, actor);
}

std::string Ledger::Title(const definition::RecordType& type, const Record& row) const {
    return Title(access::Actor{}, type, row);
}

}  // namespace zw::ledger
