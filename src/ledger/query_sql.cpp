#include "ledger/query_sql.h"

#include "base/base64.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/filter.h"

namespace zw::ledger {

namespace {

constexpr char kPartSeparator = '\x1f';
constexpr char kLikeEscape = '!';

std::string IdList(const std::vector<int64_t>& ids) {
    std::vector<std::string> texts;
    texts.reserve(ids.size());
    for (const int64_t id : ids) {
        texts.push_back(std::to_string(id));
    }
    return "(" + Join(texts, ", ") + ")";
}

std::string From(const Table& table, int64_t town, const Query& query) {
    if (!query.deleted) {
        return FromRows(table, "r", town, query.as_of_seq, false);
    }
    std::string sql =
        table.versions + " r where r.town = " + std::to_string(town) + " and r.op = 'delete'";
    if (query.as_of_seq) {
        const std::string s = std::to_string(*query.as_of_seq);
        return sql + " and r.seq_from <= " + s + " and r.seq_to > " + s;
    }
    return sql + " and r.seq_to = " + std::to_string(kStands);
}

// By what is masked for the actor nothing is found or put in order: a hidden value could be guessed
// from what comes back.
void RefuseMasked(const definition::Field& field, const access::Actor& actor) {
    if (!actor.unmask && (field.personal || field.secret)) {
        throw Problem("masked_filter", {{"name", field.name.zh}});
    }
}

void AddEquals(
    const definition::Model& model,
    const RowReader& reader,
    const Table& table,
    const access::Actor& actor,
    const Values& equals,
    QuerySql& sql
) {
    for (const auto& [id, value] : Coerce(model, table, equals)) {
        const Column& column = *table.Find(id);
        if (!column.Secret()) {  // that is found by its whole value, which nobody tries out
            RefuseMasked(*column.field, actor);
        }
        if (formula::IsNull(value)) {
            sql.where += " and r." + column.Comparable() + " is null";
            continue;
        }
        sql.where += " and r." + column.Comparable() + " = ?";
        sql.values.push_back(
            column.Secret() ? store::Value(reader.key().Blind(formula::ToText(value)))
                            : ToStore(column.field->type, value)
        );
    }
}

// `%`, `_` and the escape itself stand for themselves.
std::string LikePattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == kLikeEscape) {
            pattern += kLikeEscape;
        }
        pattern += c;
    }
    return pattern + "%";
}

void AddContains(
    const Table& table, const access::Actor& actor, const Query& query, QuerySql& sql
) {
    for (const auto& [id, text] : query.contains) {
        const Column* column = table.Find(id);
        if (column == nullptr) {
            throw NotFound(Thing::kField, id);
        }
        const definition::Field& field = *column->field;
        if (column->Secret()) {
            throw Problem("secret_filter", {{"name", field.name.zh}});
        }
        RefuseMasked(field, actor);
        if (field.type.kind != formula::Kind::kText && field.type.kind != formula::Kind::kChoice) {
            throw Problem::Because(
                "bad_request",
                {field.name.zh + "不是文字，不能按包含查找",
                 field.name.English() + " is no text: nothing can be contained in it"}
            );
        }
        sql.where += " and lower(r." + column->name + ") like lower(?) escape '" + kLikeEscape +
                     std::string("'");
        sql.values.emplace_back(LikePattern(text));
    }
}

void AddSort(const Table& table, const access::Actor& actor, const Query& query, QuerySql& sql) {
    for (const Sort& sort : query.sort) {
        const Column* column = table.Find(sort.field);
        if (column != nullptr && column->Secret()) {
            throw Problem("secret_filter", {{"name", column->field->name.zh}});
        }
        if (column != nullptr) {
            RefuseMasked(*column->field, actor);
        }
        if (column == nullptr && sort.field != "place" && sort.field != "id") {
            throw NotFound(Thing::kField, sort.field);
        }
        sql.sort_columns.push_back("r." + (column == nullptr ? sort.field : column->name));
        sql.descending.push_back(sort.descending);
        sql.sort_text += sort.field + (sort.descending ? "-" : "+");
    }
    sql.sort_columns.emplace_back("r.id");
    sql.descending.push_back(false);
}

