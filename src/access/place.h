#pragma once
// Places: an internal id that never changes; code and name are attributes with dates (figures.md
// "Places"). And who acts.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "store/database.h"

namespace zw {
struct Words;
}

namespace zw::access {

enum class PlaceKind { kTown, kTownItself, kVillage };  // kTownItself: the leaf 镇本级

// What a place was called, and its code, up to a day.
struct FormerName {
    Date until;  // last day
    std::string code;
    std::string name;
};

struct Place {
    int64_t id = 0;
    int64_t parent = 0;  // 0: the root
    PlaceKind kind = PlaceKind::kVillage;
    std::string code;  // 12 digits; 镇本级 has the town's
    std::string name;
    std::vector<std::string> aliases;
    int groups = 0;  // 村民小组
    std::optional<Date> from;
    std::optional<Date> to;          // last day
    int64_t successor = 0;           // 0 none
    std::vector<FormerName> former;  // oldest first; `code` and `name` are today's

    // What it was called on that day.
    const std::string& NameOn(const Date& date) const;
};

// The tree as loaded at one moment; immutable, and shared by its copies.
class PlaceTree {
public:
    // Without any place.
    PlaceTree() : held_(std::make_shared<const Held>()) {}
    static PlaceTree Load(store::Connection& connection, int64_t town);

    const Place& town() const;            // the root
    const Place& town_itself() const;     // 镇本级
    const Place* Find(int64_t id) const;  // nullptr when unknown
    const std::vector<Place>& places() const { return held_->places; }
    // Villages that stood on `date`, by code.
    std::vector<const Place*> VillagesOn(const Date& date) const;
    std::vector<const Place*> Villages() const;
    // By code, name or alias, compared after Normalise(), else by former code or name; absent when
    // unknown or ambiguous (see Candidates).
    std::optional<int64_t> Match(std::string_view text) const;
    std::vector<const Place*> Candidates(std::string_view text) const;
    // The place whose figures hold this one's on `date` (itself, or its successor's).
    int64_t CountsFor(int64_t place, const Date& date) const;

private:
    struct Held {
        std::vector<Place> places;
        std::map<int64_t, size_t> by_id;
    };
    explicit PlaceTree(std::shared_ptr<const Held> held) : held_(std::move(held)) {}

    std::shared_ptr<const Held> held_;
};

void CreatePlaceTables(store::Connection& connection);
void SavePlace(store::Connection& connection, int64_t town, const Place& place);

// What an officer of an empty town says about its places (settings.json: town, villages).
// What is absent of the last four stays as it is known; an empty text takes it away.
struct VillageSetup {
    std::string code;
    std::string name;
    std::vector<std::string> aliases;
    int groups = 0;
    std::string was = {};    // the code that it is known by until now
    std::string since = {};  // the day from which code and name hold; empty: the day of the change
    std::optional<std::string> from = std::nullopt;  // first day, 2022-07-01
    std::optional<std::string> to = std::nullopt;    // last day
    std::optional<std::string> successor =
        std::nullopt;  // code of the village that it became part of
};
struct TownSetup {
    std::string code;
    std::string name;
    std::vector<VillageSetup> villages;
};

// Makes the town, 镇本级 and its villages, or brings those with the same code up to date; villages
// that `setup` does not name stay. A changed code or name is kept with the last day it held
// (`today`: the day of the change). Throws "bad_place" that says what is wrong: a code that is not
// 12 digits or stands twice, an empty name, a former code that no village has, a day that is none,
// an end before the beginning, a successor that is no village, has ended by then, or has no end
// beside it.
void InitPlaces(
    store::Connection& connection, int64_t town, const TownSetup& setup, const Date& today
);

// From the day after `last_day` the village is part of `successor`. Throws "not_found", and
// "bad_place" when either is no village or the successor has itself ended by then.
void MergePlace(
    store::Connection& connection,
    int64_t town,
    int64_t place,
    int64_t successor,
    const Date& last_day
);

// What somebody may do beside reading; doc/access.md says which role has which. All of it unless
// said otherwise: the program's own verbs act for whoever sits at the office box.
struct Rights {
    bool write = true;     // records and returns, of its lines and places
    bool import = true;    // files
    bool reveal = true;    // open one masked value, with a reason that is logged
    bool report = true;    // write the report's text
    bool seal = true;      // sign the final edition
    bool adopt = true;     // enter an adopted or forecast figure
    bool settings = true;  // what the town is called, its villages
    bool users = true;     // who may do what

    static Rights None() { return {false, false, false, false, false, false, false, false}; }
    bool operator==(const Rights&) const = default;
};

// Who acts: written into the log.
struct Actor {
    std::string name;             // "张三（zhangsan）" or "命令行"
    std::vector<int64_t> places;  // scope; empty: the whole town
    bool unmask = false;          // sees personal data in clear everywhere: never so over the web
    Rights rights = {};
    // Lines ("industry/vegetable") whose record types it may write; absent: those of every line.
    std::optional<std::vector<std::string>> lines = std::nullopt;

    bool InScope(int64_t place) const;
    bool WholeTown() const { return places.empty(); }
    // A record type of that line, somewhere within its places.
    bool MayWrite(std::string_view line) const;
    // Throws "forbidden" when it may not write a row of that line there.
    void RequireWrite(std::string_view line, int64_t place) const;
    // Throws "forbidden"; `what`: 导入文件.
    static void Require(bool right, const Words& what);
};

// SQL that holds for rows whose `column` is in the actor's scope: "1 = 1" when that is the whole
// town.
std::string ScopeSql(const Actor& actor, std::string_view column);

}  // namespace zw::access
