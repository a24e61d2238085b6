#include "definition/loader.h"

#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>

using namespace zw;
using namespace zw::definition;

namespace {

Layer OwnDefinitions() {
    Layer layer;
    layer.name = "builtin";
    for (const char* folder : {"worklines", "rules", "reports"}) {
        Layer part = ReadLayer("builtin", std::string(ZW_SOURCE_DIR) + "/" + folder);
        for (auto& [path, bytes] : part.files) {
            layer.files[std::string(folder) + "/" + path] = bytes;
        }
        CHECK(part.errors.empty());
    }
    return layer;
}

}  // namespace

TEST_CASE("the product's own definitions are without fault") {
    const LoadResult result = Load({OwnDefinitions()});
    for (const DefinitionError& error : result.errors) {
        FAIL_CHECK(error.Text());
    }
    REQUIRE(result.model != nullptr);
    CHECK(result.model->TargetRecord() != nullptr);
    CHECK(result.model->SettingRecord() != nullptr);
    CHECK(result.model->digest.size() == 64);
}

namespace {

namespace fs = std::filesystem;

Layer Base() {
    return ReadLayer("builtin", fs::path(ZW_SOURCE_DIR) / "tests/definition/base");
}

std::string Told(const LoadResult& result) {
    std::string told;
    for (const DefinitionError& error : result.errors) {
        told += error.Text() + "\n";
    }
    return told;
}

// The example of DESIGN.md §2, as it stands there.
constexpr const char* kVegetable = R"toml(
name    = "蔬菜产业"
chapter = "industry"

[record.planting]
name     = "种植登记"
title    = "{plot.code}{season}{crop}"
key      = ["plot", "year", "season", "crop"]
reported = { by = "village", every = "year" }
fields = [
  { id = "plot",    name = "地块",   type = "ref",     to = "plot", match = [["code"], ["village", "mu"]] },
  { id = "year",    name = "年度",   type = "int" },
  { id = "crop",    name = "作物",   type = "choice",  of = "crop" },
  { id = "season",  name = "季",     type = "choice",  of = ["春播", "夏播", "秋冬播"] },
  { id = "sown",    name = "播种面积", type = "decimal", scale = 2, unit = "亩", min = 0, also = ["面积", "种植面积"] },
  { id = "yield",   name = "单产",   type = "decimal", scale = 0, unit = "公斤/亩" },
  { id = "on",      name = "收获日期", type = "date" },
]
computed = [{ id = "weight", name = "产量", formula = 'round(sown * yield, 0)', unit = "公斤" }]
check    = [{ id = "sown_over_plot", at = "sown", when = 'sown <= plot.mu', say = "播种面积大于地块面积" }]
warn     = [{ id = "yield_high", at = "yield", when = "crop in category('vegetable') and yield > rule('yield.vegetable.max')", say = "单产超出合理范围,请核对" }]

[indicator.output]
name  = "产量"
unit  = "吨"
of    = "planting"
at    = "on"
value = "sum(weight)"

[indicator.output_per_plot]
name  = "每块产量"
unit  = "吨/座"
value = "output / plots"
)toml";

Layer WithVegetable() {
    Layer layer = Base();
    layer.files["worklines/industry/vegetable/workline.toml"] = kVegetable;
    return layer;
}

}  // namespace

TEST_CASE("a line becomes a record type with types, units, formulas") {
    const LoadResult result = Load({WithVegetable()});
    REQUIRE(Told(result) == "");
    const RecordType* planting = result.model->FindRecord("planting");
    REQUIRE(planting != nullptr);
    CHECK(planting->line == "industry/vegetable");
    CHECK(planting->reported->at == "on");
    CHECK(
        planting->list_columns ==
        std::vector<std::string>{"plot", "year", "season", "crop", "sown", "yield"}
    );
    const Field* plot = planting->FindField("plot");
    CHECK(plot->match == MatchKeys{{"code"}, {"place", "mu"}});
    CHECK(planting->FindField("crop")->value_also.at("线椒") == "辣椒");
    const Field* weight = planting->FindField("weight");
    CHECK(weight->type.unit.name == "公斤");
    CHECK(weight->type.scale == 0);
    REQUIRE(planting->checks.size() == 2);
    CHECK_FALSE(planting->checks[0].warning);
    CHECK(planting->checks[1].warning);
    CHECK(result.model->records[0].id == "plot");  // referred to, so first
    CHECK(
        result.model->records[0].children ==
        std::vector<std::pair<std::string, std::string>>{{"planting", "plot"}}
    );

    const Indicator* output = result.model->FindIndicator("output");
    CHECK(output->adds == Adds::kPlaceTime);
    CHECK(output->type.unit.name == "吨");
    CHECK(output->type.scale == 3);  // 公斤 in 吨
    const Indicator* per_plot = result.model->FindIndicator("output_per_plot");
    CHECK(per_plot->IsDerived());
    CHECK(per_plot->adds == Adds::kNone);
    CHECK(per_plot->type.kind == formula::Kind::kRatio);
}

