#include "http/server.h"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/ssl.hpp>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "base/text.h"
#include "base/turns.h"
#include "http/beast.h"

namespace zw::http {

namespace {

// A year, as RFC 6797 and browsers' lists want it. Names of an office's box have no subdomains.
constexpr const char* kInsistOnTls = "max-age=31536000";

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Plain = beast::tcp_stream;
using HeadParser = beast::http::request_parser<beast::http::empty_body>;
using Sealed = beast::ssl_stream<beast::tcp_stream>;

// Empty when the client has gone: then it is from nowhere, and nothing is given to nowhere.
std::string AddressOf(const Plain& stream) {
    beast::error_code error;
    const Tcp::endpoint endpoint = stream.socket().remote_endpoint(error);
    return error ? std::string() : endpoint.address().to_string();
}

asio::ssl::context MakeTls(const TlsFiles& files) {
    asio::ssl::context tls(asio::ssl::context::tls_server);
    try {
        tls.set_options(
            asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
            asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression
        );
        tls.use_certificate_chain_file(files.certificate.string());
        tls.use_private_key_file(files.key.string(), asio::ssl::context::pem);
    } catch (const boost::system::system_error& error) {
        throw Problem("tls_failed", {{"what", error.code().message()}});
    }
    return tls;
}

// An upload's file: it is gone with the request, also when the connection breaks.
struct Passing {
    std::filesystem::path path;
    ~Passing() { Remove(); }
    void Remove() const {
        std::error_code ignored;  // the handler may have moved it
        std::filesystem::remove(path, ignored);
    }
};

}  // namespace

struct Server::Impl {
    Impl(const ServerOptions& chosen, const Router& routes)
        : options(chosen),
          router(routes),
          pool(static_cast<size_t>(std::max(1, chosen.workers))),
          acceptor(io),
          signals(io) {
        if (chosen.tls) {
            tls.emplace(MakeTls(*chosen.tls));
        }
        names.insert(chosen.names.begin(), chosen.names.end());
    }

    asio::awaitable<void> Listen();
    asio::awaitable<void> Serve(Tcp::socket socket);
    template <typename Stream>
    asio::awaitable<void> ServeAll(Stream& stream);
    template <typename Stream>
    asio::awaitable<bool> ServeOne(Stream& stream, beast::flat_buffer& buffer);
    template <typename Stream>
    asio::awaitable<bool> TakeUpload(Stream& stream, beast::flat_buffer& buffer, HeadParser& head);
    asio::awaitable<Response> Ask(
        const BeastRequest& request, const Peer& peer, const std::string& upload
    );
    template <typename Stream>
    asio::awaitable<bool> Send(
        Stream& stream, const BeastRequest& request, const Response& response
    );
    Peer PeerOf(const Plain& stream) const {
        return {AddressOf(stream), tls.has_value() || options.behind_proxy, options.behind_proxy};
    }
    template <typename Stream>
    asio::awaitable<void> Refuse(Stream& stream, const beast::error_code& error) const;

    ServerOptions options;
    const Router& router;
    asio::io_context io;
    asio::thread_pool pool;
    Tcp::acceptor acceptor;
    asio::signal_set signals;
    std::optional<asio::ssl::context> tls;
    std::set<std::string> names;
    std::atomic<bool> stopping{false};
    std::atomic<int> open{0};
    // Of the connections' own thread only: those between two requests, and uploads so far.
    std::set<Plain*> waiting;
    int64_t uploads = 0;
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
        asio::co_spawn(io, Serve(std::move(socket)), asio::detached);
    }
}

asio::awaitable<void> Server::Impl::Serve(Tcp::socket socket) {
    ++open;
    Plain plain(std::move(socket));
    beast::error_code error;
    try {
        if (tls) {
            Sealed sealed(std::move(plain), *tls);
            beast::get_lowest_layer(sealed).expires_after(std::chrono::seconds(options.idle_seconds)
            );
            co_await sealed.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
            co_await ServeAll(sealed);
            beast::get_lowest_layer(sealed).expires_after(std::chrono::seconds(1));
            co_await sealed.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
        } else {
            co_await ServeAll(plain);
            plain.socket().shutdown(Tcp::socket::shutdown_send, error);
        }
    } catch (const std::exception&) {
        // The connection is gone: there is nobody left to tell.
    }
    --open;
    if (stopping && open == 0) {
        io.stop();
    }
}

template <typename Stream>
asio::awaitable<void> Server::Impl::ServeAll(Stream& stream) {
    beast::flat_buffer buffer;
    while (co_await ServeOne(stream, buffer)) {
    }
}

