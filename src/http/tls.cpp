#include "http/tls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <memory>

#include "base/text.h"

namespace zw::http {

namespace {

namespace fs = std::filesystem;

constexpr int64_t kSecond = 1000;
// Browsers refuse longer ones.
constexpr int64_t kLifeSeconds = int64_t{825} * 24 * 60 * 60;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

[[noreturn]] void Fail(const std::string& what) {
    throw Problem("tls_failed", {{"what", what}});
}

void Check(bool done) {
    if (!done) {
        std::array<char, 256> text{};
        ERR_error_string_n(ERR_get_error(), text.data(), text.size());
        Fail(text.data());
    }
}

bool IsAddress(const std::string& name) {
    return name.find_first_not_of("0123456789.") == std::string::npos || StartsWith(name, "[");
}

// IP:127.0.0.1,DNS:localhost
std::string AltNames(const std::vector<std::string>& names) {
    std::vector<std::string> parts;
    for (const std::string& name : names) {
        const std::string bare = ReplaceAll(ReplaceAll(name, "[", ""), "]", "");
        if (bare.find_first_of("%, \n") == std::string::npos) {  // fe80::1%eth0 is no SAN
            parts.push_back((IsAddress(name) ? "IP:" : "DNS:") + bare);
        }
    }
    return Join(parts, ",");
}

void AddExtension(X509& certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())
    );
    Check(extension != nullptr && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

Certificate Make(EVP_PKEY& key, const std::vector<std::string>& names, int64_t now) {
    Certificate certificate(X509_new());
    Check(certificate != nullptr);
    constexpr int kVersion3 = 2;
    X509_set_version(certificate.get(), kVersion3);
    std::array<unsigned char, 8> serial{};
    Check(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1);
    uint64_t number = 0;
    for (const unsigned char byte : serial) {
        number = (number << 8U) | byte;
    }
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number >> 1U);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now / kSecond - 60);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now / kSecond + kLifeSeconds);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto* title = reinterpret_cast<const unsigned char*>("zhenwu");
    Check(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, title, -1, -1, 0) == 1);
    X509_set_issuer_name(certificate.get(), subject);
    Check(X509_set_pubkey(certificate.get(), &key) == 1);
    AddExtension(*certificate, NID_subject_alt_name, AltNames(names));
    AddExtension(*certificate, NID_basic_constraints, "critical,CA:FALSE");
    AddExtension(*certificate, NID_ext_key_usage, "serverAuth");
    Check(X509_sign(certificate.get(), &key, EVP_sha256()) != 0);
    return certificate;
}

// Readable by its owner only before a byte is in it.
File Create(const fs::path& path) {
    const mode_t before = umask(S_IRWXG | S_IRWXO);
    File file(std::fopen(path.c_str(), "wb"));
    umask(before);
    if (!file) {
        Fail("不能写入" + path.string());
    }
    return file;
}

Certificate Read(const fs::path& path) {
    const File file(std::fopen(path.c_str(), "rb"));
    return Certificate(file ? PEM_read_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

bool Names(X509& certificate, const std::string& name) {
    const std::string bare = ReplaceAll(ReplaceAll(name, "[", ""), "]", "");
    if (bare.find('%') != std::string::npos) {
        return true;
    }
    return IsAddress(name)
               ? X509_check_ip_asc(&certificate, bare.c_str(), 0) == 1
               : X509_check_host(&certificate, bare.data(), bare.size(), 0, nullptr) == 1;
}

bool Serves(const fs::path& path, const std::vector<std::string>& names, int64_t now) {
    const Certificate certificate = Read(path);
    if (!certificate) {
        return false;
    }
    time_t seconds = now / kSecond;
    if (X509_cmp_time(X509_get0_notAfter(certificate.get()), &seconds) <= 0) {
        return false;
    }
    for (const std::string& name : names) {
        if (!Names(*certificate, name)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TlsFiles SelfMadeCertificate(
    const fs::path& folder, const std::vector<std::string>& names, const Clock& clock
) {
    TlsFiles files{folder / "certificate.pem", folder / "key.pem", true};
    if (fs::exists(files.key) && Serves(files.certificate, names, clock.NowMillis())) {
        return files;
    }
    std::error_code error;
    fs::create_directories(folder, error);
    const Key key(EVP_EC_gen("P-256"));
    Check(key != nullptr);
    const Certificate certificate = Make(*key, names, clock.NowMillis());
    Check(
        PEM_write_PrivateKey(
            Create(files.key).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr
        ) == 1
    );
    Check(PEM_write_X509(Create(files.certificate).get(), certificate.get()) == 1);
    return files;
}

std::string Fingerprint(const fs::path& path) {
    const Certificate certificate = Read(path);
    if (!certificate) {
        Fail("读不了证书" + path.string());
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    Check(X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) == 1);
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += i == 0 ? "" : ":";
        text += kDigits[digest[i] >> 4U];
        text += kDigits[digest[i] & 15U];
    }
    return text;
}

}  // namespace zw::http
