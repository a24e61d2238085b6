// Vectors: GB/T 32905-2016 A (SM3), shared compliance.md (HMAC), and values computed by Python's
// hashlib and by the openssl command.

#include "base/crypto.h"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

using namespace zw;  // NOLINT(google-build-using-namespace)

namespace {

// Gives the same bytes over and over.
class RepeatedRandom final : public RandomSource {
public:
    explicit RepeatedRandom(std::string bytes) : bytes_(std::move(bytes)) {}
    std::string Bytes(size_t n) override {
        std::string out;
        while (out.size() < n) {
            out += bytes_;
        }
        return out.substr(0, n);
    }

private:
    std::string bytes_;
};

std::string OfHex(std::string_view text) {
    return FromHex(text).value();
}

// 0, 1, 2 … n-1
std::string Counting(size_t n) {
    std::string bytes;
    for (size_t i = 0; i < n; ++i) {
        bytes += static_cast<char>(i);
    }
    return bytes;
}

std::string OpensslHkdf(std::string secret, std::string salt, std::string info, size_t length) {
    EVP_KDF* algorithm = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    EVP_KDF_CTX* context = EVP_KDF_CTX_new(algorithm);
    std::string digest = "SM3";
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
        OSSL_PARAM_construct_end()};
    std::string out(length, '\0');
    const int done = EVP_KDF_derive(
        context, reinterpret_cast<unsigned char*>(out.data()), out.size(), parameters.data()
    );
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(algorithm);
    REQUIRE(done == 1);
    return out;
}

}  // namespace

TEST_CASE("SM3: the standard's examples") {
    CHECK(ToHex(Sm3("abc")) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string sixteen_times;
    for (int i = 0; i < 16; ++i) {
        sixteen_times += "abcd";
    }
    CHECK(
        ToHex(Sm3(sixteen_times)) ==
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    );
    CHECK(ToHex(Sm3("")) == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
}

TEST_CASE("SM3 piece by piece, and again") {
    Sm3Hasher hasher;
    hasher.Update("a");
    hasher.Update("");
    hasher.Update("bc");
    CHECK(hasher.Finish() == Sm3("abc"));
    hasher.Update("abc");
    CHECK(hasher.Finish() == Sm3("abc"));
}

TEST_CASE("HMAC-SM3") {
    CHECK(
        ToHex(HmacSm3("key", "abc")) ==
        "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393"
    );
    CHECK(
        ToHex(HmacSm3({}, {})) == "0d23f72ba15e9c189a879aefc70996b06091de6e64d31b7a84004356dd915261"
    );
}

TEST_CASE("HKDF over SM3") {
    const std::string secret(22, '\x0b');
    CHECK(
        ToHex(HkdfSm3(secret, Counting(13), OfHex("f0f1f2f3f4f5f6f7f8f9"), 82)) ==
        "c69fe91b7aaee2dd5718d72dcaee0cce93f1b8e41f792da51261b6a517e68b36ed2c595572b01dfa359bc57c75"
        "4245c6b5a5b974f538"
        "f7d23980f78114d63dab16bd84b9ecfd0a5d501ddfb97bc47d5ad971"
    );
    CHECK(
        ToHex(HkdfSm3(secret, {}, {}, 42)) ==
        "c8c91a38ae2fb3b023a7c38ce9f0748f28230d59b6b950ba3ba949bf0d713a5774815778801741cb2034"
    );
    CHECK(HkdfSm3("secret", "salt", "use", 100) == OpensslHkdf("secret", "salt", "use", 100));
    CHECK(HkdfSm3("secret", "salt", "use", 32) != HkdfSm3("secret", "salt", "another use", 32));
    CHECK(HkdfSm3("secret", "salt", "use", 8160).size() == 8160);
    CHECK_THROWS_AS(HkdfSm3("secret", "salt", "use", 8161), std::invalid_argument);
}

TEST_CASE("comparison and hex") {
    CHECK(EqualInConstantTime("abc", "abc"));
    CHECK_FALSE(EqualInConstantTime("abc", "abd"));
    CHECK_FALSE(EqualInConstantTime("abc", "ab"));
    CHECK(EqualInConstantTime({}, {}));
    CHECK(ToHex(std::string("\x00\x7f\xff", 3)) == "007fff");
    CHECK(FromHex("007FfF") == std::string("\x00\x7f\xff", 3));
    CHECK_FALSE(FromHex("0"));
    CHECK_FALSE(FromHex("0g"));
}

TEST_CASE("sealing a field: SM4-CTR as the openssl command does it") {
    const std::string iv = Counting(16);
    RepeatedRandom random(iv);
    const FieldCipher cipher(OfHex("0123456789abcdeffedcba9876543210"), std::string(32, 'm'));
    const std::string sealed = cipher.Seal("7.3", "公民身份号码", random);
    CHECK(sealed.substr(0, 16) == iv);
    CHECK(ToHex(sealed.substr(16, 18)) == "e31d30878d37801781694c3f04274e8dcf86");
    CHECK(sealed.size() == 16 + 18 + 32);
    CHECK(
        sealed.substr(34) ==
        HmacSm3(std::string(32, 'm'), sealed.substr(0, 34) + "7.3" + std::string("\0\0\0\x03", 4))
    );
    CHECK(
        ToHex(cipher.Seal("7.3", "0123456789abcdef", random).substr(16, 16)) ==
        "36a9ae5209935e9a12b496e082cc9c0c"
    );
}

TEST_CASE("a sealed field opens only as it was sealed") {
    SystemRandom random;
    const FieldCipher cipher(random.Bytes(16), random.Bytes(32));
    const FieldCipher other(random.Bytes(16), random.Bytes(32));
    for (const std::string& plain :
         {std::string(), std::string("11010519491231002X"), std::string(1000, '\0')}) {
        const std::string sealed = cipher.Seal("7.3", plain, random);
        CHECK(cipher.Open("7.3", sealed) == plain);
        CHECK_FALSE(cipher.Open("7.4", sealed));
        CHECK_FALSE(other.Open("7.3", sealed));
        for (size_t i = 0; i < sealed.size(); i += 7) {
            std::string changed = sealed;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            CHECK_FALSE(cipher.Open("7.3", changed));
        }
        CHECK_FALSE(cipher.Open("7.3", sealed.substr(1)));
        CHECK_FALSE(cipher.Open("7.3", sealed + "x"));
    }
    CHECK_FALSE(cipher.Open("7.3", ""));
    CHECK(cipher.Seal("7.3", "same", random) != cipher.Seal("7.3", "same", random));
    CHECK_THROWS_AS(FieldCipher("short", std::string(32, 'm')), std::invalid_argument);
}

TEST_CASE("bytes do not change sides between a value and its column") {
    // The MAC of ciphertext c and column "xy" must not be that of ciphertext c ‖ "x" and column
    // "y".
    SystemRandom random;
    const FieldCipher cipher(random.Bytes(16), random.Bytes(32));
    const std::string sealed = cipher.Seal("xy", "abc", random);
    const std::string shifted = sealed.substr(0, 19) + "x" + sealed.substr(19);
    CHECK_FALSE(cipher.Open("y", shifted));
}

TEST_CASE("blind index: equal as normalised, nothing else") {
    CHECK(
        BlindIndex("key", "abc") ==
        "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393"
    );
    CHECK(BlindIndex("key", " ａｂ c　") == BlindIndex("key", "abc"));
    CHECK(BlindIndex("key", "abd") != BlindIndex("key", "abc"));
    CHECK(BlindIndex("other", "abc") != BlindIndex("key", "abc"));
}
