// Passages are checked with the definitions, at start and by `zhenwu check`.

#include "app/definitions.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/problem.h"
#include "tests/support/temp_folder.h"

using namespace zw;
using zw::testing::TempFolder;

namespace {

app::CheckedDefinitions With(const TempFolder& folder, const std::string& passage) {
    const auto line = folder / "industry/greenhouse";
    std::filesystem::create_directories(line);
    std::ofstream(line / "passage.md") << passage;
    return app::CheckDefinitions(app::DefinitionLayers({folder.path()}, {}));
}

}  // namespace

TEST_CASE("the definitions inside the program are right") {
    const auto checked = app::CheckDefinitions(app::DefinitionLayers({}, {}));
    for (const auto& error : checked.errors) {
        FAIL_CHECK(error.Text());
    }
    CHECK(checked.beside.empty());
    CHECK(checked.model != nullptr);
}

TEST_CASE("a passage that asks for what is not there is told with file, line and column") {
    const TempFolder folder;
    const auto checked = With(
        folder,
        "<!-- 说明 -->\n"
        "全镇建成大棚{{p9=steel_greenhouses_existing}}，\n"
        "温室{{p10=solar_greenhouses_exsting}}；\n"
        "{{if name.province_short = "
        "'甘肃'}}{{phrase:leader_visits}}{{end}}{{phrase:leader_visits}}\n"
    );
    CHECK(checked.model == nullptr);
    REQUIRE(checked.errors.size() == 2);
    CHECK(
        checked.errors[0].Text() ==
        "worklines/industry/greenhouse/passage.md:3:3: "
        "没有找到指标“solar_greenhouses_exsting”，是不是“solar_greenhouses_existing”"
    );
    CHECK(checked.errors[1].code == "phrase_of_one_province");
    CHECK(checked.errors[1].origin.line == 4);
    // The program does not start with them.
    try {
        app::LoadModel(app::DefinitionOptions{folder.path()});
        FAIL("loaded");
    } catch (const Problem& problem) {
        CHECK(problem.code() == "definitions_wrong");
    }
}

TEST_CASE("a wrong name in a sample or case is told, and keeps no town from opening") {
    const TempFolder folder;
    const auto cases = folder / "industry/greenhouse/cases";
    std::filesystem::create_directories(cases);
    std::ofstream(cases / "own.toml") << "name = \"一\"\n\n[[figure]]\nof = \"no_such\"\n"
                                         "period = \"2023\"\nvalue = \"1\"\n";
    const auto checked = app::CheckDefinitions(app::DefinitionLayers({folder.path()}, {}));
    CHECK(checked.errors.empty());
    REQUIRE(checked.beside.size() == 1);
    CHECK(checked.beside[0].origin.file == "worklines/industry/greenhouse/cases/own.toml");
    CHECK(checked.beside[0].origin.line == 4);
    CHECK(app::LoadModel(app::DefinitionOptions{folder.path()}) != nullptr);
}
