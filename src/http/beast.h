#pragma once
// Between Boost.Beast's messages and ours. For server.cpp only.

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <optional>
#include <set>
#include <string>

#include "http/router.h"

namespace zw::http {

namespace beast = boost::beast;
using BeastRequest = beast::http::request<beast::http::string_body>;
using BeastResponse = beast::http::response<beast::http::string_body>;

// Who is at the other end of a connection.
struct Peer {
    std::string address;
    bool secure = false;
    bool behind_proxy = false;  // the address is the proxy's: whom it speaks for is in its headers
};

// Neither throws what the client caused. `names`: hosts that are ours, in lower case. `upload`:
// where the body was written to, empty for none.
Response Answer(
    const Router& router,
    const BeastRequest& in,
    const Peer& peer,
    const std::set<std::string>& names,
    const std::string& upload
);
// The answer that turns an upload away by its head alone; absent when it may come.
std::optional<Response> TurnAway(
    const Router& router,
    const BeastRequest& in,
    const Peer& peer,
    const std::set<std::string>& names
);
BeastResponse ToBeast(const Response& response, const BeastRequest& in);

}  // namespace zw::http
