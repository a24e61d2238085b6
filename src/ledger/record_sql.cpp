#include "ledger/record_sql.h"

#include "base/not_found.h"
#include "base/problem.h"

namespace zw::ledger {

namespace {

[[noreturn]] void NoSuchPath(const definition::RecordType& type, const std::string& name) {
    throw NotFound(Thing::kField, type.id + "." + name);
}

std::string PlaceAttribute(
    const std::string& owner,
    const std::string& owner_column,
    const std::string& attribute,
    int depth
) {
    if (attribute != "code" && attribute != "name" && attribute != "kind") {
        throw NotFound(Thing::kField, "place." + attribute);
    }
    const std::string p = owner + "p" + std::to_string(depth);
    return "(select " + p + "." + attribute + " from place " + p + " where " + p +
           ".town = " + owner + ".town and " + p + ".id = " + owner + "." + owner_column + ")";
}

}  // namespace

std::string StoodAt(const std::string& alias, int64_t seq) {
    const std::string s = std::to_string(seq);
    return alias + ".seq_from <= " + s + " and " + alias + ".seq_to > " + s + " and " + alias +
           ".op <> 'delete'";
}

std::string OrderById(const std::string& id) {
    // By the bare column SQLite would rather walk the primary key, through all rows of the town,
    // than use the index and sort.
    return " order by " + id + " + 0";
}

std::string FromRows(
    const Table& table,
    const std::string& alias,
    int64_t town,
    std::optional<int64_t> as_of_seq,
    bool live_only
) {
    std::string sql = (as_of_seq ? table.versions : table.name) + " " + alias + " where " + alias +
                      ".town = " + std::to_string(town);
    if (as_of_seq) {
        sql += " and " + StoodAt(alias, *as_of_seq);
    }
    if (live_only) {
        sql += " and " + alias + ".state = 'live'";
    }
    return sql;
}

RecordSql::RecordSql(
    const SqlContext& context,
    const definition::RecordType& type,
    std::string alias,
    std::string rule_date
)
    : context_(context), type_(type), alias_(std::move(alias)), rule_date_(std::move(rule_date)) {
    if (rule_date_.empty()) {
        const std::string own = OwnDateField(type_);
        rule_date_ = own.empty() ? "null" : Column({own});
    }
}

RecordSql::~RecordSql() = default;

std::string RecordSql::Column(const std::vector<std::string>& path) const {
    return Hop(alias_, type_, path, 0, 1);
}

std::string RecordSql::Hop(
    const std::string& owner,
    const definition::RecordType& type,
    const std::vector<std::string>& path,
    size_t at,
    int depth
) const {
    const std::string& id = path.at(at);
    const bool last = at + 1 == path.size();
    if (id == "place" && !last) {
        return PlaceAttribute(owner, "place", path.at(at + 1), depth);
    }
    if (last) {
        return owner + "." + context_.schema.ColumnOf(type.id, id);
    }
    const definition::Field* field = type.FindField(id);
    if (field == nullptr || field->type.kind != formula::Kind::kRef) {
        NoSuchPath(type, id);
    }
    const std::string column = context_.schema.ColumnOf(type.id, id);
    if (field->type.record == "place") {
        return PlaceAttribute(owner, column, path.at(at + 1), depth);
    }
    const Table& target = context_.schema.Of(field->type.record);
    const std::string t = alias_ + "_" + std::to_string(depth);
    std::string from = (context_.as_of_seq ? target.versions : target.name) + " " + t + " where " +
                       t + ".town = " + owner + ".town and " + t + ".id = " + owner + "." + column;
    if (context_.as_of_seq) {
        from += " and " + StoodAt(t, *context_.as_of_seq);
    }
    return "(select " + Hop(t, *target.type, path, at + 1, depth + 1) + " from " + from + ")";
}

std::string RecordSql::Previous(const std::vector<std::string>& path) const {
    if (!type_.series) {
        NoSuchPath(type_, "previous");
    }
    const definition::Series& series = *type_.series;
    const definition::Field* on = type_.FindField(series.on);
    const std::string p = alias_ + "q";
    const RecordSql names(context_, type_, p, rule_date_);
    const Table& table = context_.schema.Of(type_.id);
    std::string sql = "(select " + names.Column(path) + " from " +
                      (context_.as_of_seq ? table.versions : table.name) + " " + p + " where " + p +
                      ".town = " + alias_ + ".town and " + p + ".state = 'live'";
    if (context_.as_of_seq) {
        sql += " and " + StoodAt(p, *context_.as_of_seq);
    }
    for (const std::string& per : series.per) {
        sql += " and " + names.Column({per}) + " = " + Column({per});
    }
    // Periods are kept as their last days, so one month names one period.
    const int months = MonthsOf(on == nullptr ? Grain::kYear : on->type.grain);
    sql += " and substr(" + names.Column({series.on}) + ", 1, 7) = substr(zw_months(" +
           Column({series.on}) + ", -" + std::to_string(months) + "), 1, 7)" +
           OrderById(p + ".id") + " limit 1)";
    return sql;
}

formula::Sql RecordSql::Rule(std::string_view key) const {
    return context_.rules.ToSql(key, rule_date_, context_.today);
}

Date RecordSql::Today() const {
    return context_.today;
}

std::string RecordSql::ChildSelect(
    std::string_view child, const std::string& what, const std::string& when
) const {
    const auto* names = static_cast<const RecordSql*>(ChildNames(child));
    if (names == nullptr) {
        NoSuchPath(type_, std::string(child));
    }
    const Table& table = context_.schema.Of(child);
    std::string ref;
    for (const auto& [record, field] : type_.children) {
        if (record == child && ref.empty()) {
            ref = field;
        }
    }
    const std::string& c = names->alias();
    std::string sql = "select " + what + " from " +
                      (context_.as_of_seq ? table.versions : table.name) + " " + c + " where " + c +
                      ".town = " + alias_ + ".town and " + names->Column({ref}) + " = " + alias_ +
                      ".id and " + c + ".state = 'live'";
    if (context_.as_of_seq) {
        sql += " and " + StoodAt(c, *context_.as_of_seq);
    }
    return when.empty() ? sql : sql + " and (" + when + ")";
}

const formula::SqlNames* RecordSql::ChildNames(std::string_view child) const {
    const auto known = children_.find(child);
    if (known != children_.end()) {
        return known->second.get();
    }
    for (const auto& [record, field] : type_.children) {
        if (record == child) {
            auto names = std::make_unique<RecordSql>(
                context_,
                *context_.schema.Of(record).type,
                alias_ + "c" + std::to_string(children_.size())
            );
            return children_.emplace(record, std::move(names)).first->second.get();
        }
    }
    return nullptr;
}

}  // namespace zw::ledger
