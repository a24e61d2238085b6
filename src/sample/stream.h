#pragma once
// Random numbers of the made-up town. Each value has a stream of its own, chosen by hash(seed,
// record, parent, n, field), so that a new field or record type changes no other value. The same on
// every machine: no library's distribution is used.

#include <cstdint>
#include <string_view>

namespace zw::sample {

// Names a stream; longer names are made from shorter ones.
class StreamKey {
public:
    explicit StreamKey(uint64_t seed);

    StreamKey With(std::string_view part) const;
    StreamKey With(int64_t part) const;
    uint64_t value() const { return value_; }

private:
    uint64_t value_;
};

class Stream {
public:
    explicit Stream(const StreamKey& key) : state_(key.value()) {}

    uint64_t Next();
    int64_t Below(int64_t n);               // 0 to n - 1; n > 0
    int64_t Between(int64_t a, int64_t b);  // a to b, both possible; a <= b
    double Unit();                          // [0, 1)
    double Normal();                        // mean 0, deviation 1, within ±6
    bool Chance(double probability) { return Unit() < probability; }

private:
    uint64_t state_;
};

}  // namespace zw::sample
