#include "generator.h"

#include <algorithm>
#include <optional>

namespace zw::formula::testing {

namespace {

using Shapes = std::vector<std::string>;

// What a leaf of each sort may be.
const std::map<char, Shapes>& Leaves() {
    static const std::map<char, Shapes> leaves = {
        {'B', {"flag", "off", "true", "false", "(a is null)", "(sown is not null)"}},
        {'N', {"a", "b", "d2", "d4", "d9", "3", "0", "1.25", "-7", "9223372036854775807"}},
        {'A', {"sown", "hectares", "square", "12 亩", "0.5 公顷", "300 m²", "2.25 亩"}},
        {'M', {"weight", "tons", "3 吨", "250 公斤", "7 斤"}},
        {'Y', {"yield", "5 公斤/亩", "2 吨/公顷"}},
        {'H', {"heads", "birds", "3 头"}},
        {'P', {"share", "12.5 %", "100 %"}},
        {'R',
         {"(a / b)",
          "(d2 / d4)",
          "(sown / square)",
          "(weight / tons)",
          "(share / 3 %)",
          "(1 / 3)"}},
        {'T', {"on", "until", "quarter", "months('2024-01-31', 1)"}},
        {'C', {"crop", "other_crop"}},
        {'S', {"name", "note"}},
        {'K',
         {"kind = '辣椒'",
          "area > 1",
          "area is null",
          "big between -1 and 3",
          "hectares <= area",
          "kind in category('vegetable')"}},
    };
    return leaves;
}

const std::map<char, Shapes>& Branches() {
    static const std::map<char, Shapes> branches = {
        {'B',
         {"($B and $B)",
          "($B or $B)",
          "(not $B)",
          "($B and $B and $B)",
          "($N = $N)",
          "($N <> $N)",
          "($N < $N)",
          "($N <= $N)",
          "($N > 2.5)",
          "($A >= $A)",
          "($A < 1.5 公顷)",
          "($A = $A)",
          "($M > $M)",
          "($M <= 3 吨)",
          "($Y < $Y)",
          "($H = $H)",
          "($H > 2)",
          "($P >= 80)",
          "($P < $P)",
          "($R > $R)",
          "($R = $N)",
          "($R <= 33.3 %)",
          "($T < $T)",
          "($T >= $T)",
          "($T = '2023')",
          "($T between '2023-01-01' and $T)",
          "($N between $N and $N)",
          "($N not between 1 and $N)",
          "($A between $A and $A)",
          "($R between $N and $R)",
          "($C = $C)",
          "($C <> '番茄')",
          "($C in ['辣椒', '玉米'])",
          "($C in category('vegetable'))",
          "($C not in category('vegetable'))",
          "($C in category('empty'))",
          "($S = $S)",
          "($S = '张三')",
          "($S in ['张三', '李四'])",
          "($N in [1, 2.50, -7])",
          "($N not in [0, 3])",
          "($A in [1 公顷, 2])",
          "($T in ['2023-01-31', '2023Q4'])",
          "($N is null)",
          "($R is not null)",
          "($B is null)",
          "($B = $B)",
          "if($B, $B, $B)",
          "coalesce($B, $B)",
          "(days($T, $T) > 7)",
          "(age($T, $T) >= 18)",
          "(workdays($T, $T) < 5)",
          "(plot = other_plot)",
          "(plot is null)",
          "($M / $A > $Y)",
          "($A * $Y = $M)"}},
        {'N',
         {"($N + $N)",
          "($N - $N)",
          "($N * $N)",
          "-($N)",
          "($N - $N + $N - 1)",
          "round($N, 1)",
          "round($N, 6)",
          "round($N / $N, 2)",
          "round($A / $A, 1)",
          "round($N * $N, 2)",
          "round($N * $N * $N, 0)",
          "round($R, 3)",
          "if($B, $N, $N)",
          "coalesce($N, $N)",
          "coalesce($N, 0)",
          "year($T)",
          "round($N * $N / $N, 4)"}},
        {'A',
         {"($A + $A)",
          "($A - $A)",
          "($A * 2)",
          "(3 * $A)",
          "-($A)",
          "round($A, 1)",
          "if($B, $A, $A)",
          "if($B, $A, 0)",
          "coalesce($A, $A)",
          "coalesce($A, 0)",
          "round($M / $Y, 2)",
          "($A + 1)"}},
        {'M',
         {"($M + $M)",
          "($M - $M)",
          "($A * $Y)",
          "round($A * $Y, 0)",
          "if($B, $M, $M)",
          "coalesce($M, $M)",
          "round($M, 0)"}},
        {'Y', {"if($B, $Y, $Y)", "round($M / $A, 2)", "coalesce($Y, $Y)"}},
        {'H', {"($H + $H)", "($H - 1)", "if($B, $H, 0)", "coalesce($H, $H)"}},
        {'P', {"($P + $P)", "(100 - $P)", "coalesce($P, 0)", "round($P, 1)"}},
        {'R',
         {"($N / $N)",
          "($A / $A)",
          "($M / $M)",
          "($R * $N)",
          "($R / $N)",
          "-($R)",
          "coalesce($R, 0)",
          "if($B, $R, $N)",
          "($R * $R)",
          "($N / $R)",
          "($R * 100 %)"}},
        {'T',
         {"months($T, 1)",
          "months($T, a)",
          "months($T, -13)",
          "if($B, $T, $T)",
          "coalesce($T, $T)"}},
        {'C', {"if($B, $C, $C)", "coalesce($C, $C)", "coalesce($C, '西瓜')"}},
        {'S', {"if($B, $S, 'x')", "coalesce($S, $S)"}},
        {'K', {"($K and $K)", "($K or $K)", "(not $K)"}},
    };
    return branches;
}

// What a profile adds to ROW.
Shapes More(Profile profile, char sort) {
    if (profile == Profile::kChild && sort == 'N') {
        return {
            "previous(a)", "previous(d2)", "count(lots)", "count(lots where $K)", "sum(lots.big)"};
    }
    if (profile == Profile::kChild && sort == 'A') {
        return {
            "previous(sown)",
            "sum(lots.area)",
            "sum(lots.area where $K)",
            "coalesce(sum(lots.hectares where $K), 0)"};
    }
    if (profile == Profile::kFigure && sort == 'R') {
        return {"($R + $R)", "($R - $N)", "($R + $R - $R)"};
    }
    return {};
}

const Shapes& Roots(Profile profile) {
    static const Shapes plain = {
        "$B", "$B", "$B", "$N", "$A", "$M", "$Y", "$P", "$R", "$T", "$C", "$S", "$H"};
    static const Shapes set = {
        "$B",
        "sum($N)",
        "sum($A)",
        "sum($M)",
        "avg($N)",
        "avg($A)",
        "min($N)",
        "max($A)",
        "min($T)",
        "max($T)",
        "count()",
        "count(distinct $C)",
        "count(distinct $N)",
        "sum(coalesce($N, 0) + coalesce($N, 0))"};
    static const Shapes figure = {"$B", "$B", "$N", "$A", "$R", "$R", "$P"};
    return profile == Profile::kSet ? set : (profile == Profile::kFigure ? figure : plain);
}

World MakeWorld(Profile profile) {
    World world;
    for (const auto& [name, type] : std::map<std::string, std::string>{
             {"flag", "bool"},
             {"off", "bool"},
             {"a", "int"},
             {"b", "int"},
             {"d2", "decimal(2)"},
             {"d4", "decimal(4)"},
             {"d9", "decimal(9)"},
             {"sown", "decimal(2) 亩"},
             {"hectares", "decimal(4) 公顷"},
             {"square", "decimal(1) m²"},
             {"weight", "int 公斤"},
             {"tons", "decimal(3) 吨"},
             {"yield", "decimal(1) 公斤/亩"},
             {"heads", "int 头"},
             {"birds", "int 只"},
             {"share", "decimal(2) %"},
             {"on", "date"},
             {"until", "date"},
             {"quarter", "period(quarter)"},
             {"crop", "choice(辣椒,番茄,西瓜,玉米)"},
             {"other_crop", "choice(番茄,西瓜)"},
             {"name", "text"},
             {"note", "text"},
             {"plot", "ref(plot)"},
             {"other_plot", "ref(plot)"}}) {
        world.fields[name] = ParseType(type);
    }
    world.categories = {{"vegetable", {"辣椒", "番茄"}}, {"empty", {}}};
    if (profile == Profile::kChild) {
        world.series = true;
        World& lots = world.children["lots"];
        lots.categories = world.categories;
        lots.fields = {
            {"area", ParseType("decimal(2) 亩")},
            {"hectares", ParseType("decimal(4) 公顷")},
            {"big", ParseType("int")},
            {"kind", ParseType("choice(辣椒,番茄)")}};
    }
    return world;
}

}  // namespace

std::string Expression::Text() const {
    std::string text;
    size_t part = 0;
    for (size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == '$') {
            text += parts[part++].Text();
            ++i;
        } else {
            text += shape[i];
        }
    }
    return text;
}

