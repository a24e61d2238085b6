#pragma once
// Passwords: how they are kept (Argon2id), which are refused, how a first one is made.

#include <string>
#include <string_view>
#include <vector>

#include "access/policy.h"
#include "base/environment.h"

namespace zw::access {

// "$argon2id$v=19$m=65536,t=3,p=1$salt$hash", as libsodium's crypto_pwhash_str writes it; the salt
// comes from `random`. Takes as long as `cost` says.
std::string HashPassword(std::string_view password, const PasswordCost& cost, RandomSource& random);
// Also false when `stored` is no such text. Takes as long as the cost in `stored` says.
bool PasswordHolds(std::string_view password, const std::string& stored);
bool NeedsNewHash(const std::string& stored, const PasswordCost& cost);

// Throws "bad_password" saying what is wrong: too short, too long, one of those that are tried
// first everywhere, one pattern repeated, or what is known about its owner (`about`: login, name).
void CheckPassword(
    std::string_view password, const std::vector<std::string>& about, const Policy& policy
);

// "k7mw-3xtq-9hbd": 59 bits, no letters that are read wrongly over a phone.
std::string OneTimePassword(RandomSource& random);

}  // namespace zw::access
