#include "definition/loader.h"

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
