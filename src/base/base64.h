#pragma once
// Base64 of RFC 4648 section 4, padded, without line breaks.

#include <optional>
#include <string>
#include <string_view>

namespace zw {

std::string ToBase64(std::string_view bytes);
// Strict: absent for other characters, missing or wrong padding, and last bits that are not zero.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace zw
