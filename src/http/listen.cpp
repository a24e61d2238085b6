// Where to listen, under which names, and whether that may be done in clear.

#include <ifaddrs.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/address.hpp>
#include <memory>

#include "base/text.h"
#include "http/guard.h"
#include "http/server.h"

namespace zw::http {

namespace {

constexpr size_t kNameMost = 256;

std::string HostForm(const std::string& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

// Every address of this machine, and its name.
std::vector<std::string> OwnNames() {
    std::vector<std::string> names;
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) == 0) {
        const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owned(list, freeifaddrs);
        for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
            const int family = one->ifa_addr == nullptr ? AF_UNSPEC : one->ifa_addr->sa_family;
            if (family != AF_INET && family != AF_INET6) {
                continue;
            }
            const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
            std::array<char, NI_MAXHOST> text{};
            if (getnameinfo(
                    one->ifa_addr, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST
                ) == 0) {
                names.push_back(HostForm(text.data()));
            }
        }
    }
    std::array<char, kNameMost> host{};
    if (gethostname(host.data(), host.size() - 1) == 0 && host[0] != '\0') {
        names.emplace_back(host.data());
    }
    return names;
}

}  // namespace

ServerOptions ParseListen(const std::string& text) {
    ServerOptions options;
    const size_t colon = text.rfind(':');
    const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
    if (colon != std::string::npos) {
        options.address = text.substr(0, colon);
    }
    if (port.empty() || port.size() > 5 ||
        port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535) {
        throw Problem::Because(
            "wrong_use", {"--listen 应为 127.0.0.1:8080", "--listen is as 127.0.0.1:8080"}
        );
    }
    options.port = static_cast<uint16_t>(std::stoi(port));
    if (options.address == "localhost") {
        options.address = "127.0.0.1";
    }
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(
        ReplaceAll(ReplaceAll(options.address, "[", ""), "]", ""), error
    );
    if (error) {
        throw Problem::Because(
            "wrong_use", {"--listen 应为 127.0.0.1:8080", "--listen is as 127.0.0.1:8080"}
        );
    }
    options.address = address.to_string();
    if (address.is_unspecified()) {
        for (const std::string& name : OwnNames()) {
            options.names.push_back(name);
        }
    } else if (!address.is_loopback()) {
        options.names.push_back(HostForm(options.address));
    }
    return options;
}

void RequireSealed(const ServerOptions& options, bool insecure) {
    if (!IsLoopback(options.address) && !options.tls && !options.behind_proxy && !insecure) {
        throw Problem("listen_plain", {{"address", options.address}});
    }
}

}  // namespace zw::http
