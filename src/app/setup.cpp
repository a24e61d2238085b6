#include "app/setup.h"

#include <algorithm>
#include <boost/json.hpp>

#include "access/vouched.h"
#include "app/divisions.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/settings.h"
#include "ledger/write_session.h"

namespace zw::app {

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

[[noreturn]] void Wrong(const std::string& what) {
    throw Problem("bad_settings_file", {{"what", what}});
}

std::string TextOf(const json::value& value, const std::string& key) {
    if (value.is_string()) {
        return std::string(value.get_string());
    }
    if (value.is_int64() || value.is_uint64() || value.is_double()) {
        return json::serialize(value);
    }
    Wrong("“" + key + "”应为文字或数字");
}

// [{"value": 20}, {"value": 30, "from": "2024-01-01"}]: as a town's dated rule is written in one
// text (ledger/dated_setting.h).
std::string DatedText(const json::array& values, const std::string& key) {
    std::vector<std::string> parts;
    for (const json::value& one : values) {
        const json::object* object = one.if_object();
        const json::value* value = object == nullptr ? nullptr : object->if_contains("value");
        if (value == nullptr) {
            Wrong("“" + key + "”应为文字、数字或 [{\"value\": …, \"from\": \"2024-01-01\"}]");
        }
        const json::value* from = object->if_contains("from");
        parts.push_back((from == nullptr ? "" : TextOf(*from, key) + "起 ") + TextOf(*value, key));
    }
    return Join(parts, "；");
}

std::string Member(const json::object& object, std::string_view key, const std::string& where) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) {
        Wrong(where + "缺少“" + std::string(key) + "”");
    }
    return TextOf(*value, where + std::string(key));
}

// null takes the value away; absent says nothing of it.
std::optional<std::string> MemberOrNull(
    const json::object& object, std::string_view key, const std::string& where
) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    return value->is_null() ? std::string() : TextOf(*value, where + std::string(key));
}

const json::object& ObjectOf(const json::value& value, const std::string& what) {
    if (!value.is_object()) {
        Wrong(what + "应为 {…}");
    }
    return value.get_object();
}

access::VillageSetup VillageOf(const json::value& value, size_t number) {
    const std::string where = "villages 第" + std::to_string(number) + "项 ";
    const json::object& object = ObjectOf(value, where);
    access::VillageSetup village;
    village.code = Member(object, "code", where);
    village.name = Member(object, "name", where);
    if (const auto* aliases = object.if_contains("aliases");
        aliases != nullptr && aliases->is_array()) {
        for (const json::value& alias : aliases->get_array()) {
            village.aliases.push_back(TextOf(alias, where + "aliases"));
        }
    }
    if (object.contains("was")) {
        village.was = Member(object, "was", where);
    }
    if (object.contains("since")) {
        village.since = Member(object, "since", where);
    }
    village.from = MemberOrNull(object, "from", where);
    village.to = MemberOrNull(object, "to", where);
    village.successor = MemberOrNull(object, "successor", where);
    if (const auto* groups = object.if_contains("groups");
        groups != nullptr && groups->is_int64()) {
        village.groups = static_cast<int>(groups->get_int64());
    }
    return village;
}

void TakeVillages(const json::value& value, TownSettings& settings) {
    if (!value.is_array()) {
        Wrong("“villages”应为 […]");
    }
    for (const json::value& village : value.get_array()) {
        settings.places.villages.push_back(VillageOf(village, settings.places.villages.size() + 1));
    }
}

}  // namespace

