#pragma once
// Between Boost.Beast's messages and ours. For server.cpp only.

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

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

// Never throws what the client caused. `names`: hosts that are ours, in lower case.
Response Answer(
    const Router& router,
    const BeastRequest& in,
    const Peer& peer,
    const std::set<std::string>& names
);
BeastResponse ToBeast(const Response& response, const BeastRequest& in);

}  // namespace zw::http
