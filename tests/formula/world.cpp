#include "world.h"

#include <toml++/toml.h>
#include <set>
#include <stdexcept>

#include "base/problem.h"
#include "base/text.h"
#include "store/sqlite_functions.h"

namespace zw::formula::testing {

namespace {

Units LoadUnits() {
    Units units;
    const auto file = toml::parse_file(std::string(ZW_SOURCE_DIR) + "/rules/units.toml");
    for (const auto& item : *file["unit"].as_array()) {
        const auto& table = *item.as_table();
        UnitDefinition definition{
            table["name"].value_or<std::string>(""),
            table["dimension"].value_or<std::string>(""),
            table["quanta"].value_or<int64_t>(1),
            {}};
        if (const auto* also = table["also"].as_array()) {
            for (const auto& name : *also) {
                definition.also.push_back(name.value_or<std::string>(""));
            }
        }
        units.Add(definition);
    }
    return units;
}

std::set<Date> LoadDates(const toml::table& table, const char* key) {
    std::set<Date> dates;
    for (const auto& day : *table[key].as_array()) {
        dates.insert(ParseIsoDate(day.value_or<std::string>("")).value());
    }
    return dates;
}

SqlValue StoredAs(const Type& type, const Value& value) {
    if (IsNull(value)) {
        return {};
    }
    switch (type.kind) {
        case Kind::kBool:
            return int64_t{std::get<bool>(value)};
        case Kind::kDecimal:
            return std::get<Decimal>(value).units;
        case Kind::kInt:
        case Kind::kRef:
            return std::get<int64_t>(value);
        case Kind::kPeriod:
            return zw::ToText(std::get<Period>(value).last);
        default:
            return ToText(value);
    }
}

bool IsNumberColumn(const Type& type) {
    return type.kind == Kind::kBool || type.kind == Kind::kInt || type.kind == Kind::kDecimal ||
           type.kind == Kind::kRef;
}

std::string Columns(const World& world, const std::string& prefix) {
    std::string columns;
    size_t i = 0;
    for (const auto& [name, type] : world.fields) {
        columns +=
            ", " + prefix + std::to_string(i++) + (IsNumberColumn(type) ? " bigint" : " text");
    }
    return columns;
}

std::string ColumnOf(
    const World& world, const std::string& prefix, const std::vector<std::string>& path
) {
    const auto found = world.fields.find(Join(path, "."));
    return prefix + std::to_string(std::distance(world.fields.begin(), found));
}

void AddValues(
    const World& world, const std::map<std::string, Value>& values, std::vector<SqlValue>& out
) {
    for (const auto& [name, type] : world.fields) {
        const auto found = values.find(name);
        out.push_back(found == values.end() ? SqlValue() : StoredAs(type, found->second));
    }
}

// What totals are made of: steps of a number, days of a date.
int64_t UnitsOf(const Value& value) {
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return decimal->units;
    }
    if (const auto* period = std::get_if<Period>(&value)) {
        return ToDays(period->last);
    }
    if (const auto* date = std::get_if<Date>(&value)) {
        return ToDays(*date);
    }
    const auto* whole = std::get_if<int64_t>(&value);
    return whole != nullptr ? *whole : 0;
}

template <typename Work>
Outcome OutcomeOf(const Work& work) {
    try {
        const Value value = work();
        return {IsNull(value) ? "null" : ToText(value), ""};
    } catch (const Problem& problem) {
        return {"", problem.code()};
    }
}

}  // namespace

const Units& ProductUnits() {
    static const Units units = LoadUnits();
    return units;
}

std::shared_ptr<const WorkCalendar> ProductCalendar() {
    static const std::shared_ptr<const WorkCalendar> calendar = [] {
        auto loaded = std::make_shared<WorkCalendar>();
        const auto file = toml::parse_file(std::string(ZW_SOURCE_DIR) + "/rules/holidays.toml");
        for (const auto& item : *file["year"].as_array()) {
            const auto& table = *item.as_table();
            loaded->Add(
                {table["year"].value_or(0),
                 table["source"].value_or<std::string>(""),
                 LoadDates(table, "holidays"),
                 LoadDates(table, "workdays")}
            );
        }
        return loaded;
    }();
    return calendar;
}

