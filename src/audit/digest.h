#pragma once
// Digests of row versions. What enters is named by permanent numbers and written in its shortest
// text, so renamed, added and widened fields leave old digests true; personal fields enter under a
// salt, so value and salt can be erased (个人信息保护法 §47).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/environment.h"
#include "store/database.h"

namespace zw::audit {

// How a field's column is read. Whole numbers, decimals, yes/no and ids are all numbers: an int
// that became a decimal stays the same. Periods are dates.
enum class FieldKind { kNumber, kText, kDate };

// The text under which a column's value enters the digest; absent for null. Numbers are column /
// 10^scale, shortest ("12.5"); a kDate column holds ISO text or days since 1970 and becomes
// 2023-04-12, with "/month", "/quarter" or "/year" behind it when its `precision` column says so. A
// secret field's value is given opened.
std::optional<std::string> DigestText(
    FieldKind kind, int scale, const store::Value& value, std::string_view precision = {}
);

// What a version is, beside its fields.
struct VersionHead {
    int64_t record_number = 0;
    int64_t id = 0;
    int64_t version = 0;
    std::string op;  // create update delete restore
    int64_t place = 0;
    std::string state;  // live draft
};

// A field that is not null.
struct DigestField {
    int number = 0;
    FieldKind kind = FieldKind::kText;
    std::string text;
    bool personal = false;  // under the salt; only looked at when the version is written
};

struct VersionDigest {
    std::string digest;  // hex, for column `digest`
    std::optional<std::string>
        salt;  // for column `salt`; absent when no personal field has a value
};

// For a version that is being written. `fields` in ascending order of their numbers.
VersionDigest DigestVersion(
    const VersionHead& head, const std::vector<DigestField>& fields, RandomSource& random
);

// The digest of a version that was written, from its columns; which fields are personal stands in
// the salt column. Absent when the salt column is none or speaks of fields that should have gone
// with an erase.
std::optional<std::string> RecomputeDigest(
    const VersionHead& head,
    const std::vector<DigestField>& fields,
    const std::optional<std::string>& salt
);

// The salt column that takes the place of `salt` when a version's personal fields are set to null:
// it holds what each of them entered the digest as, from which nothing can be guessed without the
// salt. Unchanged when already erased. A lawful erase first writes a version without the values
// (its log row says why), then erases the older ones.
std::string EraseSalt(const std::string& salt, const std::vector<DigestField>& fields);
// Numbers of the fields that were erased; empty when `salt` is a salt.
std::vector<int> ErasedFields(const std::string& salt);
// Numbers of the fields that `salt` keeps apart, erased or not: those to set to null in an erase.
std::vector<int> PersonalFields(const std::string& salt);

// Digest over all versions of one log entry, given in ascending order of (record number, id,
// version).
class RowsDigest {
public:
    void Add(int64_t record_number, int64_t id, int64_t version, std::string_view row_digest);
    // Hex; also for no rows at all.
    std::string Finish();

private:
    Sm3Hasher hasher_;
};

}  // namespace zw::audit
