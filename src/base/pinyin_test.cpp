#include "base/pinyin.h"

#include <doctest/doctest.h>

TEST_CASE("the first letters of pinyin, other characters as they are") {
    const zw::Pinyin pinyin;
    CHECK(pinyin.Initials("东坡地") == "dpd");
    CHECK(pinyin.Initials("张建华") == "zjh");
    CHECK(pinyin.Initials("A-12号") == "a-12h");
    CHECK(pinyin.Initials("") == "");
    CHECK(pinyin.Initials("东坡地") != "dpt");
}
