#pragma once
// One worked case in a town that stands open: its rows are written, its figures and sentences
// compared. What a case may say: cases.h.

#include <toml++/toml.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/app.h"

namespace zw::app {

// A value of a case as text: "1.20", 3, true. Empty where the key is absent.
std::string CaseText(const toml::node& node);
std::string CaseText(const toml::table& table, std::string_view key);

// Appends to `failures` what was expected and what came. Throws Problem for what the case names and
// the model has not, wrong_use for a key that cases do not have, a period that is none, and a case
// that expects nothing.
void RunCase(App& app, const toml::table& text, std::vector<std::string>& failures);

}  // namespace zw::app
