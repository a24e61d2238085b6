#pragma once
// Files as streams of bytes, plain or sealed under a passphrase.
// Sealed: title, salt, cost, then libsodium's secretstream (XChaCha20-Poly1305) in chunks of 64 KiB
// under a key by Argon2id; the last chunk says that it is the last, so a cut file is seen.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace zw::store {

class ByteSink {
public:
    virtual ~ByteSink() = default;
    virtual void Write(std::string_view bytes) = 0;
    // Everything is on disk when it returns; nothing may follow.
    virtual void Finish() = 0;
};

class ByteSource {
public:
    virtual ~ByteSource() = default;
    // At most `n` bytes, fewer only at the end.
    virtual std::string Read(size_t n) = 0;
    // Where in the file reading has come to.
    virtual int64_t offset() const = 0;
};

// How dear a guess of the passphrase is: passes over that much memory.
struct PassphraseCost {
    uint64_t passes = 3;
    uint64_t memory_bytes = 256ULL << 20U;
};

// A new file, readable by its owner only. Throws file_exists, io_failed, disk_full.
std::unique_ptr<ByteSink> CreatePlain(const std::filesystem::path& file);
std::unique_ptr<ByteSink> CreateSealed(
    const std::filesystem::path& file, std::string_view passphrase, const PassphraseCost& cost = {}
);

std::unique_ptr<ByteSource> OpenPlain(const std::filesystem::path& file);
// Either kind. Throws io_failed, passphrase_needed, wrong_passphrase; reading throws backup_damaged
// with the offset.
std::unique_ptr<ByteSource> OpenPlainOrSealed(
    const std::filesystem::path& file, std::string_view passphrase
);

}  // namespace zw::store
