#include "base/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "base/problem.h"
#include "base/text.h"

namespace zw {

namespace {

constexpr size_t kIvSize = 16;
constexpr size_t kHkdfBlocks = 255;

void Check(bool done, const char* what) {
    if (!done) {
        throw Problem("internal", {{"what", what}});
    }
}

const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// Fetched once: looking an algorithm up by name costs more than hashing a row.
const EVP_MD* Sm3Algorithm() {
    static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SM3", nullptr);
    Check(kAlgorithm != nullptr, "OpenSSL has no SM3");
    return kAlgorithm;
}

EVP_MAC* HmacAlgorithm() {
    // OpenSSL takes it as non-const, to count who holds it.
    static EVP_MAC* const
        kAlgorithm =  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
        EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    Check(kAlgorithm != nullptr, "OpenSSL has no HMAC");
    return kAlgorithm;
}

// CTR turns plain into cipher and back by the same steps.
std::string Sm4Ctr(std::string_view key, std::string_view iv, std::string_view text) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free
    );
    std::string out(text.size(), '\0');
    int written = 0;
    Check(context != nullptr, "EVP_CIPHER_CTX_new");
    Check(
        EVP_EncryptInit_ex(context.get(), EVP_sm4_ctr(), nullptr, Bytes(key), Bytes(iv)) == 1,
        "OpenSSL has no SM4-CTR"
    );
    Check(
        EVP_EncryptUpdate(
            context.get(), Bytes(out), &written, Bytes(text), static_cast<int>(text.size())
        ) == 1,
        "EVP_EncryptUpdate"
    );
    return out;
}

int HexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

struct Sm3Hasher::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
        EVP_MD_CTX_new(), EVP_MD_CTX_free};
    void Start() {
        Check(context && EVP_DigestInit_ex2(context.get(), Sm3Algorithm(), nullptr) == 1, "SM3");
    }
};

Sm3Hasher::Sm3Hasher() : state_(std::make_unique<State>()) {
    state_->Start();
}

Sm3Hasher::~Sm3Hasher() = default;
Sm3Hasher::Sm3Hasher(Sm3Hasher&&) noexcept = default;
Sm3Hasher& Sm3Hasher::operator=(Sm3Hasher&&) noexcept = default;

void Sm3Hasher::Update(std::string_view bytes) {
    Check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1, "SM3");
}

std::string Sm3Hasher::Finish() {
    std::string digest(kSm3Size, '\0');
    Check(EVP_DigestFinal_ex(state_->context.get(), Bytes(digest), nullptr) == 1, "SM3");
    state_->Start();
    return digest;
}

std::string Sm3(std::string_view bytes) {
    std::string digest(kSm3Size, '\0');
    Check(
        EVP_Digest(bytes.data(), bytes.size(), Bytes(digest), nullptr, Sm3Algorithm(), nullptr) ==
            1,
        "SM3"
    );
    return digest;
}

std::string HmacSm3(std::string_view key, std::string_view bytes) {
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(
        EVP_MAC_CTX_new(HmacAlgorithm()), EVP_MAC_CTX_free
    );
    std::string name = "SM3";
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
        OSSL_PARAM_construct_end()};
    // OpenSSL takes a null key for "the key set before".
    const std::string_view bytes_of_key = key.data() == nullptr ? std::string_view("") : key;
    std::string mac(kSm3Size, '\0');
    size_t size = 0;
    Check(
        context != nullptr &&
            EVP_MAC_init(
                context.get(), Bytes(bytes_of_key), bytes_of_key.size(), parameters.data()
            ) == 1 &&
            EVP_MAC_update(context.get(), Bytes(bytes), bytes.size()) == 1 &&
            EVP_MAC_final(context.get(), Bytes(mac), &size, mac.size()) == 1,
        "HMAC-SM3"
    );
    return mac;
}

std::string HkdfSm3(
    std::string_view secret, std::string_view salt, std::string_view info, size_t length
) {
    if (length > kHkdfBlocks * kSm3Size) {
        throw std::invalid_argument("HKDF cannot give so many bytes");
    }
    const std::string extracted =
        HmacSm3(salt.empty() ? std::string(kSm3Size, '\0') : std::string(salt), secret);
    std::string out;
    std::string block;
    for (char counter = 1; out.size() < length; ++counter) {
        block.append(info).push_back(counter);
        block = HmacSm3(extracted, block);
        out += block;
    }
    out.resize(length);
    return out;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string ToHex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xFU];
    }
    return text;
}

std::optional<std::string> FromHex(std::string_view text) {
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string bytes;
    for (size_t i = 0; i < text.size(); i += 2) {
        const int high = HexDigit(text[i]);
        const int low = HexDigit(text[i + 1]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

FieldCipher::FieldCipher(std::string encryption_key, std::string mac_key)
    : encryption_key_(std::move(encryption_key)), mac_key_(std::move(mac_key)) {
    if (encryption_key_.size() != kSm4KeySize || mac_key_.size() != kSm3Size) {
        throw std::invalid_argument("a field cipher takes keys of 16 and 32 bytes");
    }
}

std::string FieldCipher::Mac(std::string_view column, std::string_view iv_and_ciphertext) const {
    std::string bytes(iv_and_ciphertext);
    bytes += column;
    // Without the length, the last bytes of a ciphertext and the first of a column could change
    // sides.
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(column.size() >> static_cast<unsigned>(shift));
    }
    return HmacSm3(mac_key_, bytes);
}

std::string FieldCipher::Seal(std::string_view column, std::string_view plain, RandomSource& random)
    const {
    std::string sealed = random.Bytes(kIvSize);
    sealed += Sm4Ctr(encryption_key_, std::string(sealed), plain);
    sealed += Mac(column, sealed);
    return sealed;
}

std::optional<std::string> FieldCipher::Open(std::string_view column, std::string_view sealed)
    const {
    if (sealed.size() < kIvSize + kSm3Size) {
        return std::nullopt;
    }
    const std::string_view covered = sealed.substr(0, sealed.size() - kSm3Size);
    if (!EqualInConstantTime(Mac(column, covered), sealed.substr(covered.size()))) {
        return std::nullopt;
    }
    return Sm4Ctr(encryption_key_, covered.substr(0, kIvSize), covered.substr(kIvSize));
}

std::string BlindIndex(std::string_view key, std::string_view value) {
    return ToHex(HmacSm3(key, Normalise(value)));
}

}  // namespace zw