Generator::Generator(Profile profile, uint64_t seed)
    : profile_(profile), random_(seed), world_(MakeWorld(profile)) {}

Expression Generator::Grow(char sort, int depth) {
    const Shapes& leaves = Leaves().at(sort);
    Shapes branches = Branches().at(sort);
    const Shapes more = More(profile_, sort);
    branches.insert(branches.end(), more.begin(), more.end());
    if (!more.empty() && Pick(3) == 0) {
        branches = more;
    }
    const bool is_leaf = depth <= 0 || Pick(4) == 0;
    Expression expression{
        sort, is_leaf ? leaves[Pick(leaves.size())] : branches[Pick(branches.size())], {}};
    for (size_t i = 0; i + 1 < expression.shape.size(); ++i) {
        if (expression.shape[i] == '$') {
            expression.parts.push_back(Grow(expression.shape[i + 1], depth - 1));
        }
    }
    return expression;
}

Expression Generator::Next() {
    const Shapes& roots = Roots(profile_);
    Expression root{'*', roots[Pick(roots.size())], {}};
    for (size_t i = 0; i + 1 < root.shape.size(); ++i) {
        if (root.shape[i] == '$') {
            root.parts.push_back(Grow(root.shape[i + 1], 1 + static_cast<int>(Pick(4))));
        }
    }
    return root;
}

