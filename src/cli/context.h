#pragma once
// What every verb of the command line needs: where it prints, whether as JSON, and the outside
// world.

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "access/place.h"
#include "app/app.h"
#include "base/environment.h"

namespace zw::cli {

// Exit codes that scripts rely on.
constexpr int kDone = 0;
constexpr int kFindings = 1;  // findings or refused
constexpr int kWrongUse = 2;
constexpr int kFailure = 3;

struct Context {
    std::ostream& out;
    std::ostream& err;
    bool in_terminal = false;   // questions can be asked
    bool err_terminal = false;  // progress is shown
    bool json = false;
    app::DefinitionOptions definitions;
    app::Environment environment;
    int exit = kDone;

    std::unique_ptr<app::App> Open(const std::string& folder) const;
};

// Whoever sits at the office box: sees the whole town, personal data in clear.
access::Actor CommandLineActor();

// A place of a town by code, name or alias; empty text is the town. Throws "not_found" with the
// nearest name.
int64_t PlaceOf(const access::PlaceTree& places, const std::string& text);

// Throws "wrong_use" with the forms that would be right.
Period PeriodOf(const std::string& text);

}  // namespace zw::cli