Type ParseType(const std::string& text) {
    const size_t space = text.find(' ');
    const std::string head = text.substr(0, space);
    const size_t open = head.find('(');
    const std::string name = head.substr(0, open);
    const std::string inside =
        open == std::string::npos ? "" : head.substr(open + 1, head.size() - open - 2);
    static const std::map<std::string, Kind> kinds = {
        {"bool", Kind::kBool},
        {"int", Kind::kInt},
        {"decimal", Kind::kDecimal},
        {"ratio", Kind::kRatio},
        {"text", Kind::kText},
        {"date", Kind::kDate},
        {"ref", Kind::kRef},
        {"choice", Kind::kChoice},
        {"period", Kind::kPeriod}};
    Type type;
    type.kind = kinds.at(name);
    if (space != std::string::npos) {
        type.unit = ProductUnits().Parse(text.substr(space + 1)).value();
    }
    if (type.kind == Kind::kDecimal) {
        type.scale = inside == "any" ? kAnyScale : std::stoi(inside);
    } else if (type.kind == Kind::kChoice) {
        type.choices = Split(inside, ',');
    } else if (type.kind == Kind::kPeriod) {
        type.grain = ParseGrain(inside).value();
    } else if (type.kind == Kind::kRef) {
        type.record = inside;
    }
    return type;
}

Value ParseValue(const Type& type, const std::optional<std::string>& text) {
    if (!text) {
        return {};
    }
    switch (type.kind) {
        case Kind::kBool:
            return *text == "true";
        case Kind::kInt:
        case Kind::kRef:
            return int64_t{std::stoll(*text)};
        case Kind::kDecimal:
            return Rescale(ParseDecimal(*text).value(), type.scale);
        case Kind::kRatio: {
            const auto parts = Split(*text, '/');
            return MakeRatio(std::stoll(parts.at(0)), std::stoll(parts.at(1))).value();
        }
        case Kind::kDate:
            return ParseIsoDate(*text).value();
        case Kind::kPeriod:
            return ParsePeriod(*text).value();
        default:
            return *text;
    }
}

std::optional<Type> World::Resolve(const std::vector<std::string>& path) const {
    const auto found = fields.find(Join(path, "."));
    return found == fields.end() ? std::nullopt : std::optional<Type>(found->second);
}

std::vector<std::string> World::Candidates(const std::vector<std::string>& path) const {
    const std::string prefix =
        Join({path.begin(), path.end() - 1}, ".") + (path.size() > 1 ? "." : "");
    std::vector<std::string> names;
    for (const auto& [name, type] : fields) {
        if (StartsWith(name, prefix) && name.find('.', prefix.size()) == std::string::npos) {
            names.push_back(name.substr(prefix.size()));
        }
    }
    return names;
}

