#include "app/definitions.h"

#include "app/assets.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::app {

namespace {

namespace fs = std::filesystem;

definition::Layer BuiltIn() {
    definition::Layer layer;
    layer.name = "builtin";
    for (const auto& [path, bytes] : Assets::Embedded().files()) {
        if (StartsWith(path, "worklines/") || StartsWith(path, "rules/") ||
            StartsWith(path, "reports/")) {
            layer.files[std::string(path)] = std::string(bytes);
        }
    }
    return layer;
}

bool HoldsRoots(const fs::path& folder) {
    return fs::is_directory(folder / "worklines") || fs::is_directory(folder / "rules") ||
           fs::is_directory(folder / "reports");
}

void PutBefore(definition::Layer& layer, const fs::path& folder) {
    if (!fs::is_directory(folder)) {
        throw Problem(
            "not_found", {{"kind", "文件夹"}, {"name", folder.string()}, {"nearest", ""}}
        );
    }
    const std::string prefix = HoldsRoots(folder) ? "" : "worklines/";
    definition::Layer read = definition::ReadLayer(layer.name, folder);
    for (auto& [path, bytes] : read.files) {
        layer.files[prefix + path] = bytes;
    }
    layer.errors.insert(layer.errors.end(), read.errors.begin(), read.errors.end());
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
