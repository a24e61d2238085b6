#include "access/refused_passwords.h"

#include <array>

namespace zw::access {

namespace {

// What offices choose when nothing stops them: keyboard rows, dates of this country, love words in
// numbers, words of the trade. Patterns (repeated, counted) are refused by rule and not listed.
constexpr std::array kRefused = std::to_array<std::string_view>({
    "password",      "password1",    "password12",    "password123", "password1234", "passw0rd",
    "p@ssw0rd",      "p@ssword",     "qwertyui",      "qwertyuiop",  "qwerty123",    "qwerty1234",
    "1qaz2wsx",      "1qaz@wsx",     "qazwsxedc",     "1q2w3e4r",    "1q2w3e4r5t",   "q1w2e3r4",
    "asdfghjk",      "asdfghjkl",    "zxcvbnm1",      "zxcvbnm123",  "zaq12wsx",     "!qaz2wsx",
    "qwer1234",      "asdf1234",     "zxcv1234",      "abcd1234",    "abc12345",     "abc123456",
    "a1234567",      "a12345678",    "a123456789",    "aa123456",    "aa12345678",   "as123456",
    "qq123456",      "qq123456789",  "qaz123456",     "123456aa",    "123456abc",    "1234567a",
    "12345678a",     "123456789a",   "1234qwer",      "123qweasd",   "123qwe123",    "123abc456",
    "admin123",      "admin1234",    "admin12345",    "admin123456", "admin888",     "admin@123",
    "administrator", "root1234",     "root123456",    "user1234",    "test1234",     "test123456",
    "guest123",      "welcome1",     "welcome123",    "letmein1",    "iloveyou",     "iloveyou1",
    "sunshine",      "princess",     "football",      "baseball",    "superman",     "trustno1",
    "whatever",      "computer",     "internet",      "windows10",   "microsoft",    "google123",
    "11223344",      "112233445566", "1122334455",    "12344321",    "123454321",    "1234554321",
    "12341234",      "123123123",    "123321123",     "147258369",   "147852369",    "159357456",
    "123698745",     "789456123",    "741852963",     "963852741",   "987654321",    "88888888",
    "66668888",      "88886666",     "00001111",      "11112222",    "12121212",     "13131313",
    "13145200",      "52013140",     "5201314520",    "5201314a",    "a5201314",     "woaini520",
    "woaini1314",    "woaini123",    "woaini521",     "woaiwojia",   "wodemima",     "mima1234",
    "mima123456",    "zhongguo",     "zhongguo1",     "zhonghua",    "beijing2008",  "gongchandang",
    "19491001",      "20080808",     "19781218",      "20200101",    "20210101",     "20220101",
    "20230101",      "20240101",     "20250101",      "20260101",    "2023zhenwu",   "zhenwu123",
    "zhenwu1234",    "zhenwutong",   "zhenwu2023",    "zhenwu2024",  "zhenwu2025",   "zhenwu2026",
    "xiangzhen",     "zhengfu123",   "zhenzhengfu",   "cunwenshu",   "zongheban",    "caiwu123",
    "taizhang123",   "baobiao123",   "dianzizhengwu", "huanying1",   "chushimima",   "changeme",
    "changeme1",     "changeme123",  "default123",    "initial1",    "1234abcd",     "abcd123456",
    "abcdefg1",      "abcdefgh1",    "dragon123",     "monkey123",   "shadow123",    "master123",
    "1qazxsw2",      "3edc4rfv",     "q1w2e3r4t5",    "a1b2c3d4",    "a1s2d3f4",     "z1x2c3v4",
});

}  // namespace

std::span<const std::string_view> RefusedPasswords() {
    return kRefused;
}

}  // namespace zw::access
