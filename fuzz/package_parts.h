#pragma once
// An office file is a zip: flipped bytes of one break its checksums and never reach the readers of
// its parts. So an input that does not begin as a zip is taken for the parts themselves, one after
// the other with a zero byte between, and packed here.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "document/package.h"

namespace zw::fuzz {

inline std::string PackageBytes(
    const uint8_t* data, size_t size, const std::vector<std::string>& names
) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    if (input.rfind("PK", 0) == 0) {
        return input;
    }
    document::Package package;
    size_t begin = 0;
    for (const std::string& name : names) {
        if (begin > input.size()) {
            break;
        }
        const size_t end = std::min(input.find('\0', begin), input.size());
        package.Set(name, input.substr(begin, end - begin));
        begin = end + 1;
    }
    return package.Bytes();
}

}  // namespace zw::fuzz
