#pragma once
// National commercial cryptography (商用密码) on OpenSSL 3: SM3 (GB/T 32905), SM4 (GB/T 32907),
// HMAC and HKDF over SM3. Byte strings are std::string; nothing here is text unless it says hex.
// Keys come from audit::KeyFile. Thread-safe.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/environment.h"

namespace zw {

constexpr size_t kSm3Size = 32;
constexpr size_t kSm4KeySize = 16;

// SM3 over what is given piece by piece.
class Sm3Hasher {
public:
    Sm3Hasher();
    ~Sm3Hasher();
    Sm3Hasher(Sm3Hasher&&) noexcept;
    Sm3Hasher& operator=(Sm3Hasher&&) noexcept;
    void Update(std::string_view bytes);
    // 32 bytes; the hasher starts anew.
    std::string Finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string Sm3(std::string_view bytes);
std::string HmacSm3(std::string_view key, std::string_view bytes);
// RFC 5869 with SM3: `length` bytes, at most 255 × 32; `info` tells the keys of one secret apart.
std::string HkdfSm3(
    std::string_view secret, std::string_view salt, std::string_view info, size_t length
);

// Takes the same time wherever the two differ.
bool EqualInConstantTime(std::string_view a, std::string_view b);

std::string ToHex(std::string_view bytes);  // lower case
std::optional<std::string> FromHex(std::string_view text
);  // absent when it is no hex of whole bytes

// SM4-CTR under a random IV, then HMAC-SM3 over IV ‖ ciphertext ‖ column ‖ its length, each with
// its own key.
class FieldCipher {
public:
    // 16 bytes, 32 bytes; anything else throws std::invalid_argument.
    FieldCipher(std::string encryption_key, std::string mac_key);
    // IV ‖ ciphertext ‖ MAC. `column` binds the value to its place: it opens nowhere else.
    std::string Seal(std::string_view column, std::string_view plain, RandomSource& random) const;
    // Absent when a byte of it, the column or the keys are not those it was sealed with.
    std::optional<std::string> Open(std::string_view column, std::string_view sealed) const;

private:
    std::string Mac(std::string_view column, std::string_view iv_and_ciphertext) const;

    std::string encryption_key_;
    std::string mac_key_;
};

// HMAC-SM3(key, Normalise(value)) in hex: equal values find each other without being readable.
std::string BlindIndex(std::string_view key, std::string_view value);

}  // namespace zw