std::optional<std::vector<std::string>> World::Category(std::string_view name) const {
    const auto found = categories.find(name);
    return found == categories.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Type> World::Rule(std::string_view key) const {
    const auto found = rules.find(key);
    return found == rules.end() ? std::nullopt : std::optional(found->second);
}

const Scope* World::Child(std::string_view name) const {
    const auto found = children.find(name);
    return found == children.end() ? nullptr : &found->second;
}

Value WorldRow::Get(const std::vector<std::string>& path) const {
    const auto found = values.find(Join(path, "."));
    return found == values.end() ? Value() : found->second;
}

Value WorldRow::Previous(const std::vector<std::string>& path) const {
    const auto found = previous.find(Join(path, "."));
    return found == previous.end() ? Value() : found->second;
}

Value WorldRow::Rule(std::string_view key) const {
    const auto found = rules.find(key);
    return found == rules.end() ? Value() : found->second;
}

void WorldRow::EachChild(std::string_view child, const std::function<void(const Row&)>& visit)
    const {
    const auto found = children.find(child);
    if (found != children.end()) {
        for (const WorldRow& row : found->second) {
            visit(row);
        }
    }
}

std::string Shown(const Outcome& outcome) {
    return outcome.problem.empty() ? outcome.text : "problem " + outcome.problem;
}

class Bench::Names final : public SqlNames {
public:
    Names(const World& world, const WorldRow& row, std::string table)
        : world_(world), row_(row), table_(std::move(table)) {
        for (const auto& [name, child] : world.children) {
            children_.emplace(name, std::make_unique<Names>(child, row, "child_" + name));
        }
    }
    std::string Column(const std::vector<std::string>& path) const override {
        return table_ + "." + ColumnOf(world_, "c", path);
    }
    std::string Previous(const std::vector<std::string>& path) const override {
        return table_ + "." + ColumnOf(world_, "p", path);
    }
    Sql Rule(std::string_view key) const override {
        return {"?", {StoredAs(world_.rules.find(key)->second, row_.Rule(key))}};
    }
    std::string RowId() const override { return table_ == "r" ? "r.id" : ""; }
    Date Today() const override { return row_.today; }
    std::string ChildSelect(
        std::string_view child, const std::string& what, const std::string& when
    ) const override {
        const std::string table = "child_" + std::string(child);
        return "select " + what + " from " + table + " where " + table + ".parent = r.id and " +
               when;
    }
    const SqlNames* ChildNames(std::string_view child) const override {
        const auto found = children_.find(child);
        return found == children_.end() ? nullptr : found->second.get();
    }

private:
    const World& world_;
    const WorldRow& row_;
    std::string table_;
    std::map<std::string, std::unique_ptr<Names>, std::less<>> children_;
};

Bench::Bench(const World& world, std::vector<WorldRow> rows)
    : world_(world), rows_(std::move(rows)) {
    if (sqlite3_open(":memory:", &handle_) != SQLITE_OK) {
        throw std::runtime_error("sqlite3_open");
    }
    store::RegisterFunctions(handle_);
    Create();
    Insert();
}

Bench::~Bench() {
    sqlite3_close(handle_);
}

void Bench::Create() {
    Run("create table r(id bigint" + Columns(world_, "c") + Columns(world_, "p") + ")", {});
    for (const auto& [name, child] : world_.children) {
        Run("create table child_" + name + "(parent bigint" + Columns(child, "c") + ")", {});
    }
}

void Bench::Insert() {
    const auto insert = [&](const std::string& table, const std::vector<SqlValue>& values) {
        std::string marks = "?";
        for (size_t i = 1; i < values.size(); ++i) {
            marks += ", ?";
        }
        Run("insert into " + table + " values (" + marks + ")", values);
    };
    for (size_t i = 0; i < rows_.size(); ++i) {
        std::vector<SqlValue> values = {static_cast<int64_t>(i)};
        AddValues(world_, rows_[i].values, values);
        AddValues(world_, rows_[i].previous, values);
        insert("r", values);
        for (const auto& [name, children] : rows_[i].children) {
            for (const WorldRow& child : children) {
                std::vector<SqlValue> child_values = {static_cast<int64_t>(i)};
                AddValues(world_.children.at(name), child.values, child_values);
                insert("child_" + name, child_values);
            }
        }
    }
}

std::vector<SqlValue> Bench::First(const Sql& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.text.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        throw std::runtime_error(std::string(sqlite3_errmsg(handle_)) + ": " + sql.text);
    }
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> guard(statement, sqlite3_finalize);
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(sql.values.size())) {
        throw std::runtime_error("parameters: " + sql.text);
    }
    for (size_t i = 0; i < sql.values.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        if (const auto* number = std::get_if<int64_t>(&sql.values[i])) {
            sqlite3_bind_int64(statement, at, *number);
        } else if (const auto* text = std::get_if<std::string>(&sql.values[i])) {
            sqlite3_bind_text(
                statement, at, text->c_str(), static_cast<int>(text->size()), SQLITE_TRANSIENT
            );
        }
    }
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) {
        return {};
    }
    if (code != SQLITE_ROW) {
        if (const auto problem = store::ProblemOfFunction(sqlite3_errmsg(handle_))) {
            throw Problem(*problem);
        }
        throw std::runtime_error(std::string(sqlite3_errmsg(handle_)) + ": " + sql.text);
    }
    std::vector<SqlValue> row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        switch (sqlite3_column_type(statement, i)) {
            case SQLITE_NULL:
                row.emplace_back();
                break;
            case SQLITE_INTEGER:
                row.emplace_back(int64_t{sqlite3_column_int64(statement, i)});
                break;
            case SQLITE_TEXT:
                row.emplace_back(
                    std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, i)))
                );
                break;
            default:
                throw std::runtime_error("a real came out of " + sql.text);
        }
    }
    return row;
}

