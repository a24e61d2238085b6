#include "audit/digest.h"

#include <charconv>

#include "audit/encoding.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

namespace zw::audit {

namespace {

constexpr size_t kSaltSize = 16;
constexpr std::string_view kErased = "erased:";  // no salt begins so: salts are hex

std::string_view KindText(FieldKind kind) {
    constexpr std::string_view kKinds = "ntd";
    return kKinds.substr(static_cast<size_t>(kind), 1);
}

std::string EncodeValue(const VersionedField& field, std::string_view text) {
    Encoder encoder;
    encoder.Number('f', field.number);
    encoder.Text('k', KindText(field.kind));
    encoder.Text('t', text);
    return encoder.bytes();
}

}  // namespace

std::optional<std::string> DigestText(
    const VersionedField& field, const store::Value& value, std::string_view precision
) {
    const bool date = field.kind == FieldKind::kDate;
    std::string text;
    if (const auto* number = std::get_if<int64_t>(&value)) {
        text = date ? ToText(FromDays(*number)) : ToShortText(Decimal{*number, field.scale});
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        text = *words;
    } else {
        return std::nullopt;
    }
    if (date && !precision.empty() && precision != "day") {
        text += "/" + std::string(precision);
    }
    return text;
}

std::string NewSalt(RandomSource& random) {
    return ToHex(random.Bytes(kSaltSize));
}

std::string Commitment(std::string_view salt, const VersionedField& field, std::string_view text) {
    return ToHex(HmacSm3(salt, EncodeValue(field, text)));
}

std::string ErasedSalt(const std::map<int, std::string>& commitments) {
    std::vector<std::string> parts;
    parts.reserve(commitments.size());
    for (const auto& [number, commitment] : commitments) {
        parts.push_back(std::to_string(number) + "=" + commitment);
    }
    return std::string(kErased) + Join(parts, ",");
}

std::optional<std::map<int, std::string>> ParseErasedSalt(std::string_view column) {
    if (!StartsWith(column, kErased)) {
        return std::nullopt;
    }
    std::map<int, std::string> commitments;
    for (const std::string& part : Split(column.substr(kErased.size()), ',')) {
        int number = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error == std::errc() && end != part.data() + part.size() && *end == '=') {
            commitments[number] = std::string(end + 1, part.data() + part.size());
        }
    }
    return commitments;
}

RowDigest::RowDigest(const VersionHead& head) {
    Encoder encoder;
    encoder.Number('r', head.record_number);
    encoder.Number('i', head.id);
    encoder.Number('v', head.version);
    encoder.Text('o', head.op);
    encoder.Number('p', head.place);
    encoder.Text('s', head.state);
    hasher_.Update(encoder.bytes());
}

void RowDigest::Field(const VersionedField& field, std::string_view text) {
    hasher_.Update(EncodeValue(field, text));
}

void RowDigest::Personal(const VersionedField& field, std::string_view commitment) {
    Encoder encoder;
    encoder.Number('p', field.number);
    encoder.Text('c', commitment);
    hasher_.Update(encoder.bytes());
}

std::string RowDigest::Finish() {
    return ToHex(hasher_.Finish());
}

void RowsDigest::Add(
    int64_t record_number, int64_t id, int64_t version, std::string_view row_digest
) {
    Encoder encoder;
    encoder.Number('r', record_number);
    encoder.Number('i', id);
    encoder.Number('v', version);
    encoder.Text('d', row_digest);
    hasher_.Update(encoder.bytes());
}

std::string RowsDigest::Finish() {
    return ToHex(hasher_.Finish());
}

}  // namespace zw::audit
