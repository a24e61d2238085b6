#include "cli/context.h"

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::cli {

std::unique_ptr<app::App> Context::Open(const std::string& folder) const {
    return app::App::Open(folder, definitions, environment);
}

access::Actor CommandLineActor() {
    access::Actor actor;
    actor.name = "命令行";
    actor.unmask = true;
    return actor;
}

int64_t PlaceOf(const access::PlaceTree& places, const std::string& text) {
    if (text.empty()) {
        return places.town().id;
    }
    if (const auto id = places.Match(text)) {
        return *id;
    }
    std::vector<std::string> names;
    for (const access::Place& place : places.places()) {
        names.push_back(place.name);
    }
    const auto nearest = Nearest(text, names);
    throw NotFound(Thing::kPlace, text, nearest);
}

Period PeriodOf(const std::string& text) {
    if (const auto period = ParsePeriod(text)) {
        return *period;
    }
    throw Problem::Because(
        "wrong_use",
        {"--period 应为 2023、2023Q4、2023-06 或 2023-06-30，而不是“" + text + "”",
         "--period is 2023, 2023Q4, 2023-06 or 2023-06-30, not \"" + text + "\""}
    );
}

}  // namespace zw::cli
