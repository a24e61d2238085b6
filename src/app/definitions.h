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
    std::vector<definition::DefinitionError> beside;  // in samples and cases: a town runs without
};
CheckedDefinitions CheckDefinitions(const std::vector<definition::Layer>& layers);

// What only `zhenwu check` looks at, since a town runs without it: that the made-up town can be
// made from the lines' sample.toml. One error at most for each part of it.
std::vector<definition::DefinitionError> CheckSample(
    const std::shared_ptr<const definition::Model>& model
);

// Where the file of a definition can be opened on this machine; of one inside the program its path
// there (worklines/…).
std::string PathOf(
    const definition::Origin& origin,
    const DefinitionOptions& options,
    const std::filesystem::path& town_folder
);
// path:line:column: message.
std::string TextOf(
    const definition::DefinitionError& error,
    const DefinitionOptions& options,
    const std::filesystem::path& town_folder
);

// Throws Problem "definitions_wrong" with every error in the detail `errors`, one a line.
// `layers` are those that DefinitionLayers read of the two others.
std::shared_ptr<const definition::Model> LoadModel(
    const std::vector<definition::Layer>& layers,
    const DefinitionOptions& options,
    const std::filesystem::path& town_folder
);
// Without a town.
std::shared_ptr<const definition::Model> LoadModel(const DefinitionOptions& options);

}  // namespace zw::app
