// links: definition
// seeds: worklines/*/*/workline.toml
// Any bytes as a workline.toml: they are refused with places, or become a model; never a fault of
// the loader.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "definition/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace zw::definition;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    Layer base{"builtin", {}, {}};
    base.files["worklines/a/b/workline.toml"] = bytes;
    base.files["rules/units.toml"] =
        "[[unit]]\nname = \"亩\"\ndimension = \"area\"\nquanta = 2000\n";
    Layer over{"local", {}, {}};
    over.files["worklines/a/c/workline.toml"] = "extends = \"a/b\"\n" + bytes;
    const LoadResult result = Load({base, over});
    if ((result.model == nullptr) == result.errors.empty()) {
        std::abort();
    }
    for (const DefinitionError& error : result.errors) {
        if (error.origin.line < 1 || error.origin.column < 1 || error.message.empty()) {
            std::abort();
        }
    }
    return 0;
}
