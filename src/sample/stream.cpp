#include "sample/stream.h"

#include "base/decimal.h"

namespace zw::sample {

namespace {

constexpr uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input moves half of the
// output's.
uint64_t Scramble(uint64_t x) {
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

}  // namespace

StreamKey::StreamKey(uint64_t seed) : value_(Scramble(seed + kGolden)) {}

StreamKey StreamKey::With(std::string_view part) const {
    StreamKey longer = *this;
    for (const char c : part) {
        longer.value_ = Scramble(longer.value_ * 257 + static_cast<unsigned char>(c) + kGolden);
    }
    return longer.With(static_cast<int64_t>(part.size()));
}

StreamKey StreamKey::With(int64_t part) const {
    StreamKey longer = *this;
    longer.value_ = Scramble(
        Scramble(longer.value_ + kGolden) ^ Scramble(static_cast<uint64_t>(part) + 3 * kGolden)
    );
    return longer;
}

uint64_t Stream::Next() {
    state_ += kGolden;
    return Scramble(state_);
}

int64_t Stream::Below(int64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<int64_t>((static_cast<Wide>(Next()) * static_cast<uint64_t>(n)) >> 64U);
}

int64_t Stream::Between(int64_t a, int64_t b) {
    return a + Below(b - a + 1);
}

double Stream::Unit() {
    return static_cast<double>(Next() >> 11U) * 0x1.0p-53;
}

double Stream::Normal() {
    constexpr int kTerms = 12;  // the sum of 12 uniforms has variance 1
    double sum = -kTerms / 2.0;
    for (int i = 0; i < kTerms; ++i) {
        sum += Unit();
    }
    return sum;
}

}  // namespace zw::sample
