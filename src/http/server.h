#pragma once
// The web server: Boost.Beast on Asio coroutines. Slow or idle clients hold a connection, never a
// thread; requests that two readers could understand differently are refused; stopping lets answers
// under way finish.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/router.h"

namespace zw {
class Turns;
}

namespace zw::http {

// PEM files: the certificate with those it hangs on, and its key.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
    // Made here: browsers must be let past their warning, so they are not told to insist (RFC
    // 6797).
    bool self_made = false;
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    uint16_t port = 8080;  // 0: any free one
    // Threads that run handlers. Most wait for the writer, who takes what waits into one commit.
    int workers = 64;
    Turns* turns = nullptr;  // how many of them work at once; null: all
    int64_t header_limit = 16 * 1024;
    int64_t body_limit = 1024 * 1024;
    int64_t upload_limit = 64 * 1024 * 1024;
    int upload_seconds = 600;  // for a whole upload to come
    std::filesystem::path
        upload_folder;      // where uploads are written as they come; made when missing
    int idle_seconds = 30;  // for a whole request to come, and between two of a connection
    // Hosts that requests may name, in lower case, IPv6 in brackets; others are answered
    // "wrong_host".
    std::vector<std::string> names = {"127.0.0.1", "localhost", "[::1]"};
    std::optional<TlsFiles> tls;  // absent: in clear
    // A proxy before it encrypts and says in X-Forwarded-For for whom it asks.
    bool behind_proxy = false;
};

// "127.0.0.1:8080", "0.0.0.0:8443" or "8080"; the names are those of that address, of 0.0.0.0 all
// that the machine has. Throws Problem "wrong_use".
ServerOptions ParseListen(const std::string& text);
// Throws "listen_plain" for an address that others can reach when nothing encrypts, unless
// `insecure`.
void RequireSealed(const ServerOptions& options, bool insecure);

class Server {
public:
    // Listens at once. Throws "listen_failed", "tls_failed". `router` must outlive the server.
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
