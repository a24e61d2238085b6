// tests/definition/bad/*.txt: definitions with faults, laid over the good ones of
// tests/definition/base, and all that must be said about them. ZW_UPDATE=1 writes what is said now;
// read the difference before you keep it.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "base/text.h"
#include "definition/loader.h"

using namespace zw;
using namespace zw::definition;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "==== ";

const fs::path& Folder() {
    static const fs::path kFolder = fs::path(ZW_SOURCE_DIR) / "tests/definition";
    return kFolder;
}

std::string ReadAll(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return std::move(bytes).str();
}

struct BadDefinition {
    std::string before;  // everything up to what is expected
    std::vector<Layer> layers;
    std::string expected;
};

void PutFile(BadDefinition& bad, const std::string& name, const std::string& bytes) {
    const size_t colon = name.find(": ");
    const std::string layer = colon == std::string::npos ? "builtin" : name.substr(0, colon);
    const std::string path = colon == std::string::npos ? name : name.substr(colon + 2);
    auto found = std::find_if(bad.layers.begin(), bad.layers.end(), [&](const Layer& each) {
        return each.name == layer;
    });
    if (found == bad.layers.end()) {
        bad.layers.push_back({layer, {}, {}});
        found = bad.layers.end() - 1;
    }
    found->files[path] = bytes;
}

BadDefinition Read(const fs::path& path) {
    const std::string text = ReadAll(path);
    BadDefinition bad;
    bad.layers.push_back(ReadLayer("builtin", Folder() / "base"));
    size_t at = text.find(kMark);
    while (at != std::string::npos) {
        const size_t line_end = text.find('\n', at);
        const std::string name = text.substr(at + kMark.size(), line_end - at - kMark.size());
        const size_t next = text.find("\n" + std::string(kMark), line_end);
        const size_t end = next == std::string::npos ? text.size() : next + 1;
        const std::string bytes = text.substr(line_end + 1, end - std::min(end, line_end + 1));
        if (name == "expect") {
            bad.before = text.substr(0, line_end + 1);
            bad.expected = bytes;
        } else {
            PutFile(bad, name, bytes);
        }
        at = next == std::string::npos ? next : next + 1;
    }
    return bad;
}

std::string Told(const LoadResult& result) {
    std::string told;
    for (const auto* errors : {&result.errors, &result.beside}) {
        for (const DefinitionError& error : *errors) {
            told += error.Text() + "\n";
        }
    }
    return told;
}

}  // namespace

TEST_CASE("the good definitions under the bad ones are good") {
    CHECK(Told(Load({ReadLayer("builtin", Folder() / "base")})).empty());
}

TEST_CASE("every bad definition is told in full") {
    const bool updates = std::getenv("ZW_UPDATE") != nullptr;
    int count = 0;
    for (const auto& entry : fs::directory_iterator(Folder() / "bad")) {
        const BadDefinition bad = Read(entry.path());
        const LoadResult result = Load(bad.layers);
        // What is wrong beside a work line does not keep a town from opening.
        CHECK_MESSAGE((result.model == nullptr) == !result.errors.empty(), entry.path().string());
        if (updates) {
            std::ofstream(entry.path(), std::ios::binary) << bad.before << Told(result);
            continue;
        }
        CHECK_MESSAGE(!bad.expected.empty(), entry.path().string());
        CHECK_MESSAGE(Told(result) == bad.expected, entry.path().string());
        ++count;
    }
    CHECK((updates || count >= 45));
}

TEST_CASE("doc/definitions.md is what the table of keys says") {
    const fs::path path = fs::path(ZW_SOURCE_DIR) / "doc/definitions.md";
    if (std::getenv("ZW_UPDATE") != nullptr) {
        std::ofstream(path, std::ios::binary) << DefinitionsReference();
    }
    CHECK_MESSAGE(ReadAll(path) == DefinitionsReference(), "stale: run ZW_UPDATE=1 on this test");
}
