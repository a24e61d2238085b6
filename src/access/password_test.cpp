#include "access/password.h"

#include <doctest/doctest.h>
#include <sodium.h>

#include <set>

#include "access/refused_passwords.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::access {
namespace {

constexpr PasswordCost kCheap{1, size_t{8} << 10U};

class CountingRandom final : public RandomSource {
public:
    std::string Bytes(size_t n) override {
        std::string bytes;
        for (size_t i = 0; i < n; ++i) {
            bytes += static_cast<char>(next_++);
        }
        return bytes;
    }

private:
    unsigned char next_ = 0;
};

bool Refused(const std::string& password, const std::vector<std::string>& about = {}) {
    try {
        CheckPassword(password, about, Policy());
    } catch (const Problem& problem) {
        return problem.code() == "bad_password";
    }
    return false;
}

TEST_CASE("what is kept is what libsodium itself would verify") {
    SystemRandom random;
    const std::string stored = HashPassword("青石镇 2023 办公室", kCheap, random);
    const std::string password = "青石镇 2023 办公室";
    CHECK(StartsWith(stored, "$argon2id$v=19$m=8,t=1,p=1$"));
    CHECK(crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0);
    CHECK(PasswordHolds(password, stored));
    CHECK_FALSE(PasswordHolds(password + " ", stored));
    CHECK_FALSE(PasswordHolds(password, ""));
    CHECK_FALSE(PasswordHolds(password, "$argon2id$v=19$m=8"));
    CHECK(HashPassword(password, kCheap, random) != stored);
}

TEST_CASE("full-width letters of an input method are the same password") {
    SystemRandom random;
    CHECK(PasswordHolds("ａｂｃ－ｄｅｆ１２", HashPassword("abc-def12", kCheap, random)));
    CHECK_FALSE(PasswordHolds("ABC-def12", HashPassword("abc-def12", kCheap, random)));
}

TEST_CASE("a hash made cheaper than today's is made anew") {
    SystemRandom random;
    const std::string stored = HashPassword("some-password", kCheap, random);
    CHECK_FALSE(NeedsNewHash(stored, kCheap));
    CHECK(NeedsNewHash(stored, {2, size_t{8} << 10U}));
    CHECK(NeedsNewHash(stored, {1, size_t{16} << 10U}));
}

TEST_CASE("refused: short, long, guessed first, one pattern, one's own name; no rule of composition"
) {
    CHECK(Refused("abc-def"));
    CHECK(Refused("青石镇办公室"));
    CHECK_FALSE(Refused("青石镇综合办公室"));
    CHECK(Refused(std::string(129, 'a') + "b"));
    CHECK(Refused("Password123"));
    CHECK(Refused("WOAINI1314"));
    CHECK(Refused("aaaaaaaaaa"));
    CHECK(Refused("abcabcabcabc"));
    CHECK(Refused("12345678"));
    CHECK(Refused("87654321"));
    CHECK(Refused("zhangsan1", {"zhangsan"}));
    CHECK_FALSE(Refused("zhangsan-likes-noodles", {"zhangsan"}));
    CHECK_FALSE(Refused("correcthorsebatterystaple"));
    CHECK_FALSE(Refused("qingshi-hedong"));
    CHECK(Refused("\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8"));
}

TEST_CASE("the list holds nothing that the rules refuse anyway, and nothing twice") {
    std::set<std::string_view> seen;
    for (const std::string_view password : RefusedPasswords()) {
        CAPTURE(password);
        CHECK(seen.insert(password).second);
        CHECK(Length(password) >= Policy().password_least);
        for (const char c : password) {
            CHECK_FALSE((c >= 'A' && c <= 'Z'));
        }
    }
    CHECK(seen.size() > 100);
}

TEST_CASE("a one-time password: three groups, drawn evenly, each another") {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string password = OneTimePassword(random);
        CHECK(password.size() == 14);
        CHECK(password[4] == '-');
        CHECK(password[9] == '-');
        CHECK(password.find_first_of("01ilo") == std::string::npos);
        CHECK(seen.insert(password).second);
        CHECK_FALSE(Refused(password));
    }
    CountingRandom counting;
    CHECK(OneTimePassword(counting) == "2345-6789-abcd");
}

}  // namespace
}  // namespace zw::access
