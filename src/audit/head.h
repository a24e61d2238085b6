#pragma once
// The head of the log, kept outside the database (DIR/log.head): a log that ends before it has had
// its tail cut.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
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
    // The same, whatever was in the file: for an officer who has looked into it.
    void Replace(const Head& head) const;

private:
    std::string Text(const Head& head) const;

    std::filesystem::path path_;
    const KeyFile& key_;
};

// The log as it is committed now. Both are called on the keeper's thread, by its constructor, Flush
// and Accept.
struct LogNow {
    std::function<std::optional<Head>()> newest;
    std::function<bool(const Head&)> holds;  // whether that entry is in it, with that mac
};

// Keeps the file up to the log on a thread of its own: written at most once in a while and at stop,
// so that no commit waits for it. A file that is gone though the log has entries, is damaged, or
// names an entry that the log does not have, is the trace of a log that was cut: it is left as it
// is, so that each verify says so, until Accept.
class HeadKeeper {
public:
    HeadKeeper(
        HeadFile file, LogNow log, std::chrono::milliseconds every = std::chrono::seconds(1)
    );
    // Writes the last head.
    ~HeadKeeper();
    HeadKeeper(const HeadKeeper&) = delete;
    HeadKeeper& operator=(const HeadKeeper&) = delete;

    // Brings the file up to the log now: before a back-up; not while it is Lost. Absent while
    // nothing has been logged. Throws io_failed. Thread-safe.
    std::optional<Head> Flush();
    // Whether the file is left as it is. Thread-safe.
    bool Lost();
    // The log as it stands is taken for whole: the file is written anew. Throws io_failed.
    // Thread-safe.
    void Accept();
    // What went wrong when the thread last wrote; empty when nothing did. Thread-safe.
    std::string LastFailure() const;

private:
    void Loop();
    bool Fits() const;

    const HeadFile file_;
    const LogNow log_;
    const std::chrono::milliseconds every_;
    std::mutex writing_;  // of what follows: one writes at a time
    bool first_ = false;  // no entry yet, so no file either
    bool lost_ = false;
    std::optional<Head> written_;
    mutable std::mutex mutex_;  // of what follows
    std::condition_variable wake_;
    std::string failure_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace zw::audit
