#pragma once
// JSON of what a town says about itself (doc/settings.md), for the page and `zhenwu settings`.

#include <boost/json/fwd.hpp>

#include "access/place.h"

namespace zw::http {

// {"code","name","groups","aliases","from"?,"to"?,"successor"?: code,"former"?: [{"name","code",
// "until"}]}: as an entry of settings.json, and what it was called before.
boost::json::object VillageJson(const access::PlaceTree& places, const access::Place& village);
// Of every village that ever was, by code.
boost::json::array VillagesJson(const access::PlaceTree& places);

}  // namespace zw::http
