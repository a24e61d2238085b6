#pragma once
// What the outside world decides, injected so that tests and replays decide it instead: the clock,
// ids, randomness.

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/date.h"

namespace zw {

// Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual int64_t NowMillis() const = 0;  // since 1970-01-01 UTC
    // The township's own date: UTC+8 (China keeps one time zone and no summer time).
    Date Today() const;
};

class SystemClock final : public Clock {
public:
    int64_t NowMillis() const override;
};

// Stands still until told; for tests and replays.
class FixedClock final : public Clock {
public:
    explicit FixedClock(int64_t millis) : millis_(millis) {}
    int64_t NowMillis() const override { return millis_; }
    void Set(int64_t millis) { millis_ = millis; }

private:
    std::atomic<int64_t> millis_;
};

// 2023-12-20T09:30:00.000+08:00 and back; absent when it is no such time or one of another zone.
// Seconds, milliseconds and zone may be left out; what is left out means its last moment: a date
// alone is its last millisecond.
std::string TimeToText(int64_t millis);
std::optional<int64_t> ParseTime(std::string_view text);

// Ids of records and batches: 41 bits of milliseconds since 2020-01-01, 10 bits of node, 12 bits of
// sequence (portable-sql.md E). Strictly growing, also when the clock is set back. Thread-safe.
class IdGenerator {
public:
    explicit IdGenerator(const Clock& clock, int node = 0) : clock_(clock), node_(node) {}
    int64_t Next();

private:
    const Clock& clock_;
    const int node_;
    std::mutex mutex_;
    int64_t last_ = 0;
};

// Bytes nobody can guess. Thread-safe.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual std::string Bytes(size_t n) = 0;
};

class SystemRandom final : public RandomSource {
public:
    std::string Bytes(size_t n) override;
};

}  // namespace zw
