#pragma once
// form add, bind, list, fill, filings; beside those of commands.h.

#include <CLI/CLI.hpp>

#include "cli/context.h"

namespace zw::cli {

void AddFormCommands(CLI::App& root, Context& context);

}  // namespace zw::cli
