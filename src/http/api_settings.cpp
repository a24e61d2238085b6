// What the town says about itself: names, phrases, standards, villages. Seen and changed by who may
// set it; the version of an answer is a digest of what it says.

#include <boost/json.hpp>
#include <memory>
#include <mutex>

#include "app/setup.h"
#include "base/crypto.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json_settings.h"
#include "http/language.h"
#include "ledger/settings.h"

namespace zw::http {

namespace json = boost::json;

namespace {

json::object SettingsJson(app::App& app, Language language) {
    const auto reader = app.database().Read();
    const auto settings = ledger::Settings::Load(
        reader->connection(), app.town(), app.model(), app.ledger().schema()
    );
    json::array values;
    for (const definition::Setting& setting : app.model().settings) {
        values.emplace_back(json::object{
            {"key", setting.key},
            {"name", In(language, setting.name)},
            {"type", setting.type},
            {"help", In(language, setting.help)},
            {"dated", !setting.rule.empty()},
            {"value", settings.Get(setting.key).value_or("")}});
    }
    const access::PlaceTree places = app.Places();
    return {
        {"town", {{"name", places.town().name}, {"code", places.town().code}}},
        {"settings", std::move(values)},
        {"villages", VillagesJson(places)},
    };
}

int64_t VersionOf(const json::object& standing) {
    const std::string digest = Sm3(json::serialize(standing));
    int64_t version = 0;
    for (size_t i = 0; i < 6; ++i) {
        version = version * 256 + static_cast<unsigned char>(digest[i]);
    }
    return version;
}

// What stands is one version whatever language it is read in.
int64_t StandingVersion(app::App& app) {
    return VersionOf(SettingsJson(app, Language::kChinese));
}

Response Standing(app::App& app, Language language) {
    json::object standing = SettingsJson(app, language);
    const int64_t version = StandingVersion(app);
    standing["version"] = std::to_string(version);
    return VersionedResponse(standing, version);
}

// {"values": {key: text}, "villages": [as settings.json]}: what is left out stays as it is.
Response Change(app::App& app, const Request& request) {
    if (VersionAsked(request) != StandingVersion(app)) {
        throw Problem("settings_changed");
    }
    const json::object body = JsonBody(request);
    const access::PlaceTree places = app.Places();
    json::object file;
    if (const json::value* values = body.if_contains("values")) {
        if (!values->is_object()) {
            throw Problem::Because("bad_request", {"values 应为 {…}", "values is {…}"});
        }
        file = values->get_object();
    }
    if (const json::value* villages = body.if_contains("villages")) {
        const json::value* name = file.if_contains("town.name");
        const json::value town_name = name == nullptr ? json::value(places.town().name) : *name;
        file["town"] = json::object{{"name", town_name}, {"code", places.town().code}};
        file["villages"] = *villages;
    }
    app::ChangeSettings(app, request.actor, app::ParseTownSettings(json::serialize(file)));
    return Standing(app, LanguageOf(request));
}

}  // namespace

void AddSettingsRoutes(Router& router, app::App& app) {
    AddRoute(
        router,
        app,
        "GET",
        "/api/v1/settings",
        Rule::kSettings,
        [](app::App& to, const Request& request) { return Standing(to, LanguageOf(request)); }
    );
    // Looked at and changed in one go: of two changes in one moment the second is told.
    const auto one_at_a_time = std::make_shared<std::mutex>();
    router.Add(
        "PUT",
        "/api/v1/settings",
        Rule::kSettings,
        [&app, one_at_a_time](const Request& request) {
            const std::lock_guard lock(*one_at_a_time);
            return Change(app, request);
        }
    );
}

}  // namespace zw::http
