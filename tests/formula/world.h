#pragma once
// A made-up world that formulas run in, on both back ends: names with types, rows with values, and
// an SQLite table of the same.

#include <sqlite3.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.h"

namespace zw::formula::testing {

// The product's own rules/units.toml and rules/holidays.toml.
const Units& ProductUnits();
std::shared_ptr<const WorkCalendar> ProductCalendar();

// "decimal(2) 亩", "int 头", "ratio 元/人", "choice(春播,夏播)", "period(quarter)", "ref(plot)",
// "bool", "text", "date".
Type ParseType(const std::string& text);
// A value of `type` as ToText writes it; nothing is null.
Value ParseValue(const Type& type, const std::optional<std::string>& text);

class World final : public Scope {
public:
    std::optional<Type> Resolve(const std::vector<std::string>& path) const override;
    std::vector<std::string> Candidates(const std::vector<std::string>& path) const override;
    std::optional<std::vector<std::string>> Category(std::string_view name) const override;
    std::optional<Type> Rule(std::string_view key) const override;
    const Scope* Child(std::string_view name) const override;
    bool HasSeries() const override { return series; }
    const Units& units() const override { return ProductUnits(); }
    std::shared_ptr<const WorkCalendar> Calendar() const override { return ProductCalendar(); }

    std::map<std::string, Type> fields;  // by dotted path
    std::map<std::string, std::vector<std::string>, std::less<>> categories;
    std::map<std::string, Type, std::less<>> rules;
    std::map<std::string, World, std::less<>> children;
    bool series = false;
};

class WorldRow final : public Row {
public:
    Value Get(const std::vector<std::string>& path) const override;
    Value Previous(const std::vector<std::string>& path) const override;
    Value Rule(std::string_view key) const override;
    Date Today() const override { return today; }
    void EachChild(std::string_view child, const std::function<void(const Row&)>& visit)
        const override;

    std::map<std::string, Value> values;
    std::map<std::string, Value> previous;
    std::map<std::string, Value, std::less<>> rules;
    std::map<std::string, std::vector<WorldRow>, std::less<>> children;
    Date today{2023, 12, 20};
};

// What came out: a value as text with its type, or the code of a problem.
struct Outcome {
    std::string text;  // "null" for null
    std::string problem;

    bool operator==(const Outcome&) const = default;
};
std::string Shown(const Outcome& outcome);

// How a formula becomes SQL; tests put a faulty one in its place to see that it is caught.
using Compiler = std::function<Sql(const Formula&, const SqlNames&)>;

// A table r in memory with the rows of a world, children beside it; rows are numbered from 0.
class Bench {
public:
    Bench(const World& world, std::vector<WorldRow> rows);
    ~Bench();
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    const std::vector<WorldRow>& rows() const { return rows_; }
    Outcome InMemory(const Formula& formula, size_t row) const;
    // By ToSql unless `compile` says otherwise.
    Outcome InSql(const Formula& formula, size_t row, const Compiler& compile = ToSql) const;
    // Bool formulas: whether ConditionToSql selects the row; "true" or "false" (null selects
    // nothing).
    Outcome Selected(const Formula& formula, size_t row) const;
    // An aggregate over all rows.
    Outcome TotalInMemory(const Formula& formula) const;
    Outcome TotalInSql(const Formula& formula) const;

private:
    class Names;
    void Create();
    void Insert();
    void Run(const std::string& sql, const std::vector<SqlValue>& values) const;
    std::vector<SqlValue> First(const Sql& sql) const;
    Outcome FirstAs(const Type& type, const Sql& sql) const;

    const World& world_;
    std::vector<WorldRow> rows_;
    sqlite3* handle_ = nullptr;
};

}  // namespace zw::formula::testing
