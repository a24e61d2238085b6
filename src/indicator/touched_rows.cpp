#include "indicator/touched_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace zw::indicator {

namespace {

using ledger::RowChange;

constexpr size_t kRowsAtOnce = 256;
constexpr size_t kThingsAtOnce = 64;
// Rows of one call that are followed thing by thing.
constexpr size_t kMostByThing = 4096;

using Thing = std::vector<store::Value>;

bool Same(const formula::Value& a, const formula::Value& b) {
    return a.index() == b.index() && formula::ToText(a) == formula::ToText(b);
}

bool FieldChanged(const RowChange& change, const std::string& field) {
    if (field == "place") {
        return change.before->place != change.after->place;
    }
    const auto before = change.before->values.find(field);
    const auto after = change.after->values.find(field);
    const bool had = before != change.before->values.end();
    const bool has = after != change.after->values.end();
    if (!had || !has) {
        return had != has;
    }
    return !Same(before->second, after->second);
}

bool IsSimpleUpdate(const RowChange& change) {
    return change.op == ledger::Op::kUpdate && change.before && change.after &&
           change.before->state == change.after->state;
}

bool Touches(const RowChange& change, const std::set<std::string>& fields) {
    return !IsSimpleUpdate(change) || change.before->place != change.after->place ||
           std::any_of(fields.begin(), fields.end(), [&](const std::string& field) {
               return FieldChanged(change, field);
           });
}

// A row that nobody could refer to before need not be followed.
bool TouchesDependants(const RowChange& change, const std::string& field) {
    return change.op != ledger::Op::kCreate &&
           (!IsSimpleUpdate(change) || FieldChanged(change, field));
}

int64_t IdOf(const RowChange& change) {
    return change.after ? change.after->id : change.before->id;
}

// Ids of the source's rows whose reference chain ends at one of `ids`.
Sql DependantsSql(
    const SourceSet& set,
    const ledger::Schema& schema,
    int64_t town,
    const Dependency& dependency,
    const std::vector<int64_t>& ids
) {
    std::vector<const definition::RecordType*> types = {set.type};
    for (size_t i = 0; i + 1 < dependency.chain.size(); ++i) {
        types.push_back(schema.Of(types.back()->FindField(dependency.chain[i])->type.record).type);
    }
    Sql sql;
    for (size_t i = 0; i < types.size(); ++i) {
        const ledger::Table& table = schema.Of(types[i]->id);
        Append(
            sql,
            fmt::format(
                "{}select id from {} where town = ? and {} in ",
                i == 0 ? "" : "(",
                table.name,
                table.Find(dependency.chain[i])->name
            ),
            {town}
        );
    }
    Append(sql, NumberList(ids));
    Append(sql, std::string(types.size() - 1, ')'));
    return sql;
}

template <typename T>
std::vector<std::vector<T>> InChunks(const std::vector<T>& all, size_t size) {
    std::vector<std::vector<T>> chunks;
    for (size_t i = 0; i < all.size(); i += size) {
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(i);
        chunks.emplace_back(
            first, first + static_cast<std::ptrdiff_t>(std::min(size, all.size() - i))
        );
    }
    return chunks;
}

Sql CurrentRows(const SourceSet& set, const ledger::Schema& schema, int64_t town) {
    return {ledger::FromRows(schema.Of(set.type->id), "r", town, std::nullopt), {}};
}

// " and (id, version) in (…)", after the ids alone so that the key's index is used.
Sql OfVersions(const std::vector<std::pair<int64_t, int64_t>>& versions, const std::string& alias) {
    std::vector<int64_t> ids;
    ids.reserve(versions.size());
    for (const auto& [id, version] : versions) {
        ids.push_back(id);
    }
    Sql sql = {fmt::format(" and {}.id in ", alias), {}};
    const Sql list = NumberList(ids);
    Append(sql, list);
    Append(sql, fmt::format(" and ({0}.id, {0}.version) in (values ", alias));
    for (size_t i = 0; i < list.values.size(); ++i) {
        const auto& [id, version] = versions[std::min(i, versions.size() - 1)];
        Append(sql, i == 0 ? "(?, ?)" : ", (?, ?)", {id, version});
    }
    Append(sql, ")");
    return sql;
}

Sql OldRows(
    const SourceSet& set,
    const ledger::Schema& schema,
    int64_t town,
    const std::vector<std::pair<int64_t, int64_t>>& versions
) {
    Sql sql = {
        fmt::format(
            "{} r where r.town = {} and r.state = 'live'", schema.Of(set.type->id).versions, town
        ),
        {}};
    Append(sql, OfVersions(versions, "r"));
    return sql;
}

Selections ByRow(
    const SourceSet& set, const ledger::Schema& schema, int64_t town, const TouchedRows& touched
) {
    Selections selections;
    for (const auto& chunk : InChunks(touched.before, kRowsAtOnce)) {
        selections.before.push_back(OldRows(set, schema, town, chunk));
    }
    for (const auto& chunk : InChunks(touched.dependants, kRowsAtOnce)) {
        selections.before.push_back(WithIds(CurrentRows(set, schema, town), chunk));
        selections.after.push_back(selections.before.back());
    }
    for (const auto& chunk : InChunks(touched.changed, kRowsAtOnce)) {
        selections.after.push_back(WithIds(CurrentRows(set, schema, town), chunk));
    }
    return selections;
}

void CollectThings(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::SqlContext& context,
    const std::vector<Sql>& selections,
    std::set<Thing>& things
) {
    const std::vector<std::string> columns = ThingColumns(set, context);
    for (const Sql& rows : selections) {
        connection.Query(
            "select distinct " + Join(columns, ", ") + " from " + rows.text,
            rows.values,
            [&](const store::Statement& row) {
                Thing thing;
                for (int i = 0; i < row.Columns(); ++i) {
                    thing.push_back(row.Get(i));
                }
                things.insert(std::move(thing));
            }
        );
    }
}

Sql OfThings(
    const SourceSet& set, const ledger::SqlContext& context, const std::vector<Thing>& things
) {
    const std::vector<std::string> columns = ThingColumns(set, context);
    Sql sql = {" and (", {}};
    for (size_t i = 0; i < things.size(); ++i) {
        Append(sql, i == 0 ? "(" : " or (");
        for (size_t j = 0; j < columns.size(); ++j) {
            Append(sql, j == 0 ? columns[j] : " and " + columns[j]);
            if (std::holds_alternative<std::monostate>(things[i][j])) {
                Append(sql, " is null");
            } else {
                Append(sql, " = ?", {things[i][j]});
            }
        }
        Append(sql, ")");
    }
    Append(sql, ")");
    return sql;
}

// The table as it stood before the call: today's rows without those written, and the versions that
// those replaced.
Sql TableBefore(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::Schema& schema,
    int64_t town,
    const TouchedRows& touched
) {
    const ledger::Table& table = schema.Of(set.type->id);
    std::string columns;
    for (const std::string& column : connection.TableColumns(table.name)) {
        columns += (columns.empty() ? "x." : ", x.") + column;
    }
    Sql sql = {
        fmt::format("(select {} from {} x where x.town = {}", columns, table.name, town), {}};
    if (!touched.changed.empty()) {
        Append(sql, " and x.id not in ");
        Append(sql, NumberList(touched.changed));
    }
    if (!touched.before.empty()) {
        Append(
            sql,
            fmt::format(
                " union all select {} from {} x where x.town = {}", columns, table.versions, town
            )
        );
        Append(sql, OfVersions(touched.before, "x"));
    }
    Append(sql, ") r where r.state = 'live'");
    return sql;
}

Selections ByThing(
    store::Connection& connection,
    const SourceSet& set,
    const BeforeAndAfter& contexts,
    int64_t town,
    const TouchedRows& touched
) {
    const ledger::Schema& schema = contexts.after.schema;
    const Selections rows = ByRow(set, schema, town, touched);
    std::set<Thing> things;
    CollectThings(connection, set, contexts.before, rows.before, things);
    CollectThings(connection, set, contexts.after, rows.after, things);
    const Sql table_before = TableBefore(connection, set, schema, town, touched);
    Selections selections;
    for (const auto& chunk :
         InChunks(std::vector<Thing>(things.begin(), things.end()), kThingsAtOnce)) {
        Sql before = table_before;
        Append(before, OfThings(set, contexts.before, chunk));
        selections.before.push_back(std::move(before));
        Sql after = CurrentRows(set, schema, town);
        Append(after, OfThings(set, contexts.after, chunk));
        selections.after.push_back(std::move(after));
    }
    return selections;
}

void FindDependants(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::Schema& schema,
    int64_t town,
    const std::vector<RowChange>& changes,
    size_t most,
    TouchedRows& touched
) {
    const std::set<int64_t> changed(touched.changed.begin(), touched.changed.end());
    std::set<int64_t> found;
    for (const Dependency& dependency : set.dependencies) {
        std::vector<int64_t> ids;
        for (const RowChange& change : changes) {
            if (change.type == dependency.type && TouchesDependants(change, dependency.field)) {
                ids.push_back(IdOf(change));
            }
        }
        for (const auto& chunk : InChunks(ids, kRowsAtOnce)) {
            const Sql sql = DependantsSql(set, schema, town, dependency, chunk);
            connection.Query(sql.text, sql.values, [&](const store::Statement& row) {
                if (!changed.contains(row.Int(0)) && found.size() <= most) {
                    found.insert(row.Int(0));
                }
            });
        }
    }
    touched.too_many = found.size() > most;
    if (!touched.too_many) {
        touched.dependants.assign(found.begin(), found.end());
    }
}

}  // namespace

TouchedRows FindTouched(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::Schema& schema,
    int64_t town,
    const std::vector<RowChange>& changes,
    size_t most
) {
    TouchedRows touched;
    std::set<int64_t> seen;
    for (const RowChange& change : changes) {
        if (change.type != set.type || !Touches(change, set.own_fields)) {
            continue;
        }
        // A row written twice in a call stood before as its first change says.
        if (seen.insert(IdOf(change)).second) {
            touched.changed.push_back(IdOf(change));
            if (change.before) {
                touched.before.emplace_back(change.before->id, change.before->version);
            }
        }
    }
    FindDependants(connection, set, schema, town, changes, most, touched);
    if (set.by_thing && touched.changed.size() + touched.dependants.size() > kMostByThing) {
        touched.too_many = true;
    }
    return touched;
}

Selections SelectTouched(
    store::Connection& connection,
    const SourceSet& set,
    const BeforeAndAfter& contexts,
    int64_t town,
    const TouchedRows& touched
) {
    return set.by_thing ? ByThing(connection, set, contexts, town, touched)
                        : ByRow(set, contexts.after.schema, town, touched);
}

}  // namespace zw::indicator
