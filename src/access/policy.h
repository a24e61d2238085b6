#pragma once
// Every number of signing in, each with its reason, so that a town or a test can set others.

#include <cstddef>
#include <cstdint>

namespace zw::access {

// Argon2id (RFC 9106). 64 MiB three times over is its second recommended choice, for machines that
// cannot spare 2 GiB a login; libsodium computes one lane. Raised here, stored passwords follow at
// the next sign-in.
struct PasswordCost {
    unsigned long long passes = 3;
    size_t memory_bytes = size_t{64} << 20U;
};

struct Policy {
    PasswordCost cost;
    // NIST SP 800-63B 5.1.1.2: length counts, composition rules do not help; 8 at least.
    size_t password_least = 8;
    size_t password_most = 128;
    // A one-time password is read out or sent by phone: a week covers a clerk who is in the fields.
    int64_t one_time_millis = int64_t{7} * 24 * 60 * 60 * 1000;
    // 等保 (GB/T 22239, identity): idle sessions end within 30 minutes. A day's work in one
    // session.
    int64_t idle_millis = int64_t{30} * 60 * 1000;
    int64_t absolute_millis = int64_t{12} * 60 * 60 * 1000;
    // How old "last used" may be before it is written again: not every request is a write.
    int64_t touch_millis = int64_t{60} * 1000;
    // 等保: 15 minutes after 5 failures. Counted per login and address together, so that an
    // attacker locks only themselves out. From the third failure on each try waits twice as long.
    int free_failures = 2;
    int pair_failures = 5;
    int64_t lock_millis = int64_t{15} * 60 * 1000;
    // One address that tries many logins.
    int address_failures = 30;
    // One login tried from many addresses: those it has never signed in from must wait.
    int login_failures = 50;
    // Ended sessions are kept so long: they say from where somebody is known to sign in, and the
    // log must reach back six months (网络安全法) by itself.
    int64_t keep_sessions_millis = int64_t{90} * 24 * 60 * 60 * 1000;
};

}  // namespace zw::access