Value Generator::NextValue(const Type& type) {
    constexpr int64_t kEdges[] = {
        0, 1, -1, 2, 3, 7, 100, -250, 15, INT64_MAX, INT64_MIN, 3'037'000'500, 1'000'000'000'000};
    if (Pick(6) == 0) {
        return {};
    }
    const int64_t number =
        Pick(3) == 0 ? kEdges[Pick(std::size(kEdges))] : static_cast<int64_t>(Pick(4000)) - 1000;
    switch (type.kind) {
        case Kind::kBool:
            return Pick(2) == 0;
        case Kind::kInt:
            return number;
        case Kind::kRef:
            return static_cast<int64_t>(Pick(3));
        case Kind::kDecimal:
            return Decimal{number, type.scale};
        case Kind::kDate:
            return FromDays(ToDays({2022, 1, 1}) + static_cast<int64_t>(Pick(1800)));
        case Kind::kPeriod:
            return PeriodOf(
                FromDays(ToDays({2022, 1, 1}) + static_cast<int64_t>(Pick(1800))), type.grain
            );
        case Kind::kChoice:
            return type.choices[Pick(type.choices.size())];
        default:
            return std::string(std::vector<std::string>{"张三", "李四", "x", "O'Neil"}[Pick(4)]);
    }
}

void Generator::FillRow(const World& world, std::map<std::string, Value>& values) {
    for (const auto& [name, type] : world.fields) {
        values[name] = NextValue(type);
    }
}

WorldRow Generator::NextRow() {
    WorldRow row;
    FillRow(world_, row.values);
    FillRow(world_, row.previous);
    for (const auto& [name, child] : world_.children) {
        row.children[name].resize(Pick(4));
        for (WorldRow& child_row : row.children[name]) {
            FillRow(child, child_row.values);
        }
    }
    return row;
}

namespace {

void AddInner(const Expression& expression, std::vector<Expression>& all) {
    for (const Expression& part : expression.parts) {
        all.push_back(part);
        AddInner(part, all);
    }
}

// `expression` with the first smaller thing in place of it or of one of its parts for which the
// whole still fails.
std::optional<Expression> Smaller(
    const Expression& expression, const std::function<bool(const Expression&)>& fails_with
) {
    const size_t length = expression.Text().size();
    std::vector<Expression> candidates;
    AddInner(expression, candidates);
    std::stable_sort(
        candidates.begin(),
        candidates.end(),
        [](const Expression& a, const Expression& b) { return a.Text().size() < b.Text().size(); }
    );
    if (Leaves().contains(expression.sort)) {
        for (const std::string& leaf : Leaves().at(expression.sort)) {
            candidates.push_back({expression.sort, leaf, {}});
        }
    }
    for (const Expression& candidate : candidates) {
        const bool fits = candidate.sort == expression.sort || expression.sort == '*';
        if (fits && candidate.Text().size() < length && fails_with(candidate)) {
            return candidate;
        }
    }
    for (size_t i = 0; i < expression.parts.size(); ++i) {
        Expression with = expression;
        const auto part = Smaller(expression.parts[i], [&](const Expression& smaller) {
            with.parts[i] = smaller;
            return fails_with(with);
        });
        if (part) {
            with.parts[i] = *part;
            return with;
        }
    }
    return std::nullopt;
}

}  // namespace

Expression Shrink(Expression failing, const std::function<bool(const Expression&)>& fails) {
    while (const auto smaller = Smaller(failing, fails)) {
        failing = *smaller;
    }
    return failing;
}

}  // namespace zw::formula::testing
