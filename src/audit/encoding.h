#pragma once
// Bytes that can be read in one way only: every piece carries its tag and its length.

#include <cstdint>
#include <string>
#include <string_view>

namespace zw::audit {

class Encoder {
public:
    void Number(char tag, int64_t value) {
        bytes_ += tag;
        Append(static_cast<uint64_t>(value));
    }
    void Text(char tag, std::string_view text) {
        bytes_ += tag;
        Append(text.size());
        bytes_ += text;
    }
    const std::string& bytes() const { return bytes_; }

private:
    // 8 bytes, the highest first.
    void Append(uint64_t value) {
        for (unsigned shift = 64; shift > 0; shift -= 8) {
            bytes_ += static_cast<char>(value >> (shift - 8));
        }
    }

    std::string bytes_;
};

}  // namespace zw::audit
