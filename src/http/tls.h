#pragma once
// A certificate of the program's own making, for an office without one: browsers warn once, and its
// fingerprint, printed at start, is what people compare.

#include <filesystem>
#include <string>
#include <vector>

#include "base/environment.h"
#include "http/server.h"

namespace zw::http {

// Those of `folder` (certificate.pem, key.pem, 0600), made when they are not there, have expired or
// do not name every one of `names`. Throws "tls_failed".
TlsFiles SelfMadeCertificate(
    const std::filesystem::path& folder, const std::vector<std::string>& names, const Clock& clock
);

// SHA-256 of the certificate, as browsers show it: AB:CD:…. Throws "tls_failed".
std::string Fingerprint(const std::filesystem::path& certificate);

}  // namespace zw::http
