#include "audit/key_file.h"

#include <sys/stat.h>

#include <fmt/format.h>

#include "audit/small_file.h"
#include "base/base64.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::audit {

namespace {

constexpr std::string_view kTitle = "zhenwu key 1\n";
constexpr size_t kSecretSize = 32;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

std::string Derive(std::string_view secret, std::string_view use, size_t size) {
    return HkdfSm3(secret, "zhenwu", use, size);
}

std::string ColumnId(int64_t record_number, int field_number) {
    return fmt::format("{}.{}", record_number, field_number);
}

}  // namespace

KeyFile::KeyFile(std::string_view secret)
    : log_mac_(Derive(secret, "log mac", kSm3Size)),
      head_mac_(Derive(secret, "head mac", kSm3Size)),
      blind_index_(Derive(secret, "blind index", kSm3Size)),
      fields_(
          Derive(secret, "field encryption", kSm4KeySize), Derive(secret, "field mac", kSm3Size)
      ) {}

KeyFile KeyFile::Create(const std::filesystem::path& path, RandomSource& random) {
    const std::string secret = random.Bytes(kSecretSize);
    CreateSmallFile(path, fmt::format("{}{}\n", kTitle, ToHex(secret)));
    return KeyFile(secret);
}

KeyFile KeyFile::Load(const std::filesystem::path& path) {
    const auto text = ReadSmallFile(path);
    if (!text) {
        throw Problem("key_missing", {{"path", path.string()}});
    }
    struct stat status {};
    if (stat(path.c_str(), &status) == 0 && (status.st_mode & kOthers) != 0) {
        throw Problem("key_exposed", {{"path", path.string()}});
    }
    const auto secret =
        StartsWith(*text, kTitle) ? FromHex(Trim(text->substr(kTitle.size()))) : std::nullopt;
    if (!secret || secret->size() != kSecretSize) {
        throw Problem("key_damaged", {{"path", path.string()}});
    }
    return KeyFile(*secret);
}

std::string KeyFile::SealField(
    int64_t record_number, int field_number, std::string_view plain, RandomSource& random
) const {
    return ToBase64(fields_.Seal(ColumnId(record_number, field_number), plain, random));
}

std::optional<std::string> KeyFile::OpenField(
    int64_t record_number, int field_number, std::string_view column_text
) const {
    const auto sealed = FromBase64(column_text);
    return sealed ? fields_.Open(ColumnId(record_number, field_number), *sealed) : std::nullopt;
}

std::string KeyFile::Blind(std::string_view value) const {
    return BlindIndex(blind_index_, value);
}

}  // namespace zw::audit
