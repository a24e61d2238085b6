#pragma once
// Reads [[make]]: how the records of one type come about.

#include <vector>

#include "definition/scope.h"
#include "sample/plan.h"
#include "sample/toml_reader.h"

namespace zw::sample {

// Throws "sample_wrong".
Make ReadMake(const TomlReader& in, const toml::table& table, const definition::Meaning& meaning);

}  // namespace zw::sample
