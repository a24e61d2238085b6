#include "app/definitions.h"

#include "app/assets.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRoots[] = {"worklines", "rules", "reports"};

definition::Layer BuiltIn() {
    definition::Layer layer;
    layer.name = "builtin";
    for (const auto& [path, bytes] : Assets::Embedded().files()) {
        for (const std::string_view root : kRoots) {
            if (StartsWith(path, std::string(root) + "/")) {
                layer.files[std::string(path)] = std::string(bytes);
            }
        }
    }
    return layer;
}

void Add(definition::Layer& layer, const fs::path& folder, const std::string& prefix) {
    definition::Layer read = definition::ReadLayer(layer.name, folder);
    for (auto& [path, bytes] : read.files) {
        layer.files[prefix + path] = bytes;
    }
    layer.errors.insert(layer.errors.end(), read.errors.begin(), read.errors.end());
}

void PutBefore(definition::Layer& layer, const fs::path& folder) {
    if (!fs::is_directory(folder)) {
        throw Problem(
            "not_found", {{"kind", "文件夹"}, {"name", folder.string()}, {"nearest", ""}}
        );
    }
    // A whole checkout may be named: what lies beside the three roots is not ours to read.
    bool holds_roots = false;
    for (const std::string_view root : kRoots) {
        if (fs::is_directory(folder / root)) {
            Add(layer, folder / root, std::string(root) + "/");
            holds_roots = true;
        }
    }
    if (!holds_roots) {
        Add(layer, folder, "worklines/");
    }
}

}  // namespace

std::vector<definition::Layer> DefinitionLayers(
    const DefinitionOptions& options, const fs::path& town_folder
) {
    std::vector<definition::Layer> layers{BuiltIn()};
    if (!options.worklines.empty()) {
        PutBefore(layers.front(), options.worklines);
    }
    if (!town_folder.empty()) {
        for (const char* name : {"national", "province", "county"}) {
            layers.push_back(definition::ReadLayer(name, town_folder / "layers" / name));
        }
        layers.push_back(definition::ReadLayer("local", town_folder / "local"));
    }
    return layers;
}

std::shared_ptr<const definition::Model> LoadModel(const std::vector<definition::Layer>& layers) {
    definition::LoadResult result = definition::Load(layers);
    if (!result.model) {
        std::vector<std::string> lines;
        for (const definition::DefinitionError& error : result.errors) {
            lines.push_back(error.Text());
        }
        throw Problem(
            "definitions_wrong",
            {{"count", std::to_string(lines.size())}, {"errors", Join(lines, "\n")}}
        );
    }
    return result.model;
}

}  // namespace zw::app