TEST_CASE(
    "a layer adds fields, choices, names, checks and rule values, and each key knows who spoke last"
) {
    Layer local{"local", {}, {}};
    local.files["worklines/industry/vegetable/workline.toml"] = R"toml(
extends = "industry/vegetable"
[record.planting]
name   = "本镇种植登记"
fields = [
  { id = "sown", also = ["亩数"] },
  { id = "season", of = ["复种"] },
  { id = "on", hide = true },
  { id = "x_film", name = "地膜", type = "bool" },
]
check = [{ id = "yield_positive", at = "yield", when = 'yield >= 0', say = "单产不能为负" }]
)toml";
    local.files["rules/town.toml"] =
        "[rule.\"yield.vegetable.max\"]\nvalues = [{ value = 9000, valid_from = 2024-01-01, source "
        "= \"镇文件\" }]\n";
    local.files["rules/lists.toml"] =
        "[list.crop]\nitems = [{ id = \"花椒\", categories = [\"vegetable\"] }]\n";
    const LoadResult result = Load({WithVegetable(), local});
    REQUIRE(Told(result) == "");
    const RecordType* planting = result.model->FindRecord("planting");
    CHECK(planting->name.zh == "本镇种植登记");
    CHECK(
        planting->FindField("sown")->also == std::vector<std::string>{"面积", "种植面积", "亩数"}
    );
    CHECK(planting->FindField("season")->type.choices.back() == "复种");
    CHECK(planting->FindField("on")->hidden);
    CHECK(planting->FindField("x_film") != nullptr);
    CHECK(planting->FindField("crop")->type.choices.back() == "花椒");
    CHECK(
        result.model->categories.at("vegetable") == std::vector<std::string>{"辣椒", "番茄", "花椒"}
    );
    CHECK(planting->checks.size() == 3);

    const Rule* rule = result.model->FindRule("yield.vegetable.max");
    CHECK(formula::ToText(rule->At({2023, 12, 31})) == "15000");
    CHECK(formula::ToText(rule->At({2024, 1, 1})) == "9000");

    const auto& origins = result.model->origins;
    CHECK(origins.at("record.planting.name").layer == "local");
    CHECK(origins.at("record.planting.name").line == 4);
    CHECK(origins.at("record.planting.title").layer == "builtin");
    CHECK(origins.at("record.planting.fields.x_film").line == 9);
    CHECK(origins.at("indicator.output.unit").layer == "builtin");
}

TEST_CASE("the digest changes with any file, its name and its layer") {
    const Layer layer = Base();
    Layer other = layer;
    other.files["README.md"] = "";
    Layer renamed = layer;
    renamed.name = "county";
    const std::string digest = Load({layer}).model->digest;
    CHECK(Load({layer}).model->digest == digest);
    CHECK(Load({other}).model->digest != digest);
    CHECK(Load({renamed}).model->digest != digest);
}

TEST_CASE("a folder is read with care: links out of it, large files, hidden names") {
    const fs::path folder = fs::temp_directory_path() / "zw_definition_layer_test";
    fs::remove_all(folder);
    fs::create_directories(folder / "layer/rules");
    std::ofstream(folder / "secret") << "x";
    std::ofstream(folder / "layer/rules/good.toml") << "a = 1";
    std::ofstream(folder / "layer/rules/.hidden") << "a = 1";
    std::ofstream(folder / "layer/rules/large.toml") << std::string((1U << 20U) + 1, ' ');
    fs::create_symlink(folder / "secret", folder / "layer/rules/out.toml");
    fs::create_symlink(folder / "layer/rules/good.toml", folder / "layer/rules/inside.toml");
    const Layer layer = ReadLayer("local", folder / "layer");
    CHECK(layer.files.size() == 2);
    CHECK(layer.files.at("rules/inside.toml") == "a = 1");
    std::vector<std::string> codes;
    for (const DefinitionError& error : layer.errors) {
        codes.push_back(error.code + " " + error.origin.file);
    }
    std::sort(codes.begin(), codes.end());
    CHECK(
        codes ==
        std::vector<std::string>{"file_too_large rules/large.toml", "link_outside rules/out.toml"}
    );
    CHECK_FALSE(Load({layer}).errors.empty());
    CHECK(ReadLayer("local", folder / "nowhere").files.empty());
    fs::remove_all(folder);
}
