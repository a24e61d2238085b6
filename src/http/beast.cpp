#include "http/beast.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace zw::http {

namespace {

// Headers may carry any bytes; what answers and the journal quote of them is JSON.
std::string Utf8Of(beast::string_view value) {
    const std::string_view bytes(value.data(), value.size());
    return IsValidUtf8(bytes) ? std::string(bytes) : ToUtf8(ToCodePoints(bytes));
}

// The client that the proxy saw: what it added last. Whatever it says, a forwarded client is not at
// the machine itself.
std::string Forwarded(const Request& request) {
    const std::vector<std::string> hops = Split(request.Header("x-forwarded-for"), ',');
    const std::string last = hops.empty() ? "" : Trim(hops.back());
    return "代理转来的 " + (last.empty() ? "未知地址" : last);
}

Request FromBeast(const BeastRequest& in, const Peer& peer) {
    Request request;
    request.address = peer.address;
    request.secure = peer.secure;
    request.method = std::string(in.method_string());
    for (const auto& field : in) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
            return std::tolower(c);
        });
        request.headers[name] = Utf8Of(field.value());
    }
    ParseTarget({in.target().data(), in.target().size()}, request);
    request.body = in.body();
    if (peer.behind_proxy) {
        request.address = Forwarded(request);
    }
    return request;
}

std::string HostOf(const BeastRequest& in) {
    std::string host(in[beast::http::field::host]);
    const size_t colon = host.rfind(':');
    if (colon != std::string::npos && host.find(']', colon) == std::string::npos) {
        host.resize(colon);
    }
    std::transform(host.begin(), host.end(), host.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return host;
}

bool TwoReadings(const BeastRequest& in) {
    const bool length = in.find(beast::http::field::content_length) != in.end();
    const bool encoding = in.find(beast::http::field::transfer_encoding) != in.end();
    return (length && encoding) || in.count(beast::http::field::host) != 1 ||
           in.count(beast::http::field::content_length) > 1;
}

// Throws what keeps a request from being read at all.
Request Understood(const BeastRequest& in, const Peer& peer, const std::set<std::string>& names) {
    if (TwoReadings(in)) {
        throw Problem::Because(
            "bad_request",
            {"请求头含糊（Host、Content-Length、Transfer-Encoding）",
             "ambiguous headers (Host, Content-Length, Transfer-Encoding)"}
        );
    }
    // Only a name the server is known under: a page of elsewhere cannot reach the office box by a
    // name of its own (DNS rebinding).
    if (!names.contains(HostOf(in))) {
        throw Problem("wrong_host", {{"host", Utf8Of(in[beast::http::field::host])}});
    }
    return FromBeast(in, peer);
}

void SafetyHeaders(BeastResponse& out) {
    out.set("X-Content-Type-Options", "nosniff");
    out.set("X-Frame-Options", "DENY");
    out.set("Referrer-Policy", "no-referrer");
    out.set(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; "
        "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    );
}

}  // namespace

BeastResponse ToBeast(const Response& response, const BeastRequest& in) {
    BeastResponse out{static_cast<beast::http::status>(response.status), in.version()};
    out.set(beast::http::field::content_type, response.type);
    out.set(beast::http::field::cache_control, "no-store");
    SafetyHeaders(out);
    for (const auto& [name, value] : response.headers) {
        out.set(name, value);
    }
    out.keep_alive(in.keep_alive());
    const size_t length = response.body.size();
    if (in.method() != beast::http::verb::head && response.status != 304) {
        out.body() = response.body;
        out.prepare_payload();
    } else if (response.status != 304) {
        out.content_length(length);
    }
    return out;
}

Response Answer(
    const Router& router,
    const BeastRequest& in,
    const Peer& peer,
    const std::set<std::string>& names,
    const std::string& upload
) {
    try {
        Request request = Understood(in, peer, names);
        request.upload = upload;
        return router.Handle(std::move(request));
    } catch (const Problem& problem) {
        return ProblemResponse(problem);
    }
}

std::optional<Response> TurnAway(
    const Router& router,
    const BeastRequest& in,
    const Peer& peer,
    const std::set<std::string>& names
) {
    try {
        return router.Admit(Understood(in, peer, names));
    } catch (const Problem& problem) {
        return ProblemResponse(problem);
    }
}

}  // namespace zw::http
