// InitPlaces: what a settings file says about places against what is known of them.

#include <set>

#include "access/place.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::access {

namespace {

constexpr std::string_view kTownItselfName = "镇本级";

[[noreturn]] void Wrong(const VillageSetup& village, const std::string& what) {
    throw Problem("bad_place", {{"code", village.code}, {"name", village.name}, {"what", what}});
}

void CheckSetup(const TownSetup& setup) {
    std::set<std::string> seen;
    const auto check = [&](const std::string& code, const std::string& name) {
        const bool digits =
            code.size() == 12 && code.find_first_not_of("0123456789") == std::string::npos;
        std::string what;
        if (!digits) {
            what = "代码应为12位数字";
        } else if (Normalise(name).empty()) {
            what = "没有名称";
        } else if (!seen.insert(code).second) {
            what = "代码写了两次";
        }
        if (!what.empty()) {
            throw Problem("bad_place", {{"code", code}, {"name", name}, {"what", what}});
        }
    };
    check(setup.code, setup.name);
    for (const VillageSetup& village : setup.villages) {
        check(village.code, village.name);
    }
}

std::optional<Date> DayOf(const VillageSetup& village, const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto day = ParseIsoDate(text);
    if (!day) {
        Wrong(village, "“" + text + "”不是日期，应写作 2022-07-01");
    }
    return day;
}

// The stored place of a kind (and code, for villages), or a fresh one.
Place FindOrMake(
    store::Connection& connection, int64_t town, PlaceKind kind, const std::string& code
) {
    const PlaceTree tree = PlaceTree::Load(connection, town);
    Place place;
    place.kind = kind;
    place.code = code;
    for (const Place& known : tree.places()) {
        if (known.kind == kind && (kind != PlaceKind::kVillage || known.code == code)) {
            return known;
        }
        place.id = std::max(place.id, known.id);
    }
    ++place.id;
    return place;
}

// The village as known, by the code it has or the one it had until now.
Place KnownVillage(store::Connection& connection, int64_t town, const VillageSetup& village) {
    Place place = FindOrMake(connection, town, PlaceKind::kVillage, village.code);
    if (village.was.empty() || !place.name.empty()) {
        return place;
    }
    place = FindOrMake(connection, town, PlaceKind::kVillage, village.was);
    if (place.name.empty()) {
        Wrong(village, "没有原代码为“" + village.was + "”的村");
    }
    return place;
}

void Rename(Place& place, const VillageSetup& village, const Date& since) {
    const bool known = !place.name.empty();
    if (known && (place.name != village.name || place.code != village.code)) {
        const Date until = AddDays(since, -1);
        if (!place.former.empty() && until <= place.former.back().until) {
            Wrong(village, "现名称的起始日期不在上一次改名之后");
        }
        place.former.push_back({until, place.code, place.name});
    }
    place.code = village.code;
    place.name = village.name;
}

void SaveVillage(
    store::Connection& connection,
    int64_t town,
    int64_t root,
    const VillageSetup& village,
    const Date& today
) {
    Place place = KnownVillage(connection, town, village);
    place.parent = root;
    place.aliases = village.aliases;
    place.groups = village.groups;
    Rename(place, village, DayOf(village, village.since).value_or(today));
    if (village.from) {
        place.from = DayOf(village, *village.from);
    }
    if (village.to) {
        place.to = DayOf(village, *village.to);
    }
    if (!place.to || village.successor) {
        place.successor = 0;
    }
    if (place.from && place.to && *place.to < *place.from) {
        Wrong(village, "止期早于起期");
    }
    SavePlace(connection, town, place);
}

// Once all villages are there: the successor may be one of this very setup.
void Merge(store::Connection& connection, int64_t town, const VillageSetup& village) {
    if (!village.successor || village.successor->empty()) {
        return;
    }
    const Place place = FindOrMake(connection, town, PlaceKind::kVillage, village.code);
    const Place heir = FindOrMake(connection, town, PlaceKind::kVillage, *village.successor);
    if (heir.name.empty()) {
        Wrong(village, "没有代码为“" + *village.successor + "”的村可以并入");
    }
    if (!place.to) {
        Wrong(village, "写了并入的村（successor），没有写止期（to）");
    }
    MergePlace(connection, town, place.id, heir.id, *place.to);
}

}  // namespace

void InitPlaces(
    store::Connection& connection, int64_t town, const TownSetup& setup, const Date& today
) {
    CheckSetup(setup);
    Place root = FindOrMake(connection, town, PlaceKind::kTown, setup.code);
    root.code = setup.code;
    root.name = setup.name;
    SavePlace(connection, town, root);
    Place itself = FindOrMake(connection, town, PlaceKind::kTownItself, setup.code);
    itself.code = setup.code;
    itself.parent = root.id;
    itself.name = kTownItselfName;
    SavePlace(connection, town, itself);
    for (const VillageSetup& village : setup.villages) {
        SaveVillage(connection, town, root.id, village, today);
    }
    for (const VillageSetup& village : setup.villages) {
        Merge(connection, town, village);
    }
}

}  // namespace zw::access
