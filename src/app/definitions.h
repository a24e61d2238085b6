#pragma once
// Which definitions a town runs with: the built-in ones, a folder put before them, the town's
// layers.

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "definition/loader.h"

namespace zw::app {

struct DefinitionOptions {
    // `--worklines FOLDER`: its files stand in for built-in ones of the same path, new ones are
    // added. Either a folder of chapters (industry/greenhouse/workline.toml) or one that holds
    // worklines/, rules/, reports/. Empty: none.
    std::filesystem::path worklines;
};

// Built in, then DIR/layers/national, province, county, then DIR/local. `town_folder` may be empty:
// no town.
std::vector<definition::Layer> DefinitionLayers(
    const DefinitionOptions& options, const std::filesystem::path& town_folder
);

// What is wrong in them: what the loader finds, else (when `model` stands) what passages and
// reports name and is not there. Sorted as they are found.
struct CheckedDefinitions {
    std::shared_ptr<const definition::Model> model;  // null when there are errors
    std::vector<definition::DefinitionError> errors;
};
CheckedDefinitions CheckDefinitions(const std::vector<definition::Layer>& layers);

// Throws Problem "definitions_wrong" with every error in the detail `errors`, one a line.
std::shared_ptr<const definition::Model> LoadModel(const std::vector<definition::Layer>& layers);

}  // namespace zw::app
