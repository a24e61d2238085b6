#pragma once
// The part of POSIX ustar that back-ups need, so that any tar opens them: regular files, names of
// UTF-8, any size.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "store/byte_stream.h"

namespace zw::store {

class TarWriter {
public:
    explicit TarWriter(ByteSink& sink) : sink_(sink) {}
    // Then exactly `size` bytes by Data. Throws name_too_long when the name does not fit (100
    // bytes, or 155 more before a slash).
    void Begin(const std::string& name, int64_t size);
    void Data(std::string_view bytes);
    // After the last entry.
    void Finish();

private:
    void Pad();

    ByteSink& sink_;
    int64_t left_ = 0;
    int64_t size_ = 0;
};

struct TarEntry {
    std::string name;
    int64_t size = 0;
};

class TarReader {
public:
    // `path` is for the words of problems only.
    TarReader(ByteSource& source, std::string path) : source_(source), path_(std::move(path)) {}
    // The next file; absent at the end mark, which ends the source. Throws backup_damaged with the
    // place.
    std::optional<TarEntry> Next();
    // All bytes of the entry that Next gave, in pieces.
    void Data(const std::function<void(std::string_view)>& piece);

private:
    [[noreturn]] void Damaged() const;
    std::string ReadBlock();

    ByteSource& source_;
    std::string path_;
    std::string name_;  // of the entry being read or read last
    int64_t size_ = 0;
};

}  // namespace zw::store
