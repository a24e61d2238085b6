#include "base/environment.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <chrono>
#include <regex>

#include "base/id_time.h"
#include "base/problem.h"

namespace zw {

namespace {

constexpr int64_t kZoneMillis = 8LL * 3600 * 1000;
constexpr int64_t kDayMillis = 24LL * 3600 * 1000;

}  // namespace

Date Clock::Today() const {
    return FromDays((NowMillis() + kZoneMillis) / kDayMillis);
}

int64_t SystemClock::NowMillis() const {
    using std::chrono::duration_cast;
    return duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch()
    )
        .count();
}

std::string TimeToText(int64_t millis) {
    const int64_t local = millis + kZoneMillis;
    const int64_t rest = local % kDayMillis;
    return fmt::format(
        "{}T{:02}:{:02}:{:02}.{:03}+08:00",
        ToText(FromDays(local / kDayMillis)),
        rest / 3600000,
        rest / 60000 % 60,
        rest / 1000 % 60,
        rest % 1000
    );
}

std::optional<int64_t> ParseTime(std::string_view text) {
    const auto day = ParseIsoDate(text.substr(0, 10));
    if (!day) {
        return std::nullopt;
    }
    const int64_t start = ToDays(*day) * kDayMillis - kZoneMillis;
    if (text.size() == 10) {
        return start + kDayMillis - 1;
    }
    // A time of another zone is none: it would be read as hours off.
    static const std::regex kForm(
        R"([T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?(?:\+08:00)?)"
    );
    std::cmatch part;
    if (!std::regex_match(text.data() + 10, text.data() + text.size(), part, kForm)) {
        return std::nullopt;
    }
    const auto number = [&](size_t group, int otherwise) {
        return part[group].matched ? std::stoi(part[group].str()) : otherwise;
    };
    const int hour = number(1, 0);
    const int minute = number(2, 0);
    const int second = number(3, 59);
    const int milli = number(4, 999);
    return start + ((hour * 60LL + minute) * 60 + second) * 1000 + milli;
}

int64_t IdGenerator::Next() {
    const std::lock_guard lock(mutex_);
    const int64_t now =
        (clock_.NowMillis() - kIdEpoch) << kBitsBelowIdTime | static_cast<int64_t>(node_) << 12;
    const int64_t sequence = last_ & 0xFFF;
    if (now > last_) {
        last_ = now;
    } else if (sequence < 0xFFF) {
        ++last_;
    } else {
        last_ = ((last_ >> kBitsBelowIdTime) + 1) << kBitsBelowIdTime | static_cast<int64_t>(node_)
                                                                            << 12;
    }
    return last_;
}

std::string SystemRandom::Bytes(size_t n) {
    std::string bytes(n, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(n)) != 1) {
        throw Problem("internal", {{"what", "RAND_bytes"}});
    }
    return bytes;
}

}  // namespace zw
