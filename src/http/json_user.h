#pragma once
// JSON of users and sessions (doc/api.md). Never a password or a token.

#include <boost/json/fwd.hpp>

#include "access/accounts.h"

namespace zw::http {

// {"id","login","name","role","role_name","lines","places","unmask","disabled","must_change",
// "made_at"}; places are codes, 镇本级 is "itself".
boost::json::object ToJson(const access::User& user, const access::PlaceTree& places);
// {"write","import","reveal","report","seal","adopt","settings","users"}, each true or false.
boost::json::object MayJson(const access::Rights& may);
// {"id","user","begun_at","used_at","address","agent"}
boost::json::object ToJson(const access::SessionInfo& session);

}  // namespace zw::http
