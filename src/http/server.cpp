#include "http/server.h"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "base/text.h"

namespace zw::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
using Stream = beast::tcp_stream;
using BeastRequest = beast::http::request<beast::http::string_body>;
using BeastResponse = beast::http::response<beast::http::string_body>;

Request FromBeast(const BeastRequest& in, const std::string& address) {
    Request request;
    request.address = address;
    request.method = std::string(in.method_string());
    for (const auto& field : in) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
            return std::tolower(c);
        });
        request.headers[name] = std::string(field.value());
    }
    ParseTarget({in.target().data(), in.target().size()}, request);
    request.body = in.body();
    return request;
}

// Only the name the server listens under: a page of elsewhere cannot reach the office box by a name
// of its own (DNS rebinding).
bool HostIsOurs(const BeastRequest& in) {
    const auto value = in[beast::http::field::host];
    std::string host(value);
    const size_t colon = host.rfind(':');
    if (colon != std::string::npos && host.find(']', colon) == std::string::npos) {
        host.resize(colon);
    }
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

// Empty when the client has gone: then it is from nowhere, and nothing is given to nowhere.
std::string AddressOf(const Stream& stream) {
    beast::error_code error;
    const Tcp::endpoint endpoint = stream.socket().remote_endpoint(error);
    return error ? std::string() : endpoint.address().to_string();
}

bool TwoReadings(const BeastRequest& in) {
    const bool length = in.find(beast::http::field::content_length) != in.end();
    const bool encoding = in.find(beast::http::field::transfer_encoding) != in.end();
    return (length && encoding) || in.count(beast::http::field::host) != 1 ||
           in.count(beast::http::field::content_length) > 1;
}

void SafetyHeaders(BeastResponse& out) {
    out.set("X-Content-Type-Options", "nosniff");
    out.set("X-Frame-Options", "DENY");
    out.set("Referrer-Policy", "no-referrer");
    out.set(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    );
}

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

Response Answer(const Router& router, const BeastRequest& in, const std::string& address) {
    try {
        if (TwoReadings(in)) {
            throw Problem(
                "bad_request", {{"what", "请求头含糊（Host、Content-Length、Transfer-Encoding）"}}
            );
        }
        if (!HostIsOurs(in)) {
            throw Problem("wrong_host", {{"host", std::string(in[beast::http::field::host])}});
        }
        return router.Handle(FromBeast(in, address));
    } catch (const Problem& problem) {
        return ProblemResponse(problem);
    }
}

}  // namespace

struct Server::Impl {
    Impl(const ServerOptions& chosen, const Router& routes)
        : options(chosen),
          router(routes),
          pool(static_cast<size_t>(std::max(1, chosen.workers))),
          acceptor(io),
          signals(io) {}

    asio::awaitable<void> Listen();
    asio::awaitable<void> Serve(Stream stream);
    asio::awaitable<bool> ServeOne(Stream& stream, beast::flat_buffer& buffer);
    asio::awaitable<void> Refuse(Stream& stream, const beast::error_code& error) const;

    ServerOptions options;
    const Router& router;
    asio::io_context io;
    asio::thread_pool pool;
    Tcp::acceptor acceptor;
    asio::signal_set signals;
    std::atomic<bool> stopping{false};
    std::atomic<int> open{0};
};

