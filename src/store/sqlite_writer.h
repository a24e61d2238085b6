#pragma once
// The one writer of a SQLite file: a thread that gathers requests into commits (group commit).

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite_connection.h"

namespace zw::store {

class SqliteWriter {
public:
    SqliteWriter(const std::filesystem::path& file, const SqliteOptions& options);
    // Answers what was asked, then stops.
    ~SqliteWriter();
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;

    // See Database::Write; `alone`: WriteAlone.
    void Write(const std::function<void(Connection&)>& work, bool alone = false);
    // See Database.
    void AddBatchEnd(BatchEnd& end);
    void RemoveBatchEnd(BatchEnd& end);
    // Commits so far. Thread-safe.
    int64_t Commits() const { return commits_; }

private:
    struct Request {
        const std::function<void(Connection&)>* work = nullptr;
        std::exception_ptr failure;
        bool alone = false;
        bool done = false;
        std::condition_variable answered;
    };
    using Batch = std::vector<Request*>;

    void Loop();
    Request* Wait();
    Request* Join();
    void RunBatch(Request& first);
    void RunOne(Request& request, bool with_end);
    void RunEnds();
    void RunAgain(const Batch& batch);
    void Commit(const Batch& batch);
    void TakeBack();
    void Answer(const Batch& batch);

    const SqliteOptions options_;
    SqliteConnection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Request*> queue_;
    bool stopping_ = false;
    std::atomic<int64_t> commits_ = 0;
    std::vector<BatchEnd*> ends_;  // changed between batches only
    std::thread thread_;           // last: it uses all of the above
};

}  // namespace zw::store