void Bench::Run(const std::string& sql, const std::vector<SqlValue>& values) const {
    First({sql, values});
}

Outcome Bench::FirstAs(const Type& type, const Sql& sql) const {
    return OutcomeOf([&] { return FromSql(type, First(sql).at(0)); });
}

Outcome Bench::InMemory(const Formula& formula, size_t row) const {
    return OutcomeOf([&] { return formula.Evaluate(rows_[row]); });
}

Outcome Bench::InSql(const Formula& formula, size_t row, const Compiler& compile) const {
    Sql sql = compile(formula, Names(world_, rows_[row], "r"));
    sql.text = "select " + sql.text + " from r where r.id = " + std::to_string(row);
    return FirstAs(formula.argument_type(), sql);
}

Outcome Bench::Selected(const Formula& formula, size_t row) const {
    Sql sql = ConditionToSql(formula, Names(world_, rows_[row], "r"));
    sql.text = "select r.id from r where r.id = " + std::to_string(row) + " and " + sql.text;
    return OutcomeOf([&]() -> Value { return !First(sql).empty(); });
}

Outcome Bench::TotalInMemory(const Formula& formula) const {
    return OutcomeOf([&] {
        Int128 total = 0;
        int64_t count = 0;
        std::set<std::string> distinct;
        for (const WorldRow& row : rows_) {
            const Value value = formula.EvaluateArgument(row);
            if (IsNull(value)) {
                continue;
            }
            distinct.insert(ToText(value));
            const int64_t units = UnitsOf(value);
            switch (formula.aggregate()) {
                case Aggregate::kMin:
                    total = count == 0 ? units : std::min<Int128>(total, units);
                    break;
                case Aggregate::kMax:
                    total = count == 0 ? units : std::max<Int128>(total, units);
                    break;
                default:
                    total += units;
            }
            ++count;
        }
        if (formula.aggregate() == Aggregate::kCountDistinct) {
            total = static_cast<Int128>(distinct.size());
        } else if (formula.aggregate() == Aggregate::kCount) {
            total = count;
        }
        return formula.FromTotal(total, count);
    });
}

Outcome Bench::TotalInSql(const Formula& formula) const {
    const Sql argument = ArgumentToSql(formula, Names(world_, rows_.at(0), "r"));
    std::string call;
    switch (formula.aggregate()) {
        case Aggregate::kMin:
            call = "min(" + argument.text + ")";
            break;
        case Aggregate::kMax:
            call = "max(" + argument.text + ")";
            break;
        case Aggregate::kCount:
            call = "count(" + argument.text + ")";
            break;
        case Aggregate::kCountDistinct:
            call = "count(distinct " + argument.text + ")";
            break;
        default:
            call = "zw_sum(" + argument.text + ")";
    }
    return OutcomeOf([&]() -> Value {
        const Sql count{"select count(" + argument.text + ") from r", argument.values};
        const int64_t rows = std::get<int64_t>(First(count).at(0));
        const SqlValue total = First({"select " + call + " from r", argument.values}).at(0);
        if (std::holds_alternative<std::monostate>(total)) {
            return formula.FromTotal(0, 0);
        }
        const auto* text = std::get_if<std::string>(&total);
        return formula.FromTotal(
            text != nullptr ? ToDays(ParseIsoDate(*text).value()) : std::get<int64_t>(total), rows
        );
    });
}

}  // namespace zw::formula::testing
