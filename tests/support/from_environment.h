#pragma once
// How much a random test does: what the gate has time for, and more by hand.

#include <cstdint>
#include <cstdlib>

namespace zw::testing {

// The number that the environment's variable says; `otherwise` when it is not set.
inline uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace zw::testing
