// Random well-typed expressions on random rows: memory and SQLite must agree to the last digit and
// the last problem. And the other way round: a back end with a fault put into it must be caught.

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/problem.h"
#include "base/text.h"
#include "generator.h"
#include "tests/support/from_environment.h"

namespace zw::formula::testing {

namespace {

using zw::testing::FromEnvironment;

constexpr size_t kRows = 12;
constexpr size_t kRowsTried = 3;

std::optional<Formula> TryCompile(const std::string& text, const World& world, Profile profile) {
    try {
        return Formula::Compile(text, world, profile);
    } catch (const Problem& problem) {
        if (problem.code() != "formula_type") {
            throw;
        }
        return std::nullopt;  // a scale that grew past 9, units too far apart
    }
}

struct Difference {
    size_t row = 0;
    Outcome memory;
    Outcome sql;
};

class Comparer {
public:
    Comparer(Profile profile, uint64_t seed, Compiler compiler = ToSql)
        : profile_(profile),
          generator_(profile, seed),
          compiler_(std::move(compiler)),
          bench_(generator_.world(), Rows()) {}

    // Compares `count` expressions that compile; the first difference, shrunk, or the empty text.
    std::string Run(size_t count) {
        size_t tried = 0;
        while (compared_ < count) {
            REQUIRE_MESSAGE(++tried < 4 * count + 1000, "most expressions do not compile");
            const Expression expression = generator_.Next();
            const auto formula = TryCompile(expression.Text(), generator_.world(), profile_);
            if (!formula) {
                continue;
            }
            ++compared_;
            if (Compare(*formula)) {
                return Describe(Shrink(expression, [&](const Expression& smaller) {
                    return Differs(smaller);
                }));
            }
        }
        return {};
    }

    size_t compared() const { return compared_; }
    size_t problems() const { return problems_; }
    size_t nulls() const { return nulls_; }

private:
    std::vector<WorldRow> Rows() {
        std::vector<WorldRow> rows;
        for (size_t i = 0; i < kRows; ++i) {
            rows.push_back(generator_.NextRow());
        }
        return rows;
    }

    std::optional<Difference> CompareRow(const Formula& formula, size_t row) {
        const Outcome memory = bench_.InMemory(formula, row);
        problems_ += memory.problem.empty() ? 0 : 1;
        nulls_ += memory.text == "null" ? 1 : 0;
        const Outcome sql = bench_.InSql(formula, row, compiler_);
        if (memory != sql) {
            return Difference{row, memory, sql};
        }
        if (formula.type().kind != Kind::kBool) {
            return std::nullopt;
        }
        const Outcome wanted = memory.text == "null" ? Outcome{"false", ""} : memory;
        const Outcome selected = bench_.Selected(formula, row);
        return selected == wanted ? std::nullopt : std::optional(Difference{row, wanted, selected});
    }

    std::optional<Difference> Compare(const Formula& formula) {
        if (formula.aggregate() != Aggregate::kNone) {
            const Outcome memory = bench_.TotalInMemory(formula);
            const Outcome sql = bench_.TotalInSql(formula);
            problems_ += memory.problem.empty() ? 0 : 1;
            return memory == sql ? std::nullopt : std::optional(Difference{0, memory, sql});
        }
        for (size_t i = 0; i < kRowsTried; ++i) {
            const size_t row = (next_row_++) % kRows;
            if (auto difference = CompareRow(formula, row)) {
                return difference;
            }
        }
        return std::nullopt;
    }

    std::optional<Difference> CompareAll(const Formula& formula) {
        for (size_t row = 0; row < kRows && formula.aggregate() == Aggregate::kNone; ++row) {
            if (auto difference = CompareRow(formula, row)) {
                return difference;
            }
        }
        return formula.aggregate() == Aggregate::kNone ? std::nullopt : Compare(formula);
    }

    bool Differs(const Expression& expression) {
        const auto formula = TryCompile(expression.Text(), generator_.world(), profile_);
        return formula && CompareAll(*formula).has_value();
    }

