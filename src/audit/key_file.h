#pragma once
// The town's key (DIR/key): one random secret outside the database, from which the key of each use
// is derived.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/environment.h"

namespace zw::audit {

// Immutable once made; thread-safe.
class KeyFile {
public:
    // Writes a new random key to `path`, readable by its owner only. Throws io_failed when there is
    // one already.
    static KeyFile Create(const std::filesystem::path& path, RandomSource& random);
    // Throws key_missing, key_damaged, or key_exposed when others than its owner may read it.
    static KeyFile Load(const std::filesystem::path& path);

    const std::string& log_mac() const { return log_mac_; }    // the chain of the log
    const std::string& head_mac() const { return head_mac_; }  // DIR/log.head

    // A secret field's column text: base64 of SM4-CTR and HMAC-SM3 (base/crypto.h), bound to its
    // record and field number.
    std::string SealField(
        int64_t record_number, int field_number, std::string_view plain, RandomSource& random
    ) const;
    // Absent when it was not sealed with this key for this field.
    std::optional<std::string> OpenField(
        int64_t record_number, int field_number, std::string_view column_text
    ) const;
    // Blind index of a secret value; the same value has the same index in every record, so that
    // references match by it.
    std::string Blind(std::string_view value) const;

private:
    explicit KeyFile(std::string_view secret);

    std::string log_mac_;
    std::string head_mac_;
    std::string blind_index_;
    FieldCipher fields_;
};

}  // namespace zw::audit
