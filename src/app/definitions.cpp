#include "app/definitions.h"

#include "app/assets.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/check.h"

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

CheckedDefinitions CheckDefinitions(const std::vector<definition::Layer>& layers) {
    definition::LoadResult loaded = definition::Load(layers);
    if (!loaded.model) {
        return {nullptr, std::move(loaded.errors)};
    }
    CheckedDefinitions result{loaded.model, {}};
    for (const Finding& finding : report::CheckDefinitions(*loaded.model)) {
        definition::Origin origin{"builtin", finding.file, finding.row, 0};
        origin.column = finding.column.empty() ? 1 : std::stoi(finding.column);
        for (const definition::Passage& passage : loaded.model->passages) {
            if (passage.origin.file == finding.file) {
                origin.layer = passage.origin.layer;
            }
        }
        result.errors.push_back({std::move(origin), finding.code, finding.message});
    }
    if (!result.errors.empty()) {
        result.model = nullptr;
    }
    return result;
}

std::shared_ptr<const definition::Model> LoadModel(const std::vector<definition::Layer>& layers) {
    const CheckedDefinitions result = CheckDefinitions(layers);
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