    std::string Describe(const Expression& expression) {
        const std::string text = expression.Text();
        const auto formula = TryCompile(text, generator_.world(), profile_);
        const auto difference = CompareAll(formula.value());
        std::string message = text + "\n  memory: " + Shown(difference->memory) +
                              "\n  sql:    " + Shown(difference->sql);
        for (const std::string& path : formula->paths()) {
            message += "\n  " + path + " = " +
                       formula::ToText(bench_.rows()[difference->row].Get(Split(path, '.')));
        }
        return message;
    }

    Profile profile_;
    Generator generator_;
    Compiler compiler_;
    Bench bench_;
    size_t next_row_ = 0;
    size_t compared_ = 0;
    size_t problems_ = 0;
    size_t nulls_ = 0;
};

// `from` written as `to` in all SQL.
Compiler Faulty(const std::string& from, const std::string& to) {
    return [=](const Formula& formula, const SqlNames& names) {
        Sql sql = ToSql(formula, names);
        sql.text = ReplaceAll(sql.text, from, to);
        return sql;
    };
}

}  // namespace

TEST_CASE("random expressions: memory and SQLite agree") {
    const size_t count = FromEnvironment("ZW_RANDOM_EXPRESSIONS", 21'000) / 3;
    const uint64_t seed = FromEnvironment("ZW_RANDOM_SEED", 20231220);
    for (const Profile profile : {Profile::kRow, Profile::kChild, Profile::kSet}) {
        // Fresh rows every thousand expressions.
        size_t compared = 0;
        size_t problems = 0;
        size_t nulls = 0;
        for (uint64_t batch = 0; compared < count; ++batch) {
            Comparer comparer(profile, seed + batch * 7919);
            const std::string difference = comparer.Run(std::min<size_t>(1000, count - compared));
            REQUIRE_MESSAGE(difference.empty(), "seed " << seed << ": " << difference);
            compared += comparer.compared();
            problems += comparer.problems();
            nulls += comparer.nulls();
        }
        CHECK(compared >= count);
        CHECK(problems > 0);  // the ends of 64 bits are really met
        CHECK((profile == Profile::kSet || nulls > compared / 20));
    }
}

TEST_CASE("random expressions: a fault in a back end is caught and shrunk") {
    const std::pair<const char*, const char*> faults[] = {
        {"zw_add(", "zw_sub("},
        {" <= ", " < "},
        {"(not ", "("},
        {"coalesce(", "nullif("},
        {"zw_rcmp(", "-zw_rcmp("},
        {"zw_months(", "date("},
        {"is not null", "is null"},
        {"zw_and(", "zw_or("},
        {" > ", " >= "},
        {"zw_mul(", "zw_add("},
    };
    for (const auto& [from, to] : faults) {
        CAPTURE(std::string(from));
        std::string difference;
        try {
            difference = Comparer(Profile::kRow, 7, Faulty(from, to)).Run(4000);
        } catch (const std::runtime_error& error) {
            difference = error.what();  // SQL that SQLite itself refuses is caught too
        }
        CAPTURE(difference);
        CHECK(!difference.empty());
        CHECK(difference.substr(0, difference.find('\n')).size() < 120);
    }
}

TEST_CASE("random expressions: figures agree with SQL where a row could ask the same") {
    const size_t count = FromEnvironment("ZW_RANDOM_EXPRESSIONS", 21'000) / 10;
    Generator generator(Profile::kFigure, FromEnvironment("ZW_RANDOM_SEED", 20231220));
    std::vector<WorldRow> rows;
    for (size_t i = 0; i < kRows; ++i) {
        rows.push_back(generator.NextRow());
    }
    const Bench bench(generator.world(), rows);
    size_t figures_only = 0;
    for (size_t compared = 0; compared < count;) {
        const std::string text = generator.Next().Text();
        const auto figure = TryCompile(text, generator.world(), Profile::kFigure);
        const auto row = TryCompile(text, generator.world(), Profile::kRow);
        if (!figure || !row) {
            figures_only += figure ? 1 : 0;  // ratios added: FIGURE alone may
            continue;
        }
        CAPTURE(text);
        CHECK(
            Shown(bench.InMemory(*figure, compared % kRows)) ==
            Shown(bench.InSql(*row, compared % kRows))
        );
        ++compared;
    }
    CHECK(figures_only > 0);
}

}  // namespace zw::formula::testing
