#include "app/divisions.h"

#include <array>

#include "app/assets.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::app {

namespace {

constexpr size_t kProvince = 2;
constexpr size_t kCounty = 6;
constexpr size_t kTown = 9;

// The lines of one packed table; none where the build has no such table.
std::vector<Division> Table(const std::string& name) {
    std::vector<Division> out;
    const auto packed = Assets::Embedded().Find("divisions/" + name + ".csv.gz");
    if (!packed) {
        return out;
    }
    for (const std::string& line : Split(Gunzip(*packed), '\n')) {
        const size_t comma = line.find(',');
        if (comma != std::string::npos) {
            out.push_back({line.substr(0, comma), line.substr(comma + 1)});
        }
    }
    return out;
}

// Digits of the level below; 0 below villages.
size_t NextWidth(size_t width) {
    constexpr std::array<size_t, 6> kWidths{0, 2, 4, 6, 9, 12};
    for (size_t i = 0; i + 1 < kWidths.size(); ++i) {
        if (kWidths[i] == width) {
            return kWidths[i + 1];
        }
    }
    return 0;
}

}  // namespace

std::string TwelveDigits(const std::string& code) {
    return code.size() == kTown ? code + "000" : code;
}

std::vector<Division> DivisionsUnder(const std::string& code) {
    const size_t width = NextWidth(code.size());
    std::vector<Division> out;
    if (width == 0 || code.find_first_not_of("0123456789") != std::string::npos) {
        return out;
    }
    for (Division& one : Table(width < kCounty ? "index" : code.substr(0, kProvince))) {
        if (one.code.size() == width && StartsWith(one.code, code)) {
            out.push_back(std::move(one));
        }
    }
    return out;
}

TownSettings TownFromDivisions(const std::string& code) {
    const std::string town = code.substr(0, kTown);
    const std::string county = town.substr(0, kCounty);
    TownSettings settings;
    const bool digits = town.find_first_not_of("0123456789") == std::string::npos;
    if (digits && town.size() == kTown) {
        for (const Division& one : Table(town.substr(0, kProvince))) {
            if (one.code == town) {
                settings.places.code = TwelveDigits(town);
                settings.places.name = one.name;
                settings.values["town.name"] = one.name;
                settings.values["town.code"] = TwelveDigits(town);
            } else if (one.code == county) {
                settings.values["county.name"] = one.name;
                settings.values["county.code"] = county + "000000";
            } else if (one.code.size() > kTown && StartsWith(one.code, town)) {
                settings.places.villages.push_back({one.code, one.name, {}, 0});
            }
        }
    }
    if (settings.places.name.empty()) {
        throw Problem(
            "not_found",
            {{"kind", "乡镇代码"}, {"name", code}, {"nearest", "（应为统计用区划代码的前9位）"}}
        );
    }
    return settings;
}

}  // namespace zw::app
