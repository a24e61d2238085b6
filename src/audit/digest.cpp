#include "audit/digest.h"

#include <charconv>
#include <map>

#include "audit/encoding.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

namespace zw::audit {

namespace {

constexpr size_t kSaltSize = 16;

// The two forms of the salt column: "s:<salt>:3,7" and, after an erase,
// "e:3=<commitment>,7=<commitment>".
constexpr std::string_view kSaltForm = "s:";
constexpr std::string_view kErasedForm = "e:";

struct SaltColumn {
    std::string salt;                        // empty after an erase
    std::map<int, std::string> commitments;  // by field number; empty texts while the salt is there
};

std::optional<int> ParseNumber(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

std::optional<SaltColumn> ParseSalt(std::string_view column) {
    SaltColumn parsed;
    const bool erased = StartsWith(column, kErasedForm);
    if (!erased && !StartsWith(column, kSaltForm)) {
        return std::nullopt;
    }
    column.remove_prefix(kSaltForm.size());
    if (!erased) {
        const size_t colon = column.find(':');
        if (colon == std::string_view::npos || colon == 0) {
            return std::nullopt;
        }
        parsed.salt = column.substr(0, colon);
        column.remove_prefix(colon + 1);
    }
    for (const std::string& part : Split(column, ',')) {
        const size_t equals = part.find('=');
        const auto number = ParseNumber(std::string_view(part).substr(0, equals));
        if (!number || (equals != std::string::npos) != erased) {
            return std::nullopt;
        }
        parsed.commitments[*number] = erased ? part.substr(equals + 1) : "";
    }
    return parsed;
}

std::string WriteSalt(const SaltColumn& column) {
    std::vector<std::string> parts;
    for (const auto& [number, commitment] : column.commitments) {
        parts.push_back(std::to_string(number) + (column.salt.empty() ? "=" + commitment : ""));
    }
    const std::string list = Join(parts, ",");
    return column.salt.empty() ? std::string(kErasedForm) + list
                               : std::string(kSaltForm) + column.salt + ":" + list;
}

void EncodeKind(Encoder& encoder, const DigestField& field) {
    constexpr std::string_view kKinds = "ntd";
    encoder.Text('k', kKinds.substr(static_cast<size_t>(field.kind), 1));
}

// What stands for a personal value in the digest, and alone remains when the value is erased.
std::string Commitment(const std::string& salt, const DigestField& field) {
    Encoder encoder;
    encoder.Number('f', field.number);
    EncodeKind(encoder, field);
    encoder.Text('t', field.text);
    return ToHex(HmacSm3(salt, encoder.bytes()));
}

// `commitments` holds one for each personal field.
std::string Digest(
    const VersionHead& head,
    const std::vector<DigestField>& fields,
    const std::map<int, std::string>& commitments
) {
    Encoder encoder;
    encoder.Number('r', head.record_number);
    encoder.Number('i', head.id);
    encoder.Number('v', head.version);
    encoder.Text('o', head.op);
    encoder.Number('p', head.place);
    encoder.Text('s', head.state);
    for (const DigestField& field : fields) {
        if (!commitments.contains(field.number)) {
            encoder.Number('f', field.number);
            EncodeKind(encoder, field);
            encoder.Text('t', field.text);
        }
    }
    for (const auto& [number, commitment] : commitments) {
        encoder.Number('c', number);
        encoder.Text('t', commitment);
    }
    return ToHex(Sm3(encoder.bytes()));
}

}  // namespace

std::optional<std::string> DigestText(
    FieldKind kind, int scale, const store::Value& value, std::string_view precision
) {
    std::string text;
    if (const auto* number = std::get_if<int64_t>(&value)) {
        text = kind == FieldKind::kDate ? ToText(FromDays(*number))
                                        : ToShortText(Decimal{*number, scale});
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        text = *words;
    } else {
        return std::nullopt;
    }
    if (kind == FieldKind::kDate && !precision.empty() && precision != "day") {
        text += "/" + std::string(precision);
    }
    return text;
}

VersionDigest DigestVersion(
    const VersionHead& head, const std::vector<DigestField>& fields, RandomSource& random
) {
    SaltColumn salt;
    std::map<int, std::string> commitments;
    for (const DigestField& field : fields) {
        if (field.personal) {
            if (salt.salt.empty()) {
                salt.salt = ToHex(random.Bytes(kSaltSize));
            }
            salt.commitments[field.number] = "";
            commitments[field.number] = Commitment(salt.salt, field);
        }
    }
    return {
        Digest(head, fields, commitments),
        salt.salt.empty() ? std::nullopt : std::optional(WriteSalt(salt))};
}

std::optional<std::string> RecomputeDigest(
    const VersionHead& head,
    const std::vector<DigestField>& fields,
    const std::optional<std::string>& salt
) {
    if (!salt) {
        return Digest(head, fields, {});
    }
    auto parsed = ParseSalt(*salt);
    if (!parsed) {
        return std::nullopt;
    }
    for (const DigestField& field : fields) {
        const auto found = parsed->commitments.find(field.number);
        if (found == parsed->commitments.end()) {
            continue;
        }
        if (parsed->salt.empty()) {
            return std::nullopt;  // erased, yet a value is there
        }
        found->second = Commitment(parsed->salt, field);
    }
    return Digest(head, fields, parsed->commitments);
}

std::string EraseSalt(const std::string& salt, const std::vector<DigestField>& fields) {
    auto parsed = ParseSalt(salt);
    if (!parsed || parsed->salt.empty()) {
        return salt;
    }
    for (const DigestField& field : fields) {
        if (const auto found = parsed->commitments.find(field.number);
            found != parsed->commitments.end()) {
            found->second = Commitment(parsed->salt, field);
        }
    }
    parsed->salt.clear();
    return WriteSalt(*parsed);
}

std::vector<int> ErasedFields(const std::string& salt) {
    return StartsWith(salt, kErasedForm) ? PersonalFields(salt) : std::vector<int>();
}

std::vector<int> PersonalFields(const std::string& salt) {
    std::vector<int> numbers;
    if (const auto parsed = ParseSalt(salt)) {
        for (const auto& [number, commitment] : parsed->commitments) {
            numbers.push_back(number);
        }
    }
    return numbers;
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
