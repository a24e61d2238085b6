#include "app/definitions.h"

#include "app/assets.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/check.h"
#include "sample/plan.h"

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
        throw NotFound(Thing::kFolder, folder.string());
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

fs::path LayerFolder(const fs::path& town_folder, const std::string& layer) {
    return layer == "local" ? town_folder / layer : town_folder / "layers" / layer;
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
        for (const char* name : {"national", "province", "county", "local"}) {
            layers.push_back(definition::ReadLayer(name, LayerFolder(town_folder, name)));
        }
    }
    return layers;
}

CheckedDefinitions CheckDefinitions(const std::vector<definition::Layer>& layers) {
    definition::LoadResult loaded = definition::Load(layers);
    if (!loaded.model) {
        return {nullptr, std::move(loaded.errors), std::move(loaded.beside)};
    }
    CheckedDefinitions result{loaded.model, {}, std::move(loaded.beside)};
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

std::vector<definition::DefinitionError> CheckSample(
    const std::shared_ptr<const definition::Model>& model
) {
    std::vector<definition::DefinitionError> errors;
    for (const Problem& problem : sample::PlanFaults(model)) {
        const auto& details = problem.details();
        definition::Origin origin{"builtin", details.at("file"), 1, 1};
        origin.line = std::stoi(details.at("line"));
        origin.column = std::stoi(details.at("column"));
        errors.push_back({std::move(origin), problem.code(), details.at("what")});
    }
    return errors;
}

std::string PathOf(
    const definition::Origin& origin, const DefinitionOptions& options, const fs::path& town_folder
) {
    if (origin.layer != "builtin") {
        return (LayerFolder(town_folder, origin.layer) / origin.file).string();
    }
    std::vector<fs::path> candidates;
    if (!options.worklines.empty()) {
        candidates.push_back(options.worklines / origin.file);
        candidates.push_back(
            options.worklines / fs::path(origin.file).lexically_relative("worklines")
        );
    }
    for (const fs::path& candidate : candidates) {
        if (fs::is_regular_file(candidate)) {
            return candidate.string();
        }
    }
    return origin.file;
}

std::string TextOf(
    const definition::DefinitionError& error,
    const DefinitionOptions& options,
    const fs::path& town_folder
) {
    definition::DefinitionError here = error;
    here.origin.file = PathOf(error.origin, options, town_folder);
    here.origin.layer.clear();  // it is in the path
    return here.Text();
}

std::shared_ptr<const definition::Model> LoadModel(const DefinitionOptions& options) {
    return LoadModel(DefinitionLayers(options, {}), options, {});
}

std::shared_ptr<const definition::Model> LoadModel(
    const std::vector<definition::Layer>& layers,
    const DefinitionOptions& options,
    const fs::path& town_folder
) {
    const CheckedDefinitions result = CheckDefinitions(layers);
    if (!result.model) {
        std::vector<std::string> lines;
        for (const definition::DefinitionError& error : result.errors) {
            lines.push_back(TextOf(error, options, town_folder));
        }
        throw Problem(
            "definitions_wrong",
            {{"count", std::to_string(lines.size())}, {"errors", Join(lines, "\n")}}
        );
    }
    return result.model;
}

}  // namespace zw::app
