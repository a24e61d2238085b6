#pragma once
// The head of the log, kept outside the database (DIR/log.head): a log that ends before it has had
// its tail cut.

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "audit/key_file.h"

namespace zw::audit {

// The newest entry of a town's log, or what it was when an edition was sealed or a back-up made.
struct Head {
    int64_t town = 0;
    int64_t seq = 0;
    std::string mac;  // of that entry, hex

    bool operator==(const Head&) const = default;
};

class HeadFile {
public:
    HeadFile(std::filesystem::path path, const KeyFile& key) : path_(std::move(path)), key_(key) {}

    // Absent when there is no file. Throws head_damaged when its MAC does not hold.
    std::optional<Head> Read() const;
    // Atomic and on disk when it returns. A head older than the one in the file is not written:
    // another process was ahead.
    void Write(const Head& head) const;

private:
    std::string Text(const Head& head) const;

    std::filesystem::path path_;
    const KeyFile& key_;
};

// Writes heads on a thread of its own: at most one a second and the last one at stop, so that no
// commit waits for it.
class HeadKeeper {
public:
    explicit HeadKeeper(HeadFile file);
    // Writes what was noted last.
    ~HeadKeeper();
    HeadKeeper(const HeadKeeper&) = delete;
    HeadKeeper& operator=(const HeadKeeper&) = delete;

    // After the commit of `head`, never before. Thread-safe; returns at once.
    void Note(const Head& head);
    // What went wrong when the file was last written; empty when nothing did. Thread-safe.
    std::string LastFailure() const;

private:
    void Loop();

    const HeadFile file_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<Head> noted_;
    std::string failure_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace zw::audit
