#pragma once
// Reads layers of definition files into one checked Model. All errors are found at once, each with
// file:line:column, what is wrong and what would be right (nearest name).

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "definition/model.h"

namespace zw::definition {

struct DefinitionError {
    Origin origin;
    std::string code;     // unknown_key, wrong_unit, missing_reference …
    std::string message;  // Chinese: what is wrong; what would be right
    // file:line:column: message; a layer other than builtin stands before the file:
    // local/worklines/…
    std::string Text() const;
};

// One layer: path (worklines/industry/vegetable/workline.toml, rules/units.toml,
// reports/annual/report.toml …) → bytes.
struct Layer {
    std::string name;  // builtin, national, province, county, local: later wins
    std::map<std::string, std::string> files;
    std::vector<DefinitionError> errors;  // files that were not read; Load passes them on
};

// All files under `folder`; nothing when it is not there. Names that begin with a dot are passed
// over. A file over 1 MiB (16 MiB for .docx) and a symbolic link that leads out of the folder are
// errors of the layer.
Layer ReadLayer(std::string name, const std::filesystem::path& folder);

struct LoadResult {
    std::shared_ptr<const Model> model;   // null when there are errors
    std::vector<DefinitionError> errors;  // sorted by file, line, column
    // What is wrong in samples and cases, likewise: the model stands without them.
    std::vector<DefinitionError> beside;
};

LoadResult Load(const std::vector<Layer>& layers);

// doc/definitions.md, from the loader's own table of keys.
std::string DefinitionsReference();

}  // namespace zw::definition
