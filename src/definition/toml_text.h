#pragma once
// TOML as people type it between Chinese words.

#include <toml++/toml.h>

#include <string_view>

namespace zw::definition {

// As toml::parse, and throws toml::parse_error as it does; but a character that TOML has no place
// for outside quotes and comments (，“”＝, a name without quotes) is told first, with what would be
// right. toml++ 3.3 must not see it: its test for wide spaces runs into undefined behaviour there.
toml::table ParseToml(std::string_view text, std::string_view path = {});

}  // namespace zw::definition
