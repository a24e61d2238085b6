#pragma once

#include <cstdint>
#include <string>

namespace zw {

// 2023-12-28 16:05: a moment as people write it, in the zone of TimeToText.
std::string MinuteText(int64_t millis);

}  // namespace zw
