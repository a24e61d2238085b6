#pragma once
// Passwords that are tried first everywhere, in lower case, of eight characters and more.

#include <span>
#include <string_view>

namespace zw::access {

std::span<const std::string_view> RefusedPasswords();

}  // namespace zw::access
