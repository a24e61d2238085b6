#pragma once
// Each verb adds itself to the parser. A callback does the work and sets Context::exit; what goes
// wrong is thrown as Problem.

#include <CLI/CLI.hpp>

#include "cli/context.h"

namespace zw::cli {

void AddTownCommands(CLI::App& root, Context& context);    // init, settings, backup, restore, audit
void AddSampleCommand(CLI::App& root, Context& context);   // sample
void AddCheckCommands(CLI::App& root, Context& context);   // check, test
void AddSheetCommand(CLI::App& root, Context& context);    // sheet
void AddImportCommand(CLI::App& root, Context& context);   // import, import undo, import list
void AddLedgerCommands(CLI::App& root, Context& context);  // export, return
void AddFigureCommands(CLI::App& root, Context& context);  // figure, figure enter
void AddReportCommands(CLI::App& root, Context& context);  // report, report verify, report compare
void AddServeCommand(CLI::App& root, Context& context);    // serve
void AddUserCommand(CLI::App& root, Context& context);  // user list, add, password, end-sessions …

// What a command keeps its arguments in: lives as long as the parser.
template <typename Arguments>
std::shared_ptr<Arguments> Keep() {
    return std::make_shared<Arguments>();
}

}  // namespace zw::cli