TownSettings ParseTownSettings(std::string_view text) {
    boost::system::error_code error;
    const json::value root = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) {
        Wrong("不是有效的 JSON：" + error.message());
    }
    TownSettings settings;
    for (const auto& [key, value] : ObjectOf(root, "最外层")) {
        const std::string name(key);
        if (name == "villages") {
            TakeVillages(value, settings);
        } else if (name == "town" || name == "county") {
            const json::object& object = ObjectOf(value, name);
            settings.values[name + ".name"] = Member(object, "name", name + " ");
            settings.values[name + ".code"] = Member(object, "code", name + " ");
        } else {
            settings.values[name] =
                value.is_array() ? DatedText(value.get_array(), name) : TextOf(value, name);
        }
    }
    const auto code = settings.values.find("town.code");
    if (code != settings.values.end()) {
        settings.places.code = TwelveDigits(code->second);
        settings.places.name = settings.values["town.name"];
    }
    return settings;
}

namespace {

// Known keys only: town.* and county.* are settings when the definitions list them.
std::map<std::string, std::string> KnownValues(
    const definition::Model& model, std::map<std::string, std::string> values
) {
    for (const char* built_in : {"town.name", "town.code", "county.name", "county.code"}) {
        bool known = false;
        for (const definition::Setting& setting : model.settings) {
            known = known || setting.key == built_in;
        }
        if (!known) {
            values.erase(built_in);
        }
    }
    return values;
}

}  // namespace

namespace {

void ChangePlaces(App& app, const access::Actor& actor, const access::TownSetup& places) {
    app.ledger().Commit(actor, "镇情设置：村级区划", [&](ledger::WriteSession& session) {
        const auto standing = [&] {
            return audit::VouchFor(session.connection(), app.town(), access::VouchedPlaces());
        };
        const Date today = app.ledger().services().clock.Today();
        const std::vector<audit::VouchedRow> before = standing();
        access::InitPlaces(session.connection(), app.town(), places, today);
        for (const audit::VouchedRow& row : standing()) {
            if (std::find(before.begin(), before.end(), row) == before.end()) {
                session.Vouch({row});
            }
        }
        return standing() != before;
    });
}

}  // namespace

int64_t ChangeSettings(App& app, const access::Actor& actor, const TownSettings& settings) {
    if (!settings.places.name.empty()) {
        ChangePlaces(app, actor, settings.places);
    }
    return ledger::ApplySettings(
               app.ledger(), actor, KnownValues(app.model(), settings.values), "镇情设置"
    )
        .seq;
}

bool MayBecomeTown(const fs::path& folder) {
    if (!fs::exists(folder)) {
        return true;
    }
    if (!fs::is_directory(folder)) {
        return false;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().filename() != "tls") {
            return false;
        }
    }
    return true;
}

void InitTown(
    const fs::path& folder,
    const TownSettings& settings,
    const DefinitionOptions& options,
    const Environment& environment
) {
    const TownFolder town(folder);
    if (fs::exists(town.database()) || fs::exists(town.key())) {
        throw Problem("town_exists", {{"path", folder.string()}});
    }
    if (settings.places.name.empty()) {
        throw Problem::Because(
            "bad_settings_file",
            {"缺少 town（镇的名称和代码）", "town is missing (its name and code)"}
        );
    }
    const bool made = fs::create_directories(folder);
    try {
        fs::create_directories(town.files());
        fs::create_directories(town.local());
        audit::KeyFile::Create(town.key(), environment.random);
        {
            const auto database = store::Database::OpenSqlite(town.database());
            database->Write([&](store::Connection& connection) {
                access::CreatePlaceTables(connection);
                access::InitPlaces(
                    connection,
                    std::stoll(settings.places.code.substr(0, 9)),
                    settings.places,
                    environment.clock.Today()
                );
            });
        }
        const auto app = App::Open(folder, options, environment);
        access::Actor actor;
        actor.name = "建镇";
        ChangeSettings(*app, actor, settings);
    } catch (...) {
        fs::remove(town.key());
        for (const char* ending : {"", "-wal", "-shm"}) {
            fs::remove(town.database().string() + ending);
        }
        fs::remove(town.log_head());
        if (made) {
            fs::remove_all(folder);
        }
        throw;
    }
}

}  // namespace zw::app
