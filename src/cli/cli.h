#pragma once
// The command line: `zhenwu VERB …`. Scripts rely on its words, its JSON and its exit codes
// (README, "Words of the program").

#include "cli/context.h"

namespace zw::cli {

// Runs one command; prints to the context's streams, returns the exit code and never throws.
int Run(int argc, const char* const* argv, Context& context);

}  // namespace zw::cli