asio::awaitable<void> Server::Impl::Listen() {
    while (!stopping) {
        beast::error_code error;
        Tcp::socket socket =
            co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            if (stopping || error == asio::error::operation_aborted) {
                break;
            }
            // Out of file descriptors: wait for others to close instead of spinning.
            asio::steady_timer pause(io, std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        asio::co_spawn(io, Serve(Stream(std::move(socket))), asio::detached);
    }
}

asio::awaitable<void> Server::Impl::Serve(Stream stream) {
    ++open;
    beast::flat_buffer buffer;
    try {
        while (co_await ServeOne(stream, buffer)) {
        }
    } catch (const std::exception&) {
        // The connection is gone: there is nobody left to tell.
    }
    beast::error_code error;
    stream.socket().shutdown(Tcp::socket::shutdown_send, error);
    --open;
    if (stopping && open == 0) {
        io.stop();
    }
}

asio::awaitable<void> Server::Impl::Refuse(Stream& stream, const beast::error_code& error) const {
    namespace bh = beast::http;
    if (error == bh::error::end_of_stream || error == beast::error::timeout ||
        error == asio::error::connection_reset || error == bh::error::partial_message) {
        co_return;
    }
    const bool large = error == bh::error::header_limit || error == bh::error::body_limit ||
                       error == bh::error::buffer_overflow;
    const Response response =
        large ? ProblemResponse(Problem("request_too_large"))
              : ProblemResponse(Problem("bad_request", {{"what", error.message()}}));
    BeastRequest none{bh::verb::get, "/", 11};
    none.keep_alive(false);
    BeastResponse out = ToBeast(response, none);
    beast::error_code ignored;
    co_await bh::async_write(stream, out, asio::redirect_error(asio::use_awaitable, ignored));
}

// True: another request may follow on the connection.
asio::awaitable<bool> Server::Impl::ServeOne(Stream& stream, beast::flat_buffer& buffer) {
    beast::http::request_parser<beast::http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(options.header_limit));
    parser.body_limit(static_cast<std::uint64_t>(options.body_limit));
    stream.expires_after(std::chrono::seconds(options.idle_seconds));
    beast::error_code error;
    co_await beast::http::async_read(
        stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error)
    );
    if (error) {
        co_await Refuse(stream, error);
        co_return false;
    }
    const BeastRequest request = parser.release();
    const std::string address = AddressOf(stream);
    // Handlers read the database: on threads of their own, so that connections are never kept
    // waiting by one another.
    const Response response = co_await asio::co_spawn(
        pool,
        [&]() -> asio::awaitable<Response> { co_return Answer(router, request, address); },
        asio::use_awaitable
    );
    BeastResponse out = ToBeast(response, request);
    if (stopping) {
        out.keep_alive(false);
    }
    stream.expires_after(std::chrono::seconds(options.idle_seconds));
    co_await beast::http::async_write(stream, out, asio::use_awaitable);
    co_return out.keep_alive();
}

ServerOptions ParseListen(const std::string& text) {
    ServerOptions options;
    const size_t colon = text.rfind(':');
    const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
    if (colon != std::string::npos) {
        options.address = text.substr(0, colon);
    }
    if (port.empty() || port.size() > 5 ||
        port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535) {
        throw Problem("wrong_use", {{"what", "--listen 应为 127.0.0.1:8080"}});
    }
    options.port = static_cast<uint16_t>(std::stoi(port));
    if (options.address == "localhost") {
        options.address = "127.0.0.1";
    }
    beast::error_code error;
    const auto address =
        asio::ip::make_address(ReplaceAll(ReplaceAll(options.address, "[", ""), "]", ""), error);
    if (error || !address.is_loopback()) {
        throw Problem("listen_not_loopback", {{"address", options.address}});
    }
    options.address = address.to_string();
    return options;
}

Server::Server(const ServerOptions& options, const Router& router)
    : impl_(std::make_unique<Impl>(options, router)) {
    try {
        const Tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
        impl_->acceptor.open(endpoint.protocol());
        impl_->acceptor.set_option(Tcp::acceptor::reuse_address(true));
        impl_->acceptor.bind(endpoint);
        impl_->acceptor.listen();
    } catch (const boost::system::system_error& error) {
        throw Problem(
            "listen_failed",
            {{"address", options.address + ":" + std::to_string(options.port)},
             {"what", error.code().message()}}
        );
    }
}

Server::~Server() = default;

uint16_t Server::port() const {
    return impl_->acceptor.local_endpoint().port();
}

void Server::Run(bool on_signals) {
    if (on_signals) {
        impl_->signals.add(SIGINT);
        impl_->signals.add(SIGTERM);
        impl_->signals.async_wait([this](const beast::error_code& error, int) {
            if (!error) {
                Stop();
            }
        });
    }
    asio::co_spawn(impl_->io, impl_->Listen(), asio::detached);
    impl_->io.run();
    impl_->pool.join();
}

void Server::Stop() {
    asio::post(impl_->io, [impl = impl_.get()] {
        impl->stopping = true;
        beast::error_code error;
        impl->acceptor.close(error);
        impl->signals.cancel(error);
        if (impl->open == 0) {
            impl->io.stop();
        }
        // Connections that only idle are not waited for.
        auto timer = std::make_shared<asio::steady_timer>(impl->io, std::chrono::seconds(5));
        timer->async_wait([impl, timer](const beast::error_code&) { impl->io.stop(); });
    });
}

}  // namespace zw::http
