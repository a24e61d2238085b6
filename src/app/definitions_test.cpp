#include "app/definitions.h"

#include <doctest/doctest.h>

#include <fstream>

#include "app/assets.h"
#include "base/problem.h"
#include "tests/support/temp_folder.h"

namespace zw::app {
namespace {

namespace fs = std::filesystem;

void Write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

TEST_CASE("a folder of chapters stands before the built-in lines") {
    const testing::TempFolder folder;
    Write(folder.path() / "industry/greenhouse/workline.toml", "# mine");
    Write(folder.path() / "industry/bees/workline.toml", "# new");
    const auto layers = DefinitionLayers({folder.path()}, {});
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].files.at("worklines/industry/greenhouse/workline.toml") == "# mine");
    CHECK(layers[0].files.at("worklines/industry/bees/workline.toml") == "# new");
    CHECK(layers[0].files.contains("rules/units.toml"));
}

TEST_CASE("of a whole checkout only its definitions are read") {
    const testing::TempFolder folder;
    Write(folder.path() / "worklines/industry/bees/workline.toml", "# new");
    Write(folder.path() / "rules/units.toml", "# mine");
    Write(folder.path() / "web/node_modules/some/package.toml", "not ours");
    const auto layers = DefinitionLayers({folder.path()}, {});
    CHECK(layers[0].files.contains("worklines/industry/bees/workline.toml"));
    CHECK(layers[0].files.at("rules/units.toml") == "# mine");
    for (const auto& [path, bytes] : layers[0].files) {
        CHECK_MESSAGE(path.find("node_modules") == std::string::npos, path);
    }
    CHECK(layers[0].errors.empty());
}

TEST_CASE("a folder that is not there is said") {
    CHECK_THROWS_AS(DefinitionLayers({"/no/such/folder"}, {}), Problem);
}

TEST_CASE("the definitions that the program carries load without an error") {
    CHECK_NOTHROW(LoadModel(DefinitionOptions{}));
}

TEST_CASE("a damaged pack is refused") {
    CHECK_THROWS_AS(Assets("\x05\x00\x00\x00"), Problem);
}

}  // namespace
}  // namespace zw::app
