#include "base/minute_text.h"

#include "base/environment.h"

namespace zw {

std::string MinuteText(int64_t millis) {
    constexpr size_t kDay = 10;
    constexpr size_t kMinute = 5;
    const std::string text = TimeToText(millis);
    return text.substr(0, kDay) + " " + text.substr(kDay + 1, kMinute);
}

}  // namespace zw
