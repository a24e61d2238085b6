// vectors.json: each rule and example of doc/formula.md with its right answer, worked out outside
// this program. Every back end reads the same file.

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "base/problem.h"
#include "world.h"

namespace zw::formula::testing {

namespace {

namespace json = boost::json;

json::object Load() {
    std::ifstream file(std::string(ZW_SOURCE_DIR) + "/tests/formula/vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).as_object();
}

std::string TextOf(const json::object& object, const char* key, const char* otherwise = "") {
    const auto* value = object.if_contains(key);
    return value == nullptr || !value->is_string() ? otherwise : std::string(value->as_string());
}

World LoadWorld(const json::object& object) {
    World world;
    for (const auto& [name, type] : object.at("fields").as_object()) {
        world.fields[std::string(name)] = ParseType(std::string(type.as_string()));
    }
    if (const auto* rules = object.if_contains("rules")) {
        for (const auto& [name, type] : rules->as_object()) {
            world.rules.emplace(std::string(name), ParseType(std::string(type.as_string())));
        }
    }
    if (const auto* categories = object.if_contains("categories")) {
        for (const auto& [name, members] : categories->as_object()) {
            auto& all = world.categories[std::string(name)];
            for (const auto& member : members.as_array()) {
                all.emplace_back(member.as_string());
            }
        }
    }
    if (const auto* children = object.if_contains("children")) {
        for (const auto& [name, child] : children->as_object()) {
            world.children.emplace(std::string(name), LoadWorld(child.as_object()));
        }
    }
    world.series = object.contains("series");
    return world;
}

std::map<std::string, Value> LoadValues(const World& world, const json::object& object) {
    std::map<std::string, Value> values;
    for (const auto& [key, value] : object) {
        const std::string name(key);
        const auto type = world.fields.find(name);
        REQUIRE_MESSAGE(type != world.fields.end(), name);
        values[name] = ParseValue(
            type->second,
            value.is_null() ? std::nullopt : std::optional(std::string(value.as_string()))
        );
    }
    return values;
}

json::object ObjectOf(const json::object& object, const char* key) {
    const auto* found = object.if_contains(key);
    return found == nullptr ? json::object() : found->as_object();
}

WorldRow LoadRow(const World& world, const json::object& vector) {
    WorldRow row;
    row.values = LoadValues(world, ObjectOf(vector, "row"));
    row.previous = LoadValues(world, ObjectOf(vector, "previous"));
    for (const auto& [key, value] : ObjectOf(vector, "rules")) {
        row.rules[std::string(key)] =
            ParseValue(world.rules.find(key)->second, std::string(value.as_string()));
    }
    for (const auto& [key, rows] : ObjectOf(vector, "children")) {
        const World& child = world.children.find(key)->second;
        for (const auto& each : rows.as_array()) {
            WorldRow child_row;
            child_row.values = LoadValues(child, each.as_object());
            row.children[std::string(key)].push_back(child_row);
        }
    }
    const std::string today = TextOf(vector, "today", "2023-12-20");
    row.today = ParseIsoDate(today).value();
    return row;
}

Profile ProfileOf(const std::string& name) {
    static const std::map<std::string, Profile> profiles = {
        {"row", Profile::kRow},
        {"child", Profile::kChild},
        {"set", Profile::kSet},
        {"figure", Profile::kFigure}};
    return profiles.at(name);
}

Outcome Expected(const json::object& vector) {
    const std::string problem = TextOf(vector, "problem");
    return problem.empty() ? Outcome{TextOf(vector, "value", "null"), ""} : Outcome{"", problem};
}

void CheckRefused(
    const World& world, const json::object& vector, const std::optional<Type>& expected
) {
    const std::string text = TextOf(vector, "formula");
    try {
        Formula::Compile(text, world, ProfileOf(TextOf(vector, "profile", "row")), expected);
        FAIL_CHECK("not refused: " << text);
    } catch (const Problem& problem) {
        CHECK(problem.code() == TextOf(vector, "refused"));
        CHECK(problem.details().at("at") == std::to_string(vector.at("at").to_number<int>()));
        CHECK(problem.details().at("would") == TextOf(vector, "would"));
        CHECK(!problem.details().at("what").empty());
        CHECK(problem.Message(true).find("{wh") == std::string::npos);
    }
}

void CheckRows(const World& world, const Formula& formula, const json::object& vector) {
    std::vector<WorldRow> rows;
    for (const auto& row : vector.at("rows").as_array()) {
        rows.push_back(LoadRow(world, json::object{{"row", row}}));
    }
    if (rows.empty()) {
        const Value none = formula.FromTotal(0, 0);
        CHECK((IsNull(none) ? "null" : formula::ToText(none)) == TextOf(vector, "value", "null"));
        return;
    }
    const Bench bench(world, rows);
    CHECK(Shown(bench.TotalInMemory(formula)) == Shown(Expected(vector)));
    CHECK(Shown(bench.TotalInSql(formula)) == Shown(Expected(vector)));
}

void CheckValue(
    const World& world, const Formula& formula, const json::object& vector, Profile profile
) {
    const Bench bench(world, {LoadRow(world, vector)});
    CHECK(Shown(bench.InMemory(formula, 0)) == Shown(Expected(vector)));
    if (profile == Profile::kFigure) {
        return;
    }
    CHECK(Shown(bench.InSql(formula, 0)) == Shown(Expected(vector)));
    if (formula.type().kind == Kind::kBool) {
        const Outcome expected = Expected(vector);
        const Outcome selected = expected.text == "null" ? Outcome{"false", ""} : expected;
        CHECK(Shown(bench.Selected(formula, 0)) == Shown(selected));
    }
}

void CheckVector(const World& world, const json::object& vector) {
    const std::string text = TextOf(vector, "formula");
    CAPTURE(text);
    const std::string expect = TextOf(vector, "expect");
    const auto expected = expect.empty() ? std::nullopt : std::optional(ParseType(expect));
    if (vector.contains("refused")) {
        return CheckRefused(world, vector, expected);
    }
    const Profile profile = ProfileOf(TextOf(vector, "profile", "row"));
    try {
        const Formula formula = Formula::Compile(text, world, profile, expected);
        if (vector.contains("type")) {
            CHECK(Describe(formula.type()) == TextOf(vector, "type"));
        }
        if (vector.contains("words")) {
            CHECK(formula.InWords([](const std::string& path) {
                return "〔" + path + "〕";
            }) == TextOf(vector, "words"));
        }
        if (vector.contains("words_en")) {
            const auto name = [](const std::string& path) { return "<" + path + ">"; };
            CHECK(formula.InWords(name, nullptr, true) == TextOf(vector, "words_en"));
        }
        if (vector.contains("rows")) {
            return CheckRows(world, formula, vector);
        }
        CheckValue(world, formula, vector, profile);
    } catch (const Problem& problem) {
        FAIL_CHECK(problem.what());
    }
}

}  // namespace

TEST_CASE("vectors: every rule of the language on both back ends") {
    const json::object file = Load();
    std::map<std::string, World> worlds;
    for (const auto& [name, world] : file.at("worlds").as_object()) {
        worlds.emplace(std::string(name), LoadWorld(world.as_object()));
    }
    const json::array& vectors = file.at("vectors").as_array();
    CHECK(vectors.size() >= 150);
    for (const auto& vector : vectors) {
        const json::object& object = vector.as_object();
        CheckVector(worlds.at(TextOf(object, "world", "row")), object);
    }
}

}  // namespace zw::formula::testing
