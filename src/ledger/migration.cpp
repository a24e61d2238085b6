#include "ledger/migration.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/crypto.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/schema.h"
#include "ledger/stored_field.h"
#include "ledger/type_tables.h"

namespace zw::ledger {

namespace {

constexpr int kRowsShown = 5;

// One record type's way from its tables to its definition. Plan() only looks; Apply() changes.
class TypeMigration {
public:
    TypeMigration(
        store::Connection& connection,
        int64_t town,
        const definition::Model& model,
        const definition::RecordType& type
    )
        : connection_(connection),
          town_(town),
          model_(model),
          type_(type),
          tables_(connection, town, type) {}

    void Plan(std::vector<std::string>& refusals);
    void Apply(Migration& migration);

private:
    struct Match {
        const definition::Field* field = nullptr;
        const definition::Computed* computed = nullptr;
        std::optional<StoredField> stored;  // absent: new
        int64_t factor = 1;                 // values are multiplied by it (a larger scale)
        bool rebuild = false;               // no value was ever held: the column is made anew
    };

    void PlanMatch(Match& match, std::vector<std::string>& refusals);
    std::string WhyNarrower(const StoredField& from, const StoredField& to, std::string& hurt_where)
        const;
    bool SameUnit(const StoredField& from, const definition::Field& field) const;
    std::string Hurt(const std::string& where) const;
    bool EverHeld(int number) const;
    std::string Refusal(const std::string& field, const std::string& why, const std::string& where)
        const;
    void ApplyMatch(Match& match, Migration& migration);
    void WriteNumber(const Match& match, int number, bool is_new);

