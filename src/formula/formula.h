#pragma once
// The formula language (formula.md is its meaning): parse and type-check once, then run in memory
// or as SQL. Both back ends give the same result on the same rows, to the last digit; tests/formula
// holds them to it. A Formula is immutable and may be used from any thread.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "base/work_calendar.h"
#include "formula/type.h"

namespace zw::formula {

// Where a formula runs and so what it may use (formula.md, last table).
enum class Profile { kRow, kChild, kSet, kFigure };

// What names mean. Implemented by `definition` over record types and by `indicator` over
// indicators.
class Scope {
public:
    virtual ~Scope() = default;
    // The type of a dotted path ({"plot","terrain"}), following n:1 references; absent when there
    // is no such name.
    virtual std::optional<Type> Resolve(const std::vector<std::string>& path) const = 0;
    // Names that could have been meant, for "nearest" messages: fields of the record reached by
    // path[0..n-2].
    virtual std::vector<std::string> Candidates(const std::vector<std::string>& path) const = 0;
    // The members of category('…'); absent when there is no such category.
    virtual std::optional<std::vector<std::string>> Category(std::string_view name) const = 0;
    // The type of rule('…'); absent when there is no such rule.
    virtual std::optional<Type> Rule(std::string_view key) const = 0;
    // A parent's child record reached by a declared reverse reference, as used in sum(child.field
    // where …); nullptr when none.
    virtual const Scope* Child(std::string_view name) const {
        (void)name;
        return nullptr;
    }
    // Whether previous(field) may be asked here (the record declares `series`).
    virtual bool HasSeries() const { return false; }
    virtual const Units& units() const = 0;
    // What workdays() counts by. nullptr: workdays() fails with "no_work_calendar" on both back
    // ends.
    virtual std::shared_ptr<const WorkCalendar> Calendar() const { return nullptr; }
};

// One row as the memory back end reads it.
class Row {
public:
    virtual ~Row() = default;
    virtual Value Get(const std::vector<std::string>& path) const = 0;
    virtual Value Previous(const std::vector<std::string>& path) const {
        (void)path;
        return {};
    }
    // The value of a rule at the row's own date (figures: at the period's end); null when no value
    // was valid then.
    virtual Value Rule(std::string_view key) const = 0;
    virtual Date Today() const = 0;
    // The child rows of sum(child.field where …).
    virtual void EachChild(std::string_view child, const std::function<void(const Row&)>& visit)
        const {
        (void)child;
        (void)visit;
    }
};

enum class Aggregate { kNone, kSum, kCount, kCountDistinct, kMin, kMax, kAvg };

struct Node;  // the typed tree, in node.h; only back ends look at it

class Formula {
public:
    // Throws Problem "formula_syntax" or "formula_type" with details at (1-based code point
    // column), what, what_en, would (what would fit). `expected`, when given, is the type the
    // result must fit (unit conversion and scale included): then type() is it. A scale of kAnyScale
    // leaves the decimals to the formula. For kSet and kFigure only the unit of a number counts: an
    // exact figure in it, a kDecimal where decimals hold it, else a kRatio. A round(x, n) that is
    // the whole formula rounds in the expected unit.
    static Formula Compile(
        std::string_view text,
        const Scope& scope,
        Profile profile,
        const std::optional<Type>& expected = std::nullopt
    );

    const std::string& text() const;
    const Type& type() const;     // of the result
    Aggregate aggregate() const;  // of a kSet value; kNone elsewhere
    // Dotted paths read, without duplicates, sorted: what a result depends on.
    const std::vector<std::string>& paths() const;
    const std::vector<std::string>& rules() const;  // rule keys read
    const std::vector<std::string>& categories() const;
    bool uses_previous() const;
    bool uses_today() const;  // checks may, computed fields may not (their caller refuses)
    const Node& root() const;

    // kRow, kChild, kFigure. Throws overflow.
    Value Evaluate(const Row& row) const;
    // kSet: what one row adds: the aggregate's argument (for count(): int 1); null rows are skipped
    // by the caller.
    Value EvaluateArgument(const Row& row) const;
    // The type of EvaluateArgument and ArgumentToSql: the unit and scale that totals are kept in.
    const Type& argument_type() const;
    // The figure in type() of an aggregate over rows: kSum, kAvg: `total` = sum of arguments' units
    // and n of them; kMin, kMax: `total` = the units, of dates the days since 1970; counts: `total`
    // = the count. n = 0: null, but for counts. Throws overflow.
    Value FromTotal(Int128 total, int64_t n) const;
    // Printed in words for people: names by `name_of(path)`, those of rules by `rule_name(key)`
    // (none given: the key itself). A category reads as its members. In Chinese, or in English.
    std::string InWords(
        const std::function<std::string(const std::string& path)>& name_of,
        const std::function<std::string(const std::string& key)>& rule_name = nullptr,
        bool english = false
    ) const;

    struct Impl;
    const Impl& impl() const { return *impl_; }

private:
    explicit Formula(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<const Impl> impl_;
};

// ---- SQL back end
// -----------------------------------------------------------------------------------------------------------
using SqlValue = std::variant<std::monostate, int64_t, std::string>;

struct Sql {
    std::string text;  // with ? for each of `values`, in order
    std::vector<SqlValue> values;
};

// How SQL names things. Column expressions come from checked definitions; a user's text never
// becomes SQL. Storage: bool 0/1, int and ref as bigint, decimal as bigint at the field's scale,
// dates as 'YYYY-MM-DD', periods as the text of their last day, text and choice as text.
class SqlNames {
public:
    virtual ~SqlNames() = default;
    // e.g. "r.f3" or, for a path through references, a correlated scalar subquery.
    virtual std::string Column(const std::vector<std::string>& path) const = 0;
    virtual std::string Previous(const std::vector<std::string>& path) const = 0;
    // SQL for the rule's value at the row's date, scaled like its type: a literal when constant
    // over time, else a CASE.
    virtual Sql Rule(std::string_view key) const = 0;
    // SQL of the row's id: an overflow then names the record (Problem details "record"). Empty: it
    // does not.
    virtual std::string RowId() const { return {}; }
    virtual Date Today() const = 0;
    // "select {what} from child … where child belongs to this row and {when}"; {…} given as SQL of
    // the child's own names.
    virtual std::string ChildSelect(
        std::string_view child, const std::string& what, const std::string& when
    ) const = 0;
    virtual const SqlNames* ChildNames(std::string_view child) const = 0;
};

// A scalar SQL expression. Booleans come out as 1/0/NULL; decimals as bigint at
// formula.type().scale; ratios as the text "n/d", reduced; dates and periods as the text of their
// (last) day. Exact arithmetic goes through the zw_ functions that the store registers
// (store/sqlite_functions.h). Not for kFigure formulas, which run in memory.
Sql ToSql(const Formula& formula, const SqlNames& names);
// A bool formula as an SQL condition, to stand after `where`, `and`: plain comparisons that an
// index can serve.
Sql ConditionToSql(const Formula& formula, const SqlNames& names);
// What a column computed by ToSql holds, as a value of `type`. Throws Problem "internal" when it is
// none.
Value FromSql(const Type& type, const SqlValue& value);
// The argument of a kSet aggregate per row, as ToSql.
Sql ArgumentToSql(const Formula& formula, const SqlNames& names);

}  // namespace zw::formula
