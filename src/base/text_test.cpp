#include "base/text.h"

#include <doctest/doctest.h>

using namespace zw;  // NOLINT(google-build-using-namespace)

using Texts = std::vector<std::string>;

TEST_CASE("UTF-8: what is valid") {
    CHECK(IsValidUtf8(""));
    CHECK(IsValidUtf8("abc悦乐镇𠮷"));
    for (const char* text :
         {"\x80",
          "\xc0\xaf",
          "\xe0\x80\xaf",
          "\xed\xa0\x80",
          "\xf4\x90\x80\x80",
          "\xff",
          "a\xe6\x82",
          "\xf0\x9f\x98"}) {
        CHECK_FALSE(IsValidUtf8(text));
    }
}

TEST_CASE("code points and back") {
    CHECK(ToCodePoints("a悦𠮷") == U"a悦𠮷");
    CHECK(ToUtf8(U"a悦𠮷é") == "a悦𠮷é");
    CHECK(ToCodePoints("a\x80z") == U"a\uFFFDz");
    CHECK(ToCodePoints("\xe6\x82z") == U"\uFFFD\uFFFDz");
    CHECK(Length("") == 0);
    CHECK(Length("欧𠮷娜") == 3);
}

TEST_CASE("spaces of every kind") {
    CHECK(Trim(" \t悦乐 镇　\r\n") == "悦乐 镇");
    CHECK(Trim("　 　").empty());
    CHECK(Trim("\xef\xbb\xbfx") == "x");
    CHECK(RemoveSpaces(" 张　 三\xc2\xa0\xe2\x80\x8b") == "张三");
}

TEST_CASE("full width to half width") {
    CHECK(ToHalfWidth("１２．５％（ＡＢＣ）") == "12.5%(ABC)");
    CHECK(ToHalfWidth("悦　乐、。") == "悦　乐、。");
    CHECK(Normalise(" 第 １ 组（东）　") == "第1组(东)");
}

TEST_CASE("splitting and joining") {
    CHECK(Split("a,b,,c", ',') == Texts{"a", "b", "", "c"});
    CHECK(Split("", ',') == Texts{""});
    CHECK(Split("a,", ',') == Texts{"a", ""});
    CHECK(Join({"a", "b", "c"}, "、") == "a、b、c");
    CHECK(Join({}, ",").empty());
    CHECK(Join({"a"}, ",") == "a");
}

TEST_CASE("starts, ends, replacing") {
    CHECK(StartsWith("悦乐镇", "悦乐"));
    CHECK(StartsWith("a", ""));
    CHECK_FALSE(StartsWith("a", "ab"));
    CHECK(EndsWith("悦乐镇", "镇"));
    CHECK_FALSE(EndsWith("镇", "悦乐镇"));
    CHECK(ReplaceAll("aaa", "a", "ab") == "ababab");
    CHECK(ReplaceAll("abc", "", "x") == "abc");
    CHECK(ReplaceAll("abcabc", "bc", "") == "aa");
}

TEST_CASE("the nearest name") {
    CHECK(EditDistance("", "abc") == 3);
    CHECK(EditDistance("kitten", "sitting") == 3);
    CHECK(EditDistance("悦乐镇", "悦东镇") == 1);
    CHECK(
        Nearest("vegetable_outptu", {"vegetable_output", "vegetable_area"}) == "vegetable_output"
    );
    CHECK(Nearest("面职", {"面积", "产量"}) == "面积");
    CHECK_FALSE(Nearest("greenhouse", {"planting", "plot"}));
    CHECK_FALSE(Nearest("x", {}));
}

TEST_CASE("GB18030, both ways") {
    const std::string office = "\xd4\xc3\xc0\xd6\xd5\xf2";  // iconv -t GB18030
    CHECK(FromGb18030(office) == "悦乐镇");
    CHECK(ToGb18030("悦乐镇") == office);
    CHECK(FromGb18030("\x95\x32\xf4\x32").has_value());
    CHECK(FromGb18030(ToGb18030("㙍𠮷ab")) == "㙍𠮷ab");
    CHECK(FromGb18030("") == "");
    CHECK_FALSE(FromGb18030("\xd4"));
    CHECK_FALSE(FromGb18030("\xff\xff"));
    std::string much;
    for (int i = 0; i < 20000; ++i) {
        much += "镇";
    }
    CHECK(FromGb18030(ToGb18030(much)) == much);
}

TEST_CASE("numerals in words") {
    const std::pair<const char*, int> numerals[] = {
        {"一", 1},
        {"十", 10},
        {"十二", 12},
        {"二十", 20},
        {"二十三", 23},
        {"一百零五", 105},
        {"两千", 2000},
        {"三千零一十", 3010},
        {"九千九百九十九", 9999},
        {"〇", 0},
        {"零", 0}};
    for (const auto& [text, number] : numerals) {
        CAPTURE(text);
        CHECK(ParseChineseNumber(text) == number);
    }
    for (const char* text : {"", "二三", "十万", "12", "第一", "一亿"}) {
        CAPTURE(text);
        CHECK_FALSE(ParseChineseNumber(text));
    }
}
