// The server on the wire: what it answers to requests that no honest browser sends, and that it
// keeps answering meanwhile.

#include "http/server.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <future>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "tests/http/wire.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

namespace zw::http {
namespace {

using testing::Running;
using testing::Wire;

Router Echo() {
    Router router;
    router.Add("GET", "/api/v1/echo/{word}", Rule::kOpen, [](const Request& request) {
        Response response;
        response.body = request.parts.at("word") + "|" + request.Query("q");
        return response;
    });
    router.Add("GET", "/api/v1/broken", Rule::kOpen, [](const Request&) -> Response {
        throw std::runtime_error("disk on fire");
    });
    return router;
}

ServerOptions FreePort() {
    ServerOptions options;
    options.port = 0;
    return options;
}

std::string Ask(uint16_t port, const std::string& bytes) {
    Wire wire(port);
    wire.Send(bytes);
    return wire.ReadAnswer();
}

bool Says(const std::string& answer, const std::string& part) {
    return answer.find(part) != std::string::npos;
}

TEST_CASE("an answer, two on one connection, and HEAD without a body") {
    const Router router = Echo();
    const Running server(FreePort(), router);
    Wire wire(server.port());
    const std::string get =
        "GET /api/v1/echo/%E9%95%87?q=a%2Bb HTTP/1.1\r\nHost: localhost\r\n\r\n";
    wire.Send(get + get);
    for (int i = 0; i < 2; ++i) {
        const std::string answer = wire.ReadAnswer();
        CHECK(Says(answer, "HTTP/1.1 200"));
        CHECK(Says(answer, "\r\n\r\n镇|a+b"));
        CHECK(Says(answer, "Content-Security-Policy: default-src 'self'"));
        CHECK(Says(answer, "object-src 'none'; frame-ancestors 'none'; base-uri 'none'"));
        CHECK(Says(answer, "X-Content-Type-Options: nosniff"));
    }
    wire.Send("HEAD /api/v1/echo/x HTTP/1.1\r\nHost: localhost\r\n\r\n" + get);
    CHECK(Says(wire.ReadAnswer(true), "Content-Length: 2\r\n"));
    CHECK(Says(wire.ReadAnswer(), "镇|a+b"));
}

TEST_CASE("requests that two readers could read differently are refused") {
    const Router router = Echo();
    const Running server(FreePort(), router);
    const std::string line = "GET /api/v1/echo/x HTTP/1.1\r\n";
    const std::vector<std::string> bad = {
        line +
            "Host: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        line + "Host: localhost\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        line + "Host: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        line + "Host: localhost\r\nHost: localhost\r\n\r\n",
        line + "\r\n",
        line + "Host: localhost\r\nContent-Length: -1\r\n\r\n",
        line + "Host: localhost\r\nBad Name: x\r\n\r\n",
        "GET /api/v1/echo/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/echo/%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "nonsense\r\n\r\n",
    };
    for (const std::string& bytes : bad) {
        const std::string answer = Ask(server.port(), bytes);
        CHECK_MESSAGE(Says(answer, "HTTP/1.1 400"), bytes << "\n-> " << answer);
        CHECK_MESSAGE(Says(answer, "application/problem+json"), bytes);
    }
}

TEST_CASE("a page of elsewhere cannot use a name of its own") {
    const Router router = Echo();
    const Running server(FreePort(), router);
    const std::string line = "GET /api/v1/echo/x HTTP/1.1\r\nHost: ";
    for (const char* ours : {"localhost", "127.0.0.1:8080", "[::1]:8080"}) {
        CHECK(Says(Ask(server.port(), line + ours + "\r\n\r\n"), "HTTP/1.1 200"));
    }
    for (const char* other : {"evil.example", "localhost.evil.example", "10.0.0.8"}) {
        CHECK(Says(Ask(server.port(), line + other + "\r\n\r\n"), "wrong_host"));
    }
}

TEST_CASE("bytes of a header that are no UTF-8 do not come back") {
    const Router router = Echo();
    const Running server(FreePort(), router);
    const std::string line = "GET /api/v1/echo/x HTTP/1.1\r\nHost: ";
    const std::string answer = Ask(server.port(), line + "a\xff\xfe\r\n\r\n");
    CHECK(Says(answer, "wrong_host"));
    CHECK(Says(answer, "\"host\":\"a\uFFFD\uFFFD\""));
    CHECK(IsValidUtf8(answer));
}

TEST_CASE("too large a head or a body is refused with its limit") {
    const Router router = Echo();
    ServerOptions options = FreePort();
    options.header_limit = 2048;
    options.body_limit = 1024;
    const Running server(options, router);
    const std::string line = "GET /api/v1/echo/x HTTP/1.1\r\nHost: localhost\r\n";
    CHECK(Says(
        Ask(server.port(), line + "X: " + std::string(4096, 'a') + "\r\n\r\n"), "request_too_large"
    ));
    CHECK(Says(Ask(server.port(), line + "Content-Length: 2000\r\n\r\n"), "HTTP/1.1 413"));
    CHECK(Says(Ask(server.port(), line + "\r\n"), "HTTP/1.1 200"));
}

TEST_CASE("an upload goes to a file as it comes; who may not is told before its body is read") {
    const zw::testing::TempFolder folder;
    Router router = Echo();
    std::filesystem::path moved = folder / "moved";
    router.AddUpload("/api/v1/box/{name}", Rule::kRead, [&](const Request& request) {
        Response response;
        response.body = request.parts.at("name") + "|" +
                        std::to_string(std::filesystem::file_size(request.upload)) + "|" +
                        std::to_string(request.body.size());
        if (request.parts.at("name") == "kept") {
            std::filesystem::rename(request.upload, moved);
        }
        return response;
    });
    router.Protect([](Request& request, Rule) {
        if (request.Header("x-may") != "yes") {
            throw Problem("login_first");
        }
    });
    ServerOptions options = FreePort();
    options.body_limit = 1024;
    options.upload_limit = 3'000'000;
    options.upload_folder = folder / "uploads";
    const Running server(options, router);
    const auto head = [](const char* name, const char* may, size_t length) {
        return "PUT /api/v1/box/" + std::string(name) +
               " HTTP/1.1\r\nHost: localhost\r\nX-May: " + may +
               "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    };
    const std::string large(2'500'000, 'x');
    Wire wire(server.port());
    wire.Send(head("kept", "yes", large.size()) + large);
    CHECK(Says(wire.ReadAnswer(), "\r\n\r\nkept|2500000|0"));
    CHECK(std::filesystem::file_size(moved) == large.size());
    // The connection goes on, and what a handler leaves is taken away.
    wire.Send(head("left", "yes", 3) + "abc");
    CHECK(Says(wire.ReadAnswer(), "left|3|0"));
    CHECK(std::filesystem::is_empty(folder / "uploads"));
    // Nothing of the body was sent: the answer does not wait for it.
    CHECK(Says(Ask(server.port(), head("x", "no", large.size())), "HTTP/1.1 401"));
    CHECK(Says(Ask(server.port(), head("x", "yes", 3'000'001)), "HTTP/1.1 413"));
    // Another route keeps the small limit.
    const std::string other = "PUT /api/v1/echo/x HTTP/1.1\r\nHost: localhost\r\n";
    CHECK(Says(Ask(server.port(), other + "Content-Length: 2000\r\n\r\n"), "HTTP/1.1 413"));
}

TEST_CASE("unknown routes, wrong methods and broken handlers are told, each with its code") {
    const Router router = Echo();
    const Running server(FreePort(), router);
    const std::string tail = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    CHECK(Says(Ask(server.port(), "GET /api/v1/none" + tail), "HTTP/1.1 404"));
    const std::string wrong = Ask(server.port(), "DELETE /api/v1/echo/x" + tail);
    CHECK(Says(wrong, "HTTP/1.1 405"));
    CHECK(Says(wrong, "Allow: GET"));
    CHECK(Says(Ask(server.port(), "GET /api/v1/broken" + tail), "HTTP/1.1 500"));
}

TEST_CASE("hundreds of slow clients hold no thread") {
    const Router router = Echo();
    const Running server(FreePort(), router);
    std::vector<std::unique_ptr<Wire>> slow;
    for (int i = 0; i < 300; ++i) {
        slow.push_back(std::make_unique<Wire>(server.port()));
        slow.back()->Send("GET /api/v1/ec");
    }
    const std::string get = "GET /api/v1/echo/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    CHECK(Says(Ask(server.port(), get), "HTTP/1.1 200"));
    slow.front()->Send("ho/late HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(Says(slow.front()->ReadAnswer(), "late|"));
}

TEST_CASE("a client that never ends its request is let go") {
    const Router router = Echo();
    ServerOptions options = FreePort();
    options.idle_seconds = 1;
    const Running server(options, router);
    Wire wire(server.port());
    wire.Send("GET /api");
    CHECK(wire.Closed());
}

TEST_CASE("stopping lets an answer under way finish") {
    std::promise<void> entered;
    std::promise<void> go;
    std::shared_future<void> gone = go.get_future().share();
    Router router;
    router.Add("GET", "/api/v1/slow", Rule::kOpen, [&](const Request&) {
        entered.set_value();
        gone.wait();
        Response response;
        response.body = "whole";
        return response;
    });
    Running server(FreePort(), router);
    Wire wire(server.port());
    wire.Send("GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    entered.get_future().wait();
    std::thread stopper([&] { server.Stop(); });
    go.set_value();
    const std::string answer = wire.ReadAnswer();
    stopper.join();
    CHECK(Says(answer, "whole"));
}

TEST_CASE("an address that others could reach is served encrypted, or in clear by an own word only"
) {
    CHECK(ParseListen("127.0.0.1:9").port == 9);
    CHECK(ParseListen("localhost:9").address == "127.0.0.1");
    CHECK(ParseListen("[::1]:9").address == "::1");
    const auto plain = [](const std::string& listen, bool insecure = false) {
        return zw::testing::ProblemOf([&] { RequireSealed(ParseListen(listen), insecure); });
    };
    CHECK(plain("127.0.0.1:8080").empty());
    CHECK(plain("[::1]:8080").empty());
    CHECK(plain("0.0.0.0:8080") == "listen_plain");
    CHECK(plain("[::]:8080") == "listen_plain");
    CHECK(plain("192.168.1.5:8080") == "listen_plain");
    CHECK(plain("192.168.1.5:8080", true).empty());
    ServerOptions options = ParseListen("192.168.1.5:8080");
    options.behind_proxy = true;
    CHECK(zw::testing::ProblemOf([&] { RequireSealed(options, false); }).empty());
    CHECK_THROWS_AS(ParseListen("no-address:8080"), Problem);
    CHECK_THROWS_AS(ParseListen("127.0.0.1:99999"), Problem);
    CHECK_THROWS_AS(ParseListen("127.0.0.1:"), Problem);
}

}  // namespace
}  // namespace zw::http
