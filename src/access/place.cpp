#include "access/place.h"

#include <algorithm>
#include <set>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "store/schema.h"

namespace zw::access {

namespace {

constexpr char kAliasSeparator = '\n';
constexpr char kPartSeparator = '\t';

std::string_view KindName(PlaceKind kind) {
    switch (kind) {
        case PlaceKind::kTown:
            return "town";
        case PlaceKind::kTownItself:
            return "town_itself";
        case PlaceKind::kVillage:
            break;
    }
    return "village";
}

PlaceKind ParseKind(std::string_view name) {
    if (name == "town") {
        return PlaceKind::kTown;
    }
    return name == "town_itself" ? PlaceKind::kTownItself : PlaceKind::kVillage;
}

store::Value DateValue(const std::optional<Date>& date) {
    return date ? store::Value(ToText(*date)) : store::Value();
}

std::optional<Date> ReadDate(const store::Statement& row, int column) {
    return row.IsNull(column) ? std::nullopt : ParseIsoDate(row.Text(column));
}

bool Matches(const Place& place, std::string_view normalised) {
    const auto same = [&](const std::string& name) { return Normalise(name) == normalised; };
    return place.code == normalised || same(place.name) ||
           std::any_of(place.aliases.begin(), place.aliases.end(), same);
}

bool StandsOn(const Place& place, const Date& date) {
    return (!place.from || *place.from <= date) && (!place.to || date <= *place.to);
}

bool Was(const Place& place, std::string_view normalised) {
    return std::any_of(place.former.begin(), place.former.end(), [&](const FormerName& former) {
        return former.code == normalised || Normalise(former.name) == normalised;
    });
}

// A line each: last day, code, name.
std::string FormerText(const std::vector<FormerName>& names) {
    std::vector<std::string> lines;
    lines.reserve(names.size());
    for (const FormerName& former : names) {
        lines.push_back(
            ToText(former.until) + kPartSeparator + former.code + kPartSeparator + former.name
        );
    }
    return Join(lines, "\n");
}

std::vector<FormerName> ReadFormer(const std::string& text) {
    std::vector<FormerName> names;
    for (const std::string& line : Split(text, '\n')) {
        const std::vector<std::string> parts = Split(line, kPartSeparator);
        const auto until = ParseIsoDate(parts.front());
        if (until && parts.size() == 3) {
            names.push_back({*until, parts[1], parts[2]});
        }
    }
    return names;
}

}  // namespace

void CreatePlaceTables(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "place",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"id", ColumnType::kBigint, true},
              {"parent", ColumnType::kBigint, true},
              {"kind", ColumnType::kText, true},
              {"code", ColumnType::kText, true},
              {"name", ColumnType::kText, true},
              {"aliases", ColumnType::kText, true},
              {"villager_groups", ColumnType::kBigint, true},
              {"stood_from", ColumnType::kText, false},
              {"stood_to", ColumnType::kText, false},
              {"successor", ColumnType::kBigint, true},
              {"former", ColumnType::kText, false}},
         .primary_key = {"town", "id"},
         .indexes = {}}
    );
}

void SavePlace(store::Connection& connection, int64_t town, const Place& place) {
    connection.Run(
        "insert into place (town, id, parent, kind, code, name, aliases, villager_groups, "
        "stood_from, stood_to, successor, former) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (town, id) do update set parent = "
        "excluded.parent, "
        "kind = excluded.kind, code = excluded.code, name = excluded.name, aliases = "
        "excluded.aliases, "
        "villager_groups = excluded.villager_groups, stood_from = excluded.stood_from, stood_to = "
        "excluded.stood_to, "
        "successor = excluded.successor, former = excluded.former",
        {town,
         place.id,
         place.parent,
         std::string(KindName(place.kind)),
         place.code,
         place.name,
         Join(place.aliases, std::string(1, kAliasSeparator)),
         static_cast<int64_t>(place.groups),
         DateValue(place.from),
         DateValue(place.to),
         place.successor,
         place.former.empty() ? store::Value() : store::Value(FormerText(place.former))}
    );
}

PlaceTree PlaceTree::Load(store::Connection& connection, int64_t town) {
    auto held = std::make_shared<Held>();
    connection.Query(
        "select id, parent, kind, code, name, aliases, villager_groups, stood_from, stood_to, "
        "successor, former from place "
        "where town = ? order by code, id",
        {town},
        [&](const store::Statement& row) {
            Place place;
            place.id = row.Int(0);
            place.parent = row.Int(1);
            place.kind = ParseKind(row.Text(2));
            place.code = row.Text(3);
            place.name = row.Text(4);
            if (!row.Text(5).empty()) {
                place.aliases = Split(row.Text(5), kAliasSeparator);
            }
            place.groups = static_cast<int>(row.Int(6));
            place.from = ReadDate(row, 7);
            place.to = ReadDate(row, 8);
            place.successor = row.Int(9);
            if (!row.IsNull(10)) {
                place.former = ReadFormer(std::string(row.Text(10)));
            }
            held->by_id[place.id] = held->places.size();
            held->places.push_back(std::move(place));
        }
    );
    return PlaceTree(std::move(held));
}

