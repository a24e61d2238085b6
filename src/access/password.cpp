#include "access/password.h"

#include <sodium.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "access/refused_passwords.h"
#include "base/base64.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::access {

namespace {

constexpr size_t kHashBytes = 32;
constexpr size_t kUnknownLeast = 4;  // characters beside what is known about the owner

// The same characters, however a keyboard sends them (NIST SP 800-63B: normalise before hashing).
std::string Same(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
    std::string out;
    if (U_SUCCESS(error)) {
        const auto source = icu::UnicodeString::fromUTF8(
            icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))
        );
        nfkc->normalize(source, error).toUTF8String(out);
    }
    if (U_FAILURE(error)) {
        throw Problem("internal", {{"what", "NFKC"}});
    }
    return out;
}

std::string Lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return text;
}

std::string Unpadded(std::string_view bytes) {
    std::string text = ToBase64(bytes);
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

[[noreturn]] void Refuse(const std::string& what, const std::string& what_en) {
    throw Problem("bad_password", {{"what", what}, {"what_en", what_en}});
}

// aaaaaaaa, abababab, 123123123.
bool Repeats(std::u32string_view text) {
    for (size_t unit = 1; unit <= 4 && unit * 2 <= text.size(); ++unit) {
        bool same = true;
        for (size_t i = unit; i < text.size() && same; ++i) {
            same = text[i] == text[i - unit];
        }
        if (same) {
            return true;
        }
    }
    return false;
}

// 12345678, hgfedcba.
bool Counts(std::u32string_view text) {
    const auto steps = [&](int by) {
        for (size_t i = 1; i < text.size(); ++i) {
            if (static_cast<int64_t>(text[i]) - static_cast<int64_t>(text[i - 1]) != by) {
                return false;
            }
        }
        return true;
    };
    return steps(1) || steps(-1);
}

// zhangsan1: what is known about its owner, and too little beside.
bool MostlyKnown(const std::string& password, const std::vector<std::string>& about) {
    constexpr size_t kShortest = 3;
    for (const std::string& known : about) {
        const std::string lower = Lower(Normalise(known));
        if (Length(lower) < kShortest || password.find(lower) == std::string::npos) {
            continue;
        }
        if (Length(ReplaceAll(password, lower, "")) < kUnknownLeast) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string HashPassword(
    std::string_view password, const PasswordCost& cost, RandomSource& random
) {
    if (sodium_init() < 0) {
        throw Problem("internal", {{"what", "libsodium"}});
    }
    const std::string salt = random.Bytes(crypto_pwhash_SALTBYTES);
    const std::string same = Same(password);
    std::string hash(kHashBytes, '\0');
    const int failed = crypto_pwhash(
        reinterpret_cast<unsigned char*>(hash.data()),
        hash.size(),
        same.data(),
        same.size(),
        reinterpret_cast<const unsigned char*>(salt.data()),
        cost.passes,
        cost.memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) {
        throw Problem::Because("internal", {"argon2id: 内存不足", "argon2id: out of memory"});
    }
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) +
           ",t=" + std::to_string(cost.passes) + ",p=1$" + Unpadded(salt) + "$" + Unpadded(hash);
}

bool PasswordHolds(std::string_view password, const std::string& stored) {
    const std::string same = Same(password);
    return sodium_init() >= 0 &&
           crypto_pwhash_str_verify(stored.c_str(), same.data(), same.size()) == 0;
}

bool NeedsNewHash(const std::string& stored, const PasswordCost& cost) {
    return sodium_init() < 0 ||
           crypto_pwhash_str_needs_rehash(stored.c_str(), cost.passes, cost.memory_bytes) != 0;
}

void CheckPassword(
    std::string_view password, const std::vector<std::string>& about, const Policy& policy
) {
    if (!IsValidUtf8(password)) {
        Refuse("不是有效的文字", "not valid text");
    }
    const std::string lower = Lower(Same(password));
    const std::u32string points = ToCodePoints(lower);
    if (points.size() < policy.password_least) {
        const std::string least = std::to_string(policy.password_least);
        Refuse("至少要" + least + "个字符", "at least " + least + " characters");
    }
    if (points.size() > policy.password_most) {
        const std::string most = std::to_string(policy.password_most);
        Refuse("最多" + most + "个字符", "at most " + most + " characters");
    }
    const auto refused = RefusedPasswords();
    if (std::find(refused.begin(), refused.end(), lower) != refused.end()) {
        Refuse("这是最常被人猜的密码之一，请换一个", "it is among those that are guessed first");
    }
    if (Repeats(points) || Counts(points)) {
        Refuse("不能是重复或连续的字符", "one pattern repeated or counted up");
    }
    if (MostlyKnown(lower, about)) {
        Refuse("不能用自己的登录名、名字作密码", "it is the user's own login or name");
    }
}

std::string OneTimePassword(RandomSource& random) {
    constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstuvwxyz";
    constexpr size_t kCharacters = 12;
    constexpr size_t kGroup = 4;
    std::string password;
    size_t made = 0;
    while (made < kCharacters) {
        for (const unsigned char byte : random.Bytes(kCharacters)) {
            // Only whole rounds of the alphabet, so that each letter is as likely as the others.
            if (made == kCharacters || byte >= 256 / kLetters.size() * kLetters.size()) {
                continue;
            }
            password += made != 0 && made % kGroup == 0 ? "-" : "";
            password += kLetters[byte % kLetters.size()];
            ++made;
        }
    }
    return password;
}

}  // namespace zw::access
