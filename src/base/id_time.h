#pragma once
// The time inside an id of IdGenerator (base/environment.h).

#include <cstdint>

namespace zw {

constexpr int64_t kIdEpoch = 1577836800000;  // 2020-01-01 UTC
constexpr int kBitsBelowIdTime = 22;         // node, sequence

// Milliseconds since 1970-01-01 UTC; ahead of the clock after more than 4096 ids in one of them, or
// when the clock was set back.
constexpr int64_t MillisOfId(int64_t id) {
    return (id >> kBitsBelowIdTime) + kIdEpoch;
}

}  // namespace zw
