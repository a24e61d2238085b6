// Expected digests were computed by Python's hashlib (sm3) from the description in doc/decisions on
// the log's encoding.

#include "audit/digest.h"

#include <doctest/doctest.h>

using namespace zw::audit;  // NOLINT(google-build-using-namespace)
using zw::store::Value;

namespace {

const VersionedField kName{.number = 1, .kind = FieldKind::kText};
const VersionedField kArea{.number = 2, .kind = FieldKind::kNumber, .scale = 2};
const VersionedField kBuilt{.number = 4, .kind = FieldKind::kDate, .precision = true};
const VersionedField kPhone{.number = 5, .kind = FieldKind::kText, .personal = true};
constexpr const char* kCommitment =
    "fa39eac9b47ebebc761ce4dceadff42354226d014ca9bf167117936a0a755615";
constexpr const char* kRow = "fe51b47b0a4a20db194d51684ee79f3bd1c648804fce236ba227bc1ded6d7149";

}  // namespace

TEST_CASE("the text under which a value enters") {
    CHECK(DigestText(kName, Value{std::string("悦乐")}) == "悦乐");
    CHECK(DigestText(kName, Value{}) == std::nullopt);
    CHECK(DigestText(kArea, Value{int64_t{1250}}) == "12.5");
    CHECK(DigestText(kArea, Value{int64_t{-1200}}) == "-12");
    CHECK(DigestText(kBuilt, Value{std::string("2023-04-12")}) == "2023-04-12");
    CHECK(DigestText(kBuilt, Value{std::string("2023-04-12")}, "day") == "2023-04-12");
    CHECK(DigestText(kBuilt, Value{std::string("2023-12-31")}, "year") == "2023-12-31/year");
    CHECK(DigestText(kBuilt, Value{int64_t{19722}}, "month") == "2023-12-31/month");
}

TEST_CASE("an int that became a decimal, a decimal that became wider: the same text") {
    const VersionedField whole{.number = 2, .kind = FieldKind::kNumber};
    const VersionedField wider{.number = 2, .kind = FieldKind::kNumber, .scale = 4};
    CHECK(DigestText(whole, Value{int64_t{12}}) == DigestText(kArea, Value{int64_t{1200}}));
    CHECK(DigestText(wider, Value{int64_t{125000}}) == DigestText(kArea, Value{int64_t{1250}}));
}

TEST_CASE("a row's digest as another program computes it") {
    const std::string commitment =
        Commitment("00112233445566778899aabbccddeeff", kPhone, "13812345678");
    CHECK(commitment == kCommitment);
    RowDigest digest({7, 123456789012, 2, "update", 42, "live"});
    digest.Field(kName, "悦乐镇一号棚");
    digest.Field(kArea, "12.5");
    digest.Field(kBuilt, "2023-12-31/year");
    digest.Personal(kPhone, commitment);
    CHECK(digest.Finish() == kRow);
}

TEST_CASE("an entry's digest as another program computes it") {
    RowsDigest digest;
    digest.Add(7, 123456789012, 2, kRow);
    digest.Add(8, -5, 1, "ab");
    CHECK(digest.Finish() == "7d7ac7744667baa72f31efd2eb83149f78f57a60c1496a3670f2ffc87612e745");
    CHECK(
        RowsDigest().Finish() == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"
    );
}

TEST_CASE("bytes do not change sides between neighbours") {
    const VersionedField next{.number = 2, .kind = FieldKind::kText};
    RowDigest a({1, 1, 1, "create", 1, "live"});
    a.Field(kName, "ab");
    a.Field(next, "c");
    RowDigest b({1, 1, 1, "create", 1, "live"});
    b.Field(kName, "a");
    b.Field(next, "bc");
    CHECK(a.Finish() != b.Finish());
}

TEST_CASE("salts, and what stands in their place after an erase") {
    zw::SystemRandom random;
    const std::string salt = NewSalt(random);
    CHECK(salt.size() == 32);
    CHECK(salt != NewSalt(random));
    CHECK_FALSE(ParseErasedSalt(salt));
    const std::map<int, std::string> commitments{{3, "aa"}, {5, "bb"}};
    CHECK(ErasedSalt(commitments) == "erased:3=aa,5=bb");
    CHECK(ParseErasedSalt(ErasedSalt(commitments)) == commitments);
    CHECK(ParseErasedSalt("erased:") == std::map<int, std::string>{});
    CHECK(ParseErasedSalt("erased:x,=3,7=cc") == std::map<int, std::string>{{7, "cc"}});
}
