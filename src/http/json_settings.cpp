#include "http/json_settings.h"

#include <boost/json.hpp>

namespace zw::http {

namespace json = boost::json;

json::object VillageJson(const access::PlaceTree& places, const access::Place& village) {
    json::object out{{"code", village.code}, {"name", village.name}, {"groups", village.groups}};
    out["aliases"] = json::array(village.aliases.begin(), village.aliases.end());
    if (village.from) {
        out["from"] = ToText(*village.from);
    }
    if (village.to) {
        out["to"] = ToText(*village.to);
    }
    if (const access::Place* heir = places.Find(village.successor)) {
        out["successor"] = heir->code;
    }
    json::array former;
    for (const access::FormerName& one : village.former) {
        former.emplace_back(json::object{
            {"name", one.name}, {"code", one.code}, {"until", ToText(one.until)}});
    }
    if (!former.empty()) {
        out["former"] = std::move(former);
    }
    return out;
}

json::array VillagesJson(const access::PlaceTree& places) {
    json::array out;
    for (const access::Place* village : places.Villages()) {
        out.emplace_back(VillageJson(places, *village));
    }
    return out;
}

}  // namespace zw::http
