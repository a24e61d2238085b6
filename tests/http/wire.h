#pragma once
// A client that sends bytes as they are: what a careful HTTP library would never send.

#include <boost/asio.hpp>

#include <optional>
#include <string>
#include <thread>

#include "http/server.h"

namespace zw::http::testing {

class Wire {
public:
    explicit Wire(uint16_t port) : socket_(io_) {
        socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    }
    void Send(std::string_view bytes) {
        boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()));
    }
    // The head and the body of one answer, by its Content-Length; what has come when the server
    // closes before.
    std::string ReadAnswer(bool head_only = false);
    // True: the server closed, nothing more came.
    bool Closed();

private:
    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_;
    std::string rest_;
};

// A server on a free port with a thread of its own, until the end of the scope.
class Running {
public:
    Running(const ServerOptions& options, const Router& router)
        : server_(options, router), thread_([this] { server_.Run(false); }) {}
    ~Running() { Stop(); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    void Stop() {
        if (thread_.joinable()) {
            server_.Stop();
            thread_.join();
        }
    }
    uint16_t port() const { return server_.port(); }

private:
    Server server_;
    std::thread thread_;
};

}  // namespace zw::http::testing