const std::string& Place::NameOn(const Date& date) const {
    for (const FormerName& one : former) {
        if (date <= one.until) {
            return one.name;
        }
    }
    return name;
}

const Place& PlaceTree::town() const {
    for (const Place& place : places()) {
        if (place.kind == PlaceKind::kTown) {
            return place;
        }
    }
    throw Problem("no_places");
}

const Place& PlaceTree::town_itself() const {
    for (const Place& place : places()) {
        if (place.kind == PlaceKind::kTownItself) {
            return place;
        }
    }
    throw Problem("no_places");
}

const Place* PlaceTree::Find(int64_t id) const {
    const auto found = held_->by_id.find(id);
    return found == held_->by_id.end() ? nullptr : &held_->places[found->second];
}

std::vector<const Place*> PlaceTree::VillagesOn(const Date& date) const {
    std::vector<const Place*> villages = Villages();
    std::erase_if(villages, [&](const Place* place) { return !StandsOn(*place, date); });
    return villages;
}

std::vector<const Place*> PlaceTree::Villages() const {
    std::vector<const Place*> villages;
    for (const Place& place : places()) {
        if (place.kind == PlaceKind::kVillage) {
            villages.push_back(&place);
        }
    }
    return villages;
}

std::vector<const Place*> PlaceTree::Candidates(std::string_view text) const {
    const std::string normalised = Normalise(text);
    const auto with = [&](bool (*matches)(const Place&, std::string_view)) {
        std::vector<const Place*> found;
        for (const Place& place : places()) {
            if (!normalised.empty() && matches(place, normalised)) {
                found.push_back(&place);
            }
        }
        return found;
    };
    std::vector<const Place*> found = with(Matches);
    if (found.empty()) {
        found = with(Was);
    }
    // 镇本级 has the town's code: the code alone means the town.
    if (found.size() == 2 && found[0]->code == normalised && found[1]->code == normalised) {
        std::erase_if(found, [](const Place* place) {
            return place->kind == PlaceKind::kTownItself;
        });
    }
    return found;
}

std::optional<int64_t> PlaceTree::Match(std::string_view text) const {
    const auto found = Candidates(text);
    return found.size() == 1 ? std::optional(found.front()->id) : std::nullopt;
}

int64_t PlaceTree::CountsFor(int64_t place, const Date& date) const {
    int64_t id = place;
    // A chain of successors ends; the bound only guards against a circle in damaged data.
    for (size_t hops = 0; hops < places().size(); ++hops) {
        const Place* current = Find(id);
        if (current == nullptr || current->successor == 0 || !current->to || date <= *current->to) {
            return id;
        }
        id = current->successor;
    }
    return id;
}

void MergePlace(
    store::Connection& connection,
    int64_t town,
    int64_t place,
    int64_t successor,
    const Date& last_day
) {
    const PlaceTree tree = PlaceTree::Load(connection, town);
    const Place* ended = tree.Find(place);
    const Place* heir = tree.Find(successor);
    if (ended == nullptr || heir == nullptr) {
        const int64_t unknown = ended == nullptr ? place : successor;
        throw NotFound(Thing::kVillage, std::to_string(unknown));
    }
    const bool villages = ended->kind == PlaceKind::kVillage && heir->kind == PlaceKind::kVillage;
    if (!villages || place == successor || !StandsOn(*heir, AddDays(last_day, 1))) {
        throw Problem(
            "bad_place",
            {{"code", ended->code},
             {"name", ended->name},
             {"what",
              "并入的“" + heir->name + "”不是另一个到" + ToText(AddDays(last_day, 1)) + "还在的村"},
             {"what_en",
              "\"" + heir->name + "\" is no other village that stands on " +
                  ToText(AddDays(last_day, 1))}}
        );
    }
    Place changed = *ended;
    changed.to = last_day;
    changed.successor = successor;
    SavePlace(connection, town, changed);
}

bool Actor::InScope(int64_t place) const {
    return places.empty() || std::find(places.begin(), places.end(), place) != places.end();
}

bool Actor::MayWrite(std::string_view line) const {
    return rights.write &&
           (!lines || std::find(lines->begin(), lines->end(), line) != lines->end());
}

void Actor::Require(bool right, const Words& what) {
    if (!right) {
        throw Problem::Because("forbidden", what);
    }
}

void Actor::RequireWrite(std::string_view line, int64_t place) const {
    Require(rights.write, {"您只能查看，不能填报", "you may look, not enter"});
    Require(
        MayWrite(line),
        {"这本台账不属于您负责的工作线", "this ledger is of no line of work of yours"}
    );
    Require(InScope(place), {"不在您负责的范围内", "it is not yours to look after"});
}

std::string ScopeSql(const Actor& actor, std::string_view column) {
    if (actor.places.empty()) {
        return "1 = 1";
    }
    std::vector<std::string> ids;
    for (const int64_t id : actor.places) {
        ids.push_back(std::to_string(id));
    }
    return std::string(column) + " in (" + Join(ids, ", ") + ")";
}

}  // namespace zw::access