template <typename Stream>
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
template <typename Stream>
asio::awaitable<bool> Server::Impl::ServeOne(Stream& stream, beast::flat_buffer& buffer) {
    HeadParser head;
    head.header_limit(static_cast<std::uint32_t>(options.header_limit));
    head.body_limit(static_cast<std::uint64_t>(options.upload_limit));
    Plain& lowest = beast::get_lowest_layer(stream);
    lowest.expires_after(std::chrono::seconds(options.idle_seconds));
    beast::error_code error;
    waiting.insert(&lowest);
    co_await beast::http::async_read_header(
        stream, buffer, head, asio::redirect_error(asio::use_awaitable, error)
    );
    waiting.erase(&lowest);
    if (error) {
        co_await Refuse(stream, error);
        co_return false;
    }
    const std::string target(head.get().target());
    if (router.TakesUpload(
            std::string(head.get().method_string()), target.substr(0, target.find('?'))
        )) {
        co_return co_await TakeUpload(stream, buffer, head);
    }
    if (head.content_length() &&
        *head.content_length() > static_cast<std::uint64_t>(options.body_limit)) {
        co_await Refuse(stream, beast::http::error::body_limit);
        co_return false;
    }
    beast::http::request_parser<beast::http::string_body> parser(std::move(head));
    parser.body_limit(static_cast<std::uint64_t>(options.body_limit));
    co_await beast::http::async_read(
        stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error)
    );
    if (error) {
        co_await Refuse(stream, error);
        co_return false;
    }
    const BeastRequest request = parser.release();
    const Response response = co_await Ask(request, PeerOf(beast::get_lowest_layer(stream)), {});
    co_return co_await Send(stream, request, response);
}

// Handlers read the database: on threads of their own, so that connections are never kept waiting
// by one another.
asio::awaitable<Response> Server::Impl::Ask(
    const BeastRequest& request, const Peer& peer, const std::string& upload
) {
    co_return co_await asio::co_spawn(
        pool,
        [&]() -> asio::awaitable<Response> {
            const Turns::Turn turn(options.turns);
            co_return Answer(router, request, peer, names, upload);
        },
        asio::use_awaitable
    );
}

template <typename Stream>
asio::awaitable<bool> Server::Impl::Send(
    Stream& stream, const BeastRequest& request, const Response& response
) {
    BeastResponse out = ToBeast(response, request);
    if (options.tls && !options.tls->self_made) {
        out.set(beast::http::field::strict_transport_security, kInsistOnTls);
    }
    if (stopping) {
        out.keep_alive(false);
    }
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(options.idle_seconds));
    co_await beast::http::async_write(stream, out, asio::use_awaitable);
    co_return out.keep_alive();
}

// Whoever may not upload is told before the body is read; the connection ends there, for the body
// still stands in it.
template <typename Stream>
asio::awaitable<bool> Server::Impl::TakeUpload(
    Stream& stream, beast::flat_buffer& buffer, HeadParser& head
) {
    BeastRequest request{head.get().base()};
    const Peer peer = PeerOf(beast::get_lowest_layer(stream));
    const std::optional<Response> refused = co_await asio::co_spawn(
        pool,
        [&]() -> asio::awaitable<std::optional<Response>> {
            const Turns::Turn turn(options.turns);
            co_return TurnAway(router, request, peer, names);
        },
        asio::use_awaitable
    );
    if (refused) {
        request.keep_alive(false);
        co_return co_await Send(stream, request, *refused);
    }
    std::filesystem::create_directories(options.upload_folder);
    const Passing file{options.upload_folder / ("upload-" + std::to_string(++uploads))};
    beast::error_code error;
    {
        beast::http::request_parser<beast::http::file_body> parser(std::move(head));
        parser.body_limit(static_cast<std::uint64_t>(options.upload_limit));
        parser.get().body().open(file.path.c_str(), beast::file_mode::write, error);
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(options.upload_seconds));
        if (!error) {
            co_await beast::http::async_read(
                stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error)
            );
        }
    }
    if (error) {
        co_await Refuse(stream, error);
        co_return false;
    }
    const Response response = co_await Ask(request, peer, file.path.string());
    file.Remove();
    co_return co_await Send(stream, request, response);
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
        for (Plain* stream : impl->waiting) {
            stream->cancel();
        }
        // Answers under way have this long.
        auto timer = std::make_shared<asio::steady_timer>(impl->io, std::chrono::seconds(5));
        timer->async_wait([impl, timer](const beast::error_code&) { impl->io.stop(); });
    });
}

}  // namespace zw::http
