// What the vectors (tests/formula) do not ask: dependencies, the texts of SQL, expectations. Values
// are the vectors' matter.
#include "formula/formula.h"

#include <doctest/doctest.h>

#include "tests/support/expect_problem.h"

namespace zw::formula {

namespace {

Type Number(Kind kind, int scale, const Unit& unit) {
    Type type;
    type.kind = kind;
    type.scale = scale;
    type.unit = unit;
    return type;
}

class Fields final : public Scope {
public:
    Fields() {
        units_.Add({"亩", "area", 2'000, {}});
        units_.Add({"公顷", "area", 30'000, {}});
    }
    std::optional<Type> Resolve(const std::vector<std::string>& path) const override {
        if (path == std::vector<std::string>{"plot"}) {
            Type ref;
            ref.kind = Kind::kRef;
            ref.record = "plot";
            return ref;
        }
        if (path.back() == "crop") {
            Type choice;
            choice.kind = Kind::kChoice;
            choice.choices = {"辣椒", "番茄"};
            return choice;
        }
        if (path.back() == "sown" || path.back() == "mu") {
            return Number(Kind::kDecimal, 2, *units_.Parse("亩"));
        }
        return std::nullopt;
    }
    std::vector<std::string> Candidates(const std::vector<std::string>&) const override {
        return {"sown", "crop", "plot"};
    }
    std::optional<std::vector<std::string>> Category(std::string_view name) const override {
        return name == "hot" ? std::optional(std::vector<std::string>{"辣椒"}) : std::nullopt;
    }
    std::optional<Type> Rule(std::string_view key) const override {
        return key == "most" ? std::optional(Number(Kind::kDecimal, 2, *units_.Parse("亩")))
                             : std::nullopt;
    }
    bool HasSeries() const override { return true; }
    const Units& units() const override { return units_; }

private:
    Units units_;
};

class Columns final : public SqlNames {
public:
    std::string Column(const std::vector<std::string>& path) const override {
        return "r." + path.back();
    }
    std::string Previous(const std::vector<std::string>& path) const override {
        return "p." + path.back();
    }
    Sql Rule(std::string_view) const override {
        return {"case when r.day < ? then ? end", {std::string("2024-01-01"), int64_t{5}}};
    }
    Date Today() const override { return {2023, 12, 20}; }
    std::string ChildSelect(std::string_view, const std::string&, const std::string&)
        const override {
        return "";
    }
    const SqlNames* ChildNames(std::string_view) const override { return nullptr; }
};

Sql SqlOf(const std::string& text) {
    return ConditionToSql(Formula::Compile(text, Fields(), Profile::kRow), Columns());
}

}  // namespace

TEST_CASE("formula: what a result depends on") {
    const Formula formula = Formula::Compile(
        "crop in category('hot') and plot.mu < sown and sown > rule('most') and sown > "
        "previous(sown) or plot.mu is null",
        Fields(),
        Profile::kChild
    );
    CHECK(formula.paths() == std::vector<std::string>{"crop", "plot.mu", "sown"});
    CHECK(formula.rules() == std::vector<std::string>{"most"});
    CHECK(formula.categories() == std::vector<std::string>{"hot"});
    CHECK(formula.uses_previous());
    CHECK_FALSE(formula.uses_today());
    CHECK(Formula::Compile("today() > '2023'", Fields(), Profile::kRow).uses_today());
}

TEST_CASE("formula: SQL binds every literal and leaves columns plain") {
    const Sql plain = SqlOf("sown > 1.5 and crop = '辣椒'");
    CHECK(plain.text == "(((r.sown) > ?) and ((r.crop) = ?))");
    CHECK(plain.values == std::vector<SqlValue>{int64_t{150}, std::string("辣椒")});
    CHECK(SqlOf("sown > 2 公顷").values == std::vector<SqlValue>{int64_t{3000}});
    CHECK(SqlOf("crop in category('hot')").text == "((r.crop) in (?))");
    CHECK(SqlOf("plot.mu between 1 and 2").text == "((r.mu) between ? and ?)");
}

TEST_CASE("formula: values of SQL stand in the order of their marks") {
    const Sql sql = SqlOf("sown + 3 亩 > rule('most') and sown < 7");
    CHECK(
        sql.values ==
        std::vector<SqlValue>{int64_t{300}, std::string("2024-01-01"), int64_t{5}, int64_t{700}}
    );
}

TEST_CASE("formula: a text of a user never becomes SQL") {
    const std::string evil = "x''); drop table r; --";
    Type text;
    const Sql sql =
        ToSql(Formula::Compile("'" + evil + "'", Fields(), Profile::kRow, text), Columns());
    CHECK(sql.text == "?");
    CHECK(sql.values == std::vector<SqlValue>{std::string("x'); drop table r; --")});
}

TEST_CASE("formula: a figure formula is not for SQL") {
    const Formula figure = Formula::Compile("sown / mu", Fields(), Profile::kFigure);
    CHECK_THROWS_AS(ToSql(figure, Columns()), std::logic_error);
    CHECK_THROWS_AS(
        ConditionToSql(Formula::Compile("sown", Fields(), Profile::kRow), Columns()),
        std::logic_error
    );
}

TEST_CASE("formula: what SQL gives back is a value of the type or a fault") {
    const Type decimal = Number(Kind::kDecimal, 2, {});
    const Type ratio = Number(Kind::kRatio, 0, {});
    Type period;
    period.kind = Kind::kPeriod;
    period.grain = Grain::kQuarter;
    CHECK(ToText(FromSql(decimal, int64_t{-125})) == "-1.25");
    CHECK(ToText(FromSql(ratio, std::string("2/6"))) == "1/3");
    CHECK(ToText(FromSql(period, std::string("2023-12-31"))) == "2023Q4");
    CHECK(IsNull(FromSql(decimal, SqlValue())));
    CHECK(testing::ProblemOf([&] { FromSql(ratio, std::string("1")); }) == "internal");
    CHECK(testing::ProblemOf([&] { FromSql(period, std::string("四季度")); }) == "internal");
}

TEST_CASE("formula: without a calendar work days are refused, not guessed") {
    class Empty final : public Row {
        Value Get(const std::vector<std::string>&) const override { return {}; }
        Value Rule(std::string_view) const override { return {}; }
        Date Today() const override { return {2023, 12, 20}; }
    };
    const Formula formula =
        Formula::Compile("workdays('2023-01-01', today())", Fields(), Profile::kRow);
    CHECK(testing::ProblemOf([&] { formula.Evaluate(Empty()); }) == "no_work_calendar");
}

}  // namespace zw::formula
