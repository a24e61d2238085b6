// Encrypted on the wire: a certificate of the program's making, its fingerprint, and what is said
// to a client that talks in clear. And a proxy before the server.

#include "http/tls.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <boost/asio/ssl.hpp>

#include "http/guard.h"
#include "tests/http/wire.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

namespace zw::http {
namespace {

using testing::Running;
using testing::Wire;
namespace asio = boost::asio;

Router WhoAsks() {
    Router router;
    router.Add("GET", "/who", Rule::kOpen, [](const Request& request) {
        Response response;
        response.body = request.address + "|" + (request.secure ? "sealed" : "plain") + "|" +
                        (IsLoopback(request.address) ? "here" : "there");
        return response;
    });
    return router;
}

std::string AskSealed(uint16_t port, const std::string& bytes, std::string* fingerprint) {
    asio::io_context io;
    asio::ssl::context tls(asio::ssl::context::tls_client);
    asio::ssl::stream<asio::ip::tcp::socket> stream(io, tls);
    stream.lowest_layer().connect({asio::ip::make_address("127.0.0.1"), port});
    stream.handshake(asio::ssl::stream_base::client);
    if (fingerprint != nullptr) {
        X509* certificate = SSL_get1_peer_certificate(stream.native_handle());
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        X509_digest(certificate, EVP_sha256(), digest.data(), &size);
        X509_free(certificate);
        for (unsigned int i = 0; i < size; ++i) {
            std::array<char, 4> hex{};
            std::snprintf(hex.data(), hex.size(), "%s%02X", i == 0 ? "" : ":", digest[i]);
            *fingerprint += i == 0 ? hex.data() : std::string(hex.data());
        }
    }
    asio::write(stream, asio::buffer(bytes));
    std::string answer;
    boost::system::error_code error;
    asio::read(stream, asio::dynamic_buffer(answer), error);
    return answer;
}

TEST_CASE("a certificate is made once, for its owner's eyes, anew when it is too old or too narrow"
) {
    const zw::testing::TempFolder folder;
    FixedClock clock{1'704'067'200'000};
    const std::vector<std::string> names{"127.0.0.1", "localhost", "[::1]"};
    const TlsFiles files = SelfMadeCertificate(folder / "tls", names, clock);
    struct stat state {};
    REQUIRE(stat(files.key.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777U) == 0600U);
    const std::string first = Fingerprint(files.certificate);
    CHECK(first.size() == 95);
    CHECK(Fingerprint(SelfMadeCertificate(folder / "tls", names, clock).certificate) == first);
    SelfMadeCertificate(folder / "tls", {"127.0.0.1", "office.lan"}, clock);
    const std::string second = Fingerprint(files.certificate);
    CHECK(second != first);
    clock.Set(clock.NowMillis() + int64_t{826} * 24 * 60 * 60 * 1000);
    SelfMadeCertificate(folder / "tls", {"127.0.0.1", "office.lan"}, clock);
    CHECK(Fingerprint(files.certificate) != second);
    CHECK(zw::testing::ProblemOf([&] { Fingerprint(folder / "none.pem"); }) == "tls_failed");
}

TEST_CASE("what goes over the wire is sealed with the certificate whose fingerprint is printed") {
    const zw::testing::TempFolder folder;
    const SystemClock clock;
    ServerOptions options;
    options.port = 0;
    options.tls = SelfMadeCertificate(folder / "tls", options.names, clock);
    const Router router = WhoAsks();
    const Running server(options, router);
    const std::string get = "GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    std::string seen;
    const std::string answer = AskSealed(server.port(), get, &seen);
    CHECK(answer.find("127.0.0.1|sealed|here") != std::string::npos);
    CHECK(seen == Fingerprint(options.tls->certificate));
    Wire wire(server.port());
    wire.Send(get);
    CHECK(wire.ReadAnswer().find("200") == std::string::npos);
    CHECK(AskSealed(server.port(), get, nullptr).find("sealed") != std::string::npos);
}

TEST_CASE("browsers insist on TLS where the certificate is the office's own, not one made here") {
    const zw::testing::TempFolder folder;
    const SystemClock clock;
    const Router router = WhoAsks();
    for (const bool self_made : {true, false}) {
        ServerOptions options;
        options.port = 0;
        options.tls = SelfMadeCertificate(folder / "tls", options.names, clock);
        options.tls->self_made = self_made;
        const Running server(options, router);
        const std::string answer = AskSealed(
            server.port(),
            "GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            nullptr
        );
        const bool insists =
            answer.find("Strict-Transport-Security: max-age=") != std::string::npos;
        CHECK(insists == !self_made);
    }
}

TEST_CASE("files that are no certificate are refused before anybody is served") {
    const zw::testing::TempFolder folder;
    ServerOptions options;
    options.port = 0;
    options.tls = TlsFiles{folder / "none.pem", folder / "none.key"};
    const Router router = WhoAsks();
    CHECK(zw::testing::ProblemOf([&] { const Server server(options, router); }) == "tls_failed");
}

TEST_CASE("behind a proxy nobody is at the machine itself, whatever the headers say") {
    ServerOptions options;
    options.port = 0;
    options.behind_proxy = true;
    options.names.emplace_back("office.lan");
    const Router router = WhoAsks();
    const Running server(options, router);
    for (const char* forwarded :
         {"", "X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-For: 127.0.0.1, 10.0.0.7\r\n"}) {
        Wire wire(server.port());
        wire.Send(std::string("GET /who HTTP/1.1\r\nHost: Office.LAN\r\n") + forwarded + "\r\n");
        const std::string answer = wire.ReadAnswer();
        CHECK_MESSAGE(answer.find("|sealed|there") != std::string::npos, answer);
    }
}

}  // namespace
}  // namespace zw::http
