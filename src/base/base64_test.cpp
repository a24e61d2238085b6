// Vectors: RFC 4648 section 10.

#include "base/base64.h"

#include <doctest/doctest.h>

using zw::FromBase64;
using zw::ToBase64;

TEST_CASE("base64: the RFC's vectors, both ways") {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : vectors) {
        CHECK(ToBase64(plain) == text);
        CHECK(FromBase64(text) == plain);
    }
    CHECK(ToBase64("\xfb\xff\xbf") == "+/+/");
    CHECK(FromBase64("+/+/") == "\xfb\xff\xbf");
}

TEST_CASE("base64: what is not written so is refused") {
    for (const char* text :
         {"Z",
          "Zg",
          "Zg=",
          "Zg===",
          "====",
          "Zh==",
          "Zm9=",
          "Zg==Zg==",
          "Zm 9v",
          "Zm9v\n",
          "Zm9-",
          "=m9v"}) {
        CAPTURE(text);
        CHECK_FALSE(FromBase64(text));
    }
}
