#include "http/json_user.h"

#include <boost/json.hpp>

namespace zw::http {

namespace json = boost::json;

json::object ToJson(const access::User& user, const access::PlaceTree& places) {
    const access::RoleInfo& role = access::InfoOf(user.role);
    json::array lines;
    for (const std::string& line : user.lines) {
        lines.emplace_back(line);
    }
    json::array codes;
    for (const int64_t id : user.places) {
        const access::Place* place = places.Find(id);
        if (place != nullptr) {
            const bool itself = place->kind == access::PlaceKind::kTownItself;
            codes.emplace_back(itself ? "itself" : place->code);
        }
    }
    return {
        {"id", std::to_string(user.id)},
        {"login", user.login},
        {"name", user.name},
        {"role", role.key},
        {"role_name", role.name},
        {"lines", std::move(lines)},
        {"places", std::move(codes)},
        {"unmask", role.rights.reveal},
        {"disabled", user.disabled},
        {"must_change", user.must_change},
        {"made_at", TimeToText(user.made_at)},
    };
}

json::object MayJson(const access::Rights& may) {
    return {
        {"write", may.write},
        {"import", may.import},
        {"reveal", may.reveal},
        {"report", may.report},
        {"seal", may.seal},
        {"adopt", may.adopt},
        {"settings", may.settings},
        {"users", may.users},
    };
}

json::object ToJson(const access::SessionInfo& session) {
    return {
        {"id", std::to_string(session.id)},
        {"user", std::to_string(session.user)},
        {"begun_at", TimeToText(session.begun_at)},
        {"used_at", TimeToText(session.used_at)},
        {"address", session.address},
        {"agent", session.agent},
    };
}

}  // namespace zw::http
