#include "app/divisions.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <string_view>

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

constexpr const char* kVillageWord = "村";
constexpr const char* kNeighbourhoodWord = "社区";

bool EndsWithAny(const std::string& text, std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(), [&text](const char* ending) {
        return EndsWith(text, ending) && text.size() > std::string_view(ending).size();
    });
}

std::string Without(const std::string& text, std::string_view ending) {
    return text.substr(0, text.size() - ending.size());
}

// The list names the committees: 店子村委会, 大庄村村民委员会, 东厂社区居委会. A committee of
// residents without 社区 in its name (康宁居委会) is what people call the place.
std::string PlaceOfCommittee(const std::string& committee) {
    for (const char* ending : {"村民委员会", "村委会"}) {
        if (EndsWithAny(committee, {ending})) {
            const std::string place = Without(committee, ending);
            return EndsWithAny(place, {kVillageWord, kNeighbourhoodWord, "嘎查"})
                       ? place
                       : place + kVillageWord;
        }
    }
    for (const char* ending : {"居民委员会", "居委会"}) {
        if (EndsWithAny(committee, {ending}) &&
            EndsWithAny(Without(committee, ending), {kNeighbourhoodWord, kVillageWord})) {
            return Without(committee, ending);
        }
    }
    return committee;
}

// 店子 of 店子村; one character alone (李 of 李村) names nothing.
std::string ShortOf(const std::string& place) {
    constexpr size_t kShortest = 2;
    for (const char* ending : {kVillageWord, kNeighbourhoodWord}) {
        if (EndsWithAny(place, {ending})) {
            std::string rest = Without(place, ending);
            return Length(rest) < kShortest ? "" : rest;
        }
    }
    return "";
}

void NameVillages(std::vector<Division>& villages) {
    std::map<std::string, int> taken;
    for (Division& one : villages) {
        const std::string place = PlaceOfCommittee(one.name);
        if (place != one.name) {
            one.aliases.push_back(one.name);
            one.name = place;
        }
        ++taken[one.name];
        ++taken[ShortOf(one.name)];
    }
    for (Division& one : villages) {
        const std::string short_name = ShortOf(one.name);
        if (taken[one.name] > 1) {
            // 东关村 and 东关社区 stay apart; two that would be called the same keep the list's
            // names.
            one.name = one.aliases.empty() ? one.name : one.aliases.front();
            one.aliases.clear();
        } else if (!short_name.empty() && taken[short_name] == 1) {
            one.aliases.push_back(short_name);
        }
    }
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
    if (width > kTown) {
        NameVillages(out);
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
            }
        }
        for (const Division& one : DivisionsUnder(town)) {
            settings.places.villages.push_back({one.code, one.name, one.aliases, 0});
        }
    }
    if (settings.places.name.empty()) {
        throw Problem("unknown_town_code", {{"value", code}});
    }
    return settings;
}

}  // namespace zw::app
