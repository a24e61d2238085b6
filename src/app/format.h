#pragma once
// Which programs may open a town's database. Tables and columns that are added need no new format;
// what an older program would read or write wrongly does.

#include <cstdint>
#include <filesystem>

#include "store/database.h"

namespace zw::app {

// Raised together with such a change; CHANGELOG.md says what changed.
constexpr int64_t kTownFormat = 1;

// Throws "town_newer" where a program of a newer format has written. A town of before formats were
// kept is one of the first.
void RefuseNewerTown(store::Database& database, int64_t town, const std::filesystem::path& folder);
// From now on older programs refuse the town. Writes nothing where it says so already.
void MarkFormat(store::Database& database, int64_t town);

}  // namespace zw::app