std::string Encode(const store::Value& value) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
        return "i" + std::to_string(*number);
    }
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? "n" : "s" + ToBase64(*text);
}

store::Value Decode(const std::string& part) {
    if (part == "n") {
        return {};
    }
    if (StartsWith(part, "s")) {
        if (const auto text = FromBase64(std::string_view(part).substr(1))) {
            return *text;
        }
    }
    const std::optional<Decimal> number =
        StartsWith(part, "i") ? ParseDecimal(std::string_view(part).substr(1)) : std::nullopt;
    if (!number || number->scale != 0) {
        throw Problem("bad_cursor");
    }
    return number->units;
}

}  // namespace

QuerySql BuildQuery(
    const SqlContext& context,
    const RowReader& reader,
    int64_t town,
    const access::Actor& actor,
    const Query& query
) {
    const Table& table = context.schema.Of(query.record);
    QuerySql sql;
    sql.where = From(table, town, query) + " and " + access::ScopeSql(actor, "r.place");
    if (!query.state.empty()) {
        sql.where += " and r.state = ?";
        sql.values.emplace_back(query.state);
    }
    if (!query.places.empty()) {
        sql.where += " and r.place in " + IdList(query.places);
    }
    if (!query.ids.empty()) {
        sql.where += " and r.id in " + IdList(query.ids);
    }
    AddEquals(context.model, reader, table, actor, query.equals, sql);
    AddContains(table, actor, query, sql);
    if (!Trim(query.filter).empty()) {
        const formula::Formula filter =
            CompileFilter(context.model, *table.type, query.filter, actor);
        const RecordSql names(context, *table.type, "r");
        const formula::Sql condition = formula::ToSql(filter, names);
        sql.where += " and (" + condition.text + ") = 1";
        sql.values.insert(sql.values.end(), condition.values.begin(), condition.values.end());
    }
    AddSort(table, actor, query, sql);
    return sql;
}

std::string MakeCursor(const QuerySql& sql, const std::vector<store::Value>& keys) {
    std::vector<std::string> parts{sql.sort_text};
    for (const store::Value& key : keys) {
        parts.push_back(Encode(key));
    }
    return ToBase64(Join(parts, std::string(1, kPartSeparator)));
}

std::string AfterCursor(
    const QuerySql& sql, const std::string& cursor, std::vector<store::Value>& values
) {
    const auto text = FromBase64(cursor);
    const std::vector<std::string> parts =
        text ? Split(*text, kPartSeparator) : std::vector<std::string>();
    if (parts.size() != sql.sort_columns.size() + 1 || parts[0] != sql.sort_text) {
        throw Problem("bad_cursor");
    }
    // From the last key outwards: after(k1) or (equal(k1) and (after(k2) or (…))). Values are
    // gathered in the order of their marks.
    std::string closing;
    std::string condition;
    for (size_t i = 0; i < sql.sort_columns.size(); ++i) {
        const store::Value key = Decode(parts[i + 1]);
        const std::string& column = sql.sort_columns[i];
        const bool last = i + 1 == sql.sort_columns.size();
        if (std::holds_alternative<std::monostate>(key)) {
            condition += last ? "1 = 0" : "(" + column + " is null and (";
            closing += last ? "" : "))";
            continue;
        }
        const std::string after = sql.descending[i] ? " < ?" : " > ?";
        condition.append("(").append(column).append(after);
        condition.append(" or ").append(column).append(" is null");
        values.push_back(key);
        if (last) {
            condition += ")";
            continue;
        }
        condition += " or (" + column + " = ? and (";
        values.push_back(key);
        closing += ")))";
    }
    return condition + closing;
}

std::string OrderBy(const QuerySql& sql) {
    std::string order = " order by ";
    for (size_t i = 0; i < sql.sort_columns.size(); ++i) {
        const std::string& column = sql.sort_columns[i];
        order += i == 0 ? "" : ", ";
        if (column != "r.id") {
            order += "case when " + column + " is null then 1 else 0 end, ";
        }
        order += column + (sql.descending[i] ? " desc" : "");
    }
    return order;
}

}  // namespace zw::ledger
