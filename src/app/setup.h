#pragma once
// A town's first day: its folder, its places, its settings. And settings afterwards.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "access/place.h"
#include "app/app.h"

namespace zw::app {

// What settings.json says: {"town": {"name", "code"}, "county": {"name", "code"}, "villages":
// [{"code", "name", "aliases", "groups"}], and any setting of the definitions: text, number}. Texts
// such as "county.name" are kept under dotted keys.
struct TownSettings {
    access::TownSetup places;
    std::map<std::string, std::string> values;  // setting key → text
};

// Throws "bad_settings_file" naming what is wrong where.
TownSettings ParseTownSettings(std::string_view json);
// Whether the folder may become a town: it is missing, or nothing stands in it but a certificate.
bool MayBecomeTown(const std::filesystem::path& folder);

// Makes the folder and everything in it. Throws "town_exists" when it already holds a town; leaves
// nothing behind on failure.
void InitTown(
    const std::filesystem::path& folder,
    const TownSettings& settings,
    const DefinitionOptions& options,
    const Environment& environment
);
// Brings places and settings up to date; returns the log number, 0 when nothing changed.
int64_t ChangeSettings(App& app, const access::Actor& actor, const TownSettings& settings);

}  // namespace zw::app