    store::Connection& connection_;
    const int64_t town_;
    const definition::Model& model_;
    const definition::RecordType& type_;
    TypeTables tables_;
    std::vector<Match> matches_;
    std::vector<std::pair<StoredField, std::string>> dropped_;  // with the reason
};

// "，涉及 3 行：编号 1、2、3": rows of R, or old versions, for which `where` holds.
std::string TypeMigration::Hurt(const std::string& where) const {
    const std::string table = VersionTableName(type_.id);
    if (!connection_.TableExists(table)) {
        return "，没有数据受影响";
    }
    const auto count = connection_.First(
        "select count(distinct id) from " + table + " where town = ? and (" + where + ")", {town_}
    );
    const int64_t rows = std::get<int64_t>(count.at(0));
    if (rows == 0) {
        return "，没有数据受影响";
    }
    std::string text = "，涉及" + std::to_string(rows) + "条记录：编号";
    int shown = 0;
    connection_.Query(
        "select distinct id from " + table + " where town = ? and (" + where +
            ") order by id limit ?",
        {town_, static_cast<int64_t>(kRowsShown)},
        [&](const store::Statement& row) {
            text += (shown++ == 0 ? "" : "、") + std::to_string(row.Int(0));
        }
    );
    return rows > kRowsShown ? text + "…" : text;
}

bool TypeMigration::EverHeld(int number) const {
    const std::string table = VersionTableName(type_.id);
    const std::string column = "f" + std::to_string(number);
    return !connection_
                .First(
                    "select 1 from " + table + " where town = ? and " + column +
                        " is not null limit 1",
                    {town_}
                )
                .empty();
}

std::string TypeMigration::Refusal(
    const std::string& field, const std::string& why, const std::string& where
) const {
    return "台账“" + type_.name.zh + "”（" + type_.id + "）字段" + field + "：" + why + Hurt(where);
}

bool TypeMigration::SameUnit(const StoredField& from, const definition::Field& field) const {
    if (from.unit == field.type.unit.name) {
        return true;
    }
    const std::optional<formula::Unit> old_unit = model_.units.Parse(from.unit);
    if (!old_unit || !old_unit->SameDimension(field.type.unit)) {
        return false;
    }
    return Compare(formula::Conversion(*old_unit, field.type.unit), Ratio{1, 1}) == 0;
}

// Why `to` cannot hold what `from` holds; empty when it can. `hurt_where`: versions that would be
// hurt.
std::string TypeMigration::WhyNarrower(
    const StoredField& from, const StoredField& to, std::string& hurt_where
) const {
    const std::string column = "f" + std::to_string(from.number);
    hurt_where = column + " is not null";
    if (from.secret != to.secret) {
        return to.secret ? "已有明文，不能直接改为加密" : "已有密文，不能直接改为明文";
    }
    const bool widens = from.kind == to.kind || (from.kind == "int" && to.kind == "decimal") ||
                        (from.kind == "choice" && to.kind == "text");
    if (!widens) {
        return "类型由" + from.kind + "改为" + to.kind;
    }
    if (from.scale > to.scale) {
        return "小数位由" + std::to_string(from.scale) + "位减为" + std::to_string(to.scale) + "位";
    }
    if (from.grain != to.grain) {
        return "期间由" + from.grain + "改为" + to.grain;
    }
    if (from.target != to.target) {
        return "引用由" + from.target + "改为" + to.target;
    }
    if (from.scale < to.scale) {
        const int64_t limit =
            std::numeric_limits<int64_t>::max() / PowerOfTen(to.scale - from.scale);
        const std::string bound = std::to_string(limit);
        hurt_where = column + " > " + bound + " or " + column + " < -" + bound;
        const auto count = connection_.First(
            "select 1 from " + VersionTableName(type_.id) + " where town = ? and (" + hurt_where +
                ") limit 1",
            {town_}
        );
        return count.empty() ? "" : "小数位增加后数值超出范围";
    }
    return {};
}

void TypeMigration::PlanMatch(Match& match, std::vector<std::string>& refusals) {
    if (!match.stored) {
        return;
    }
    const StoredField& from = *match.stored;
    const StoredField to = Describe(model_, *match.field, match.computed);
    std::string hurt;
    std::string why = WhyNarrower(from, to, hurt);
    if (why.empty() && !SameUnit(from, *match.field)) {
        why = "计量单位由“" + from.unit + "”改为“" + to.unit + "”";
        hurt = "f" + std::to_string(from.number) + " is not null";
    }
    if (why.empty() && to.kind == "choice" && from.choices != to.choices) {
        const std::set<std::string> now(
            match.field->type.choices.begin(), match.field->type.choices.end()
        );
        std::vector<std::string> held;
        const std::string column = "f" + std::to_string(from.number);
        connection_.Query(
            "select distinct " + column + " from " + VersionTableName(type_.id) +
                " where town = ? and " + column + " is not null",
            {town_},
            [&](const store::Statement& row) {
                if (!now.contains(std::string(row.Text(0)))) {
                    held.emplace_back(row.Text(0));
                }
            }
        );
        if (!held.empty()) {
            refusals.push_back(
                Refusal(from.id, "不再有选项“" + Join(held, "”、“") + "”", column + " is not null")
            );
        }
        return;
    }
    if (why.empty()) {
        match.factor = PowerOfTen(to.scale - from.scale);
    } else if (!EverHeld(from.number)) {
        match.rebuild = true;
    } else {
        refusals.push_back(Refusal(from.id, why, hurt));
    }
}

void TypeMigration::Plan(std::vector<std::string>& refusals) {
    std::map<std::string, StoredField> stored;
    for (StoredField& field : ReadFields(connection_, town_, type_.id)) {
        stored.emplace(field.id, std::move(field));
    }
    for (const auto& [field, computed] : FieldsOf(type_)) {
        Match match{field, computed, {}, 1, false};
        auto found = stored.find(field->id);
        if (found == stored.end() && !field->was.empty()) {
            found = stored.find(field->was);
        }
        if (found != stored.end()) {
            match.stored = found->second;
            stored.erase(found);
        }
        PlanMatch(match, refusals);
        matches_.push_back(std::move(match));
    }
    for (const auto& [id, field] : stored) {
        const auto reason = type_.dropped.find(id);
        if (reason != type_.dropped.end()) {
            dropped_.emplace_back(field, reason->second);
        } else {
            refusals.push_back(Refusal(
                id,
                "在定义中消失了：改名请写 was = \"" + id + "\"，不用了请写 dropped = \"原因\"",
                "f" + std::to_string(field.number) + " is not null"
            ));
        }
    }
}

void TypeMigration::WriteNumber(const Match& match, int number, bool is_new) {
    const StoredField to = Describe(model_, *match.field, match.computed);
    const bool salted = match.field->personal || match.field->secret;
    if (is_new) {
        connection_.Run(
            "insert into field_number (town, record, field, number, kind, scale, unit, grain, "
            "target, choices, secret, formula, "
            "salted, dropped) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
            {town_,
             type_.id,
             to.id,
             static_cast<int64_t>(number),
             to.kind,
             static_cast<int64_t>(to.scale),
             to.unit,
             to.grain,
             to.target,
             to.choices,
             static_cast<int64_t>(to.secret ? 1 : 0),
             to.formula,
             static_cast<int64_t>(salted ? 1 : 0)}
        );
        return;
    }
    connection_.Run(
        "update field_number set field = ?, kind = ?, scale = ?, unit = ?, grain = ?, target = ?, "
        "choices = ?, secret = ?, "
        "formula = ? where town = ? and record = ? and number = ?",
        {to.id,
         to.kind,
         static_cast<int64_t>(to.scale),
         to.unit,
         to.grain,
         to.target,
         to.choices,
         static_cast<int64_t>(to.secret ? 1 : 0),
         to.formula,
         town_,
         type_.id,
         static_cast<int64_t>(number)}
    );
}

void TypeMigration::ApplyMatch(Match& match, Migration& migration) {
    const std::string of = "台账“" + type_.name.zh + "”字段“" + match.field->name.zh + "”";
    if (!match.stored) {
        const auto highest = connection_.First(
            "select coalesce(max(number), 0) from field_number where town = ? and record = ?",
            {town_, type_.id}
        );
        const int number = static_cast<int>(std::get<int64_t>(highest.at(0))) + 1;
        WriteNumber(match, number, true);
        tables_.AddColumns(*match.field, number);
        migration.steps.push_back(of + "：新增");
        return;
    }
    const int number = match.stored->number;
    if (match.rebuild) {
        tables_.DropColumns(number, tables_.Both());
        tables_.AddColumns(*match.field, number);
        migration.steps.push_back(of + "：尚无数据，按新定义重建");
    } else if (match.factor != 1) {
        const std::string column = "f" + std::to_string(number);
        for (const std::string& table : tables_.Both()) {
            std::string sql = "update " + table;
            sql.append(" set ").append(column).append(" = ").append(column);
            sql.append(" * ? where town = ? and ").append(column).append(" is not null");
            connection_.Run(sql, {match.factor, town_});
        }
        migration.steps.push_back(of + "：小数位增加");
    }
    if (match.stored->id != match.field->id) {
        migration.steps.push_back(of + "：由" + match.stored->id + "改名为" + match.field->id);
    }
    WriteNumber(match, number, false);
}

void TypeMigration::Apply(Migration& migration) {
    if (connection_
            .First("select 1 from record_number where town = ? and record = ?", {town_, type_.id})
            .empty()) {
        const auto highest = connection_.First(
            "select coalesce(max(number), 0) from record_number where town = ?", {town_}
        );
        connection_.Run(
            "insert into record_number (town, record, number) values (?, ?, ?)",
            {town_, type_.id, std::get<int64_t>(highest.at(0)) + 1}
        );
        migration.steps.push_back("新建台账“" + type_.name.zh + "”");
    }
    tables_.Ensure();
    bool recompute = false;
    for (Match& match : matches_) {
        const std::string now = match.computed == nullptr ? "" : Signature(model_, *match.computed);
        recompute = recompute ||
                    (match.computed != nullptr && (!match.stored || match.stored->formula != now));
        ApplyMatch(match, migration);
    }
    for (const auto& [field, reason] : dropped_) {
        // The old versions keep the column, so that their digests stay true.
        tables_.DropColumns(field.number, {TableName(type_.id)});
        connection_.Run(
            "update field_number set dropped = ? where town = ? and record = ? and number = ?",
            {reason, town_, type_.id, static_cast<int64_t>(field.number)}
        );
        migration.steps.push_back(
            "台账“" + type_.name.zh + "”字段" + field.id + "：停用（" + reason + "）"
        );
    }
    tables_.EnsureIndexes();
    if (recompute) {
        migration.recompute.push_back(type_.id);
    }
}

// Record types whose definition is gone while rows of theirs stand.
void RefuseVanishedTypes(
    store::Connection& connection,
    int64_t town,
    const definition::Model& model,
    std::vector<std::string>& refusals
) {
    connection.Query(
        "select record from record_number where town = ? order by number",
        {town},
        [&](const store::Statement& row) {
            const std::string record(row.Text(0));
            if (model.FindRecord(record) != nullptr) {
                return;
            }
            const auto count = connection.First(
                "select count(*) from " + TableName(record) + " where town = ?", {town}
            );
            if (const int64_t rows = std::get<int64_t>(count.at(0)); rows > 0) {
                refusals.push_back(
                    "台账" + record + "：在定义中消失了，其中还有" + std::to_string(rows) + "条记录"
                );
            }
        }
    );
}

}  // namespace

Migration Migrate(store::Connection& connection, int64_t town, const definition::Model& model) {
    std::vector<std::string> refusals;
    std::vector<TypeMigration> types;
    types.reserve(model.records.size());
    for (const definition::RecordType& type : model.records) {
        types.emplace_back(connection, town, model, type).Plan(refusals);
    }
    RefuseVanishedTypes(connection, town, model, refusals);
    if (!refusals.empty()) {
        throw Problem("migration_refused", {{"list", Join(refusals, "\n")}});
    }
    Migration migration;
    for (TypeMigration& type : types) {
        type.Apply(migration);
    }
    return migration;
}

std::vector<audit::VouchedTable> VouchedDefinitions() {
    return {
        {.table = "definition_file",
         .name = "定义文件",
         .key = {"digest"},
         .columns = {"content"},
         .where = {},
         .children = {}},
        {.table = "definition_tree_file",
         .name = "定义文件清单",
         .key = {"tree", "path"},
         .columns = {"file"},
         .where = {},
         .children = {}}};
}

bool StoreDefinitions(
    store::Connection& connection,
    int64_t town,
    const std::string& digest,
    const std::map<std::string, std::string>& files,
    int64_t at_millis
) {
    if (!connection
             .First("select 1 from definition_tree where town = ? and digest = ?", {town, digest})
             .empty()) {
        return false;
    }
    connection.Run(
        "insert into definition_tree (town, digest, at) values (?, ?, ?)", {town, digest, at_millis}
    );
    for (const auto& [path, bytes] : files) {
        const std::string content = ToHex(Sm3(bytes));
        connection.Run(
            "insert into definition_file (town, digest, content) values (?, ?, ?) on conflict "
            "(town, digest) do nothing",
            {town, content, bytes}
        );
        connection.Run(
            "insert into definition_tree_file (town, tree, path, file) values (?, ?, ?, ?)",
            {town, digest, path, content}
        );
    }
    return true;
}

}  // namespace zw::ledger
