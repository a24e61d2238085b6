#pragma once
// The web server: Boost.Beast on Asio coroutines. Slow or idle clients hold a connection, never a
// thread; requests that two readers could understand differently are refused; stopping lets answers
// under way finish.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/router.h"

namespace zw::http {

struct ServerOptions {
    std::string address = "127.0.0.1";  // loopback only: there is no login yet
    uint16_t port = 8080;               // 0: any free one
    int workers = 2;                    // threads that run handlers
    int64_t header_limit = 16 * 1024;
    int64_t body_limit = 1024 * 1024;
    int idle_seconds = 30;  // for a whole request to come, and between two of a connection
};

// "127.0.0.1:8080" or "8080". Throws Problem "wrong_use", or "listen_not_loopback" for an address
// that others could reach.
ServerOptions ParseListen(const std::string& text);

class Server {
public:
    // Listens at once. Throws "listen_failed". `router` must outlive the server.
    Server(const ServerOptions& options, const Router& router);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    uint16_t port() const;
    // Until Stop is called (from any thread) or, with `on_signals`, SIGINT or SIGTERM comes.
    void Run(bool on_signals);
    void Stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw::http
