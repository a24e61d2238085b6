#pragma once
// Digests of row versions. What enters is named by permanent numbers and written in its shortest
// text, so renamed, added and widened fields leave old digests true; personal fields enter under a
// salt, so value and salt can be erased (个人信息保护法 §47).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "store/database.h"

namespace zw::audit {

// How a field's column is read. Whole numbers, decimals, yes/no and ids are numbers: an int that
// became a decimal stays the same.
enum class FieldKind { kNumber, kText, kDate };

struct VersionedField {
    int number = 0;  // permanent; its column is f<number>
    FieldKind kind = FieldKind::kText;
    int scale = 0;           // kNumber: value = column / 10^scale
    bool precision = false;  // kDate: f<number>_p beside it (day, month, year; null is day)
    bool personal = false;   // enters the digest under the salt
    bool secret =
        false;  // f<number> holds KeyFile::SealField of the text, f<number>_b its blind index
    bool derived = false;  // computed from the others: not in the digest, but R and R_v must agree
    bool dropped = false;  // no longer in R; R_v keeps it for its old versions
};

// The text under which a column's value enters the digest: decimals shortest ("12.5"), dates
// 2023-04-12 with "/month" or "/year" when known to that only; a kDate column may hold ISO text or
// days since 1970. Absent for null. A secret field's value is given opened.
std::optional<std::string> DigestText(
    const VersionedField& field, const store::Value& value, std::string_view precision = {}
);

// What a version is, beside its fields.
struct VersionHead {
    int64_t record_number = 0;
    int64_t id = 0;
    int64_t version = 0;
    std::string op;  // create update delete restore
    int64_t place = 0;
    std::string state;
};

std::string NewSalt(RandomSource& random);  // the text of column `salt`

// What stands for a personal value in the digest, and alone remains when the value is erased: hex.
std::string Commitment(std::string_view salt, const VersionedField& field, std::string_view text);

// After an erase the column `salt` holds this in place of the salt: the commitments by field
// number. A lawful erase first writes a version without the values (its log row says why), then
// sets the values of the older ones to null.
std::string ErasedSalt(const std::map<int, std::string>& commitments);
// Absent when it is a salt.
std::optional<std::map<int, std::string>> ParseErasedSalt(std::string_view column);

class RowDigest {
public:
    explicit RowDigest(const VersionHead& head);
    // Non-null fields that are not derived, in ascending order of their numbers; a personal one by
    // its commitment.
    void Field(const VersionedField& field, std::string_view text);
    void Personal(const VersionedField& field, std::string_view commitment);
    std::string Finish();  // hex, for column `digest`

private:
    Sm3Hasher hasher_;
};

// Digest over all versions of one log entry, given in ascending order of (record number, id,
// version).
class RowsDigest {
public:
    void Add(int64_t record_number, int64_t id, int64_t version, std::string_view row_digest);
    std::string Finish();  // hex; also for no rows at all

private:
    Sm3Hasher hasher_;
};

}  // namespace zw::audit
