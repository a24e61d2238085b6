#include "base/base64.h"

#include <cstdint>

namespace zw {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string ToBase64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view part = bytes.substr(at, 3);
        uint32_t bits = 0;
        for (size_t i = 0; i < 3; ++i) {
            bits = bits << 8U | (i < part.size() ? static_cast<unsigned char>(part[i]) : 0U);
        }
        for (size_t i = 0; i < 4; ++i) {
            text += i <= part.size() ? kAlphabet[bits >> (18U - 6U * i) & 0x3FU] : '=';
        }
    }
    return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    uint32_t bits = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        const bool pad = at >= text.size() - padding;
        const size_t value = pad ? 0 : kAlphabet.find(text[at]);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << 6U | static_cast<uint32_t>(value);
        if (at % 4 == 3) {
            bytes += static_cast<char>(bits >> 16U);
            bytes += static_cast<char>(bits >> 8U);
            bytes += static_cast<char>(bits);
            bits = 0;
        }
    }
    for (; padding > 0; --padding) {
        if (bytes.back() != '\0') {
            return std::nullopt;
        }
        bytes.pop_back();
    }
    return bytes;
}

}  // namespace zw
