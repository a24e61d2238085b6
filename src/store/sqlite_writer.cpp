#include "store/sqlite_writer.h"

#include <stdexcept>

#include "base/problem.h"
#include "base/turns.h"

namespace zw::store {

SqliteWriter::SqliteWriter(const std::filesystem::path& file, const SqliteOptions& options)
    : options_(options),
      connection_(file, SqliteRole::kWriter, options.busy_timeout),
      thread_([this] { Loop(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void SqliteWriter::Write(const std::function<void(Connection&)>& work, bool alone) {
    if (std::this_thread::get_id() == thread_.get_id()) {
        throw std::logic_error("Database::Write called inside a write");
    }
    Request request;
    request.work = &work;
    request.alone = alone;
    {
        const Turns::Aside waits(options_.turns);
        std::unique_lock lock(mutex_);
        queue_.push_back(&request);
        wake_.notify_one();
        request.answered.wait(lock, [&] { return request.done; });
    }
    if (request.failure) {
        std::rethrow_exception(std::move(request.failure));
    }
}

void SqliteWriter::AddBatchEnd(BatchEnd& end) {
    const std::lock_guard lock(mutex_);
    ends_.push_back(&end);
}

void SqliteWriter::RemoveBatchEnd(BatchEnd& end) {
    const std::lock_guard lock(mutex_);
    std::erase(ends_, &end);
}

void SqliteWriter::Loop() {
    while (Request* first = Wait()) {
        RunBatch(*first);
    }
}

// The next request; null when the writer stops and there is none.
SqliteWriter::Request* SqliteWriter::Wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) {
        return nullptr;
    }
    Request* request = queue_.front();
    queue_.pop_front();
    return request;
}

// The next that goes into a batch with others; null when there is none.
SqliteWriter::Request* SqliteWriter::Join() {
    const std::lock_guard lock(mutex_);
    if (queue_.empty() || queue_.front()->alone) {
        return nullptr;
    }
    Request* request = queue_.front();
    queue_.pop_front();
    return request;
}

// A batch ends when nothing more is waiting: while its COMMIT is written, the next one gathers by
// itself, and a caller who is alone never waits for others.
void SqliteWriter::RunBatch(Request& first) {
    const auto until = std::chrono::steady_clock::now() + options_.batch_time;
    Batch batch{&first};
    try {
        connection_.Run("begin immediate");
    } catch (const Problem&) {
        first.failure = std::current_exception();
    }
    if (first.failure) {
        Answer(batch);
        return;
    }
    RunOne(first, false);
    while (!first.alone && static_cast<int>(batch.size()) < options_.batch_requests &&
           connection_.InTransaction() && std::chrono::steady_clock::now() < until) {
        Request* next = Join();
        if (next == nullptr) {
            break;
        }
        batch.push_back(next);
        RunOne(*next, false);
    }
    Commit(batch);
    Answer(batch);
}

// A request is gone as soon as its caller sees that it is done.
void SqliteWriter::Answer(const Batch& batch) {
    const std::lock_guard lock(mutex_);
    for (Request* request : batch) {
        request->done = true;
        request->answered.notify_one();
    }
}

// `with_end`: what it leaves for the end of the batch is done at once.
void SqliteWriter::RunOne(Request& request, bool with_end) {
    std::vector<size_t> left;
    for (const BatchEnd* end : ends_) {
        left.push_back(end->Left());
    }
    try {
        Savepoint savepoint(connection_);
        (*request.work)(connection_);
        if (with_end) {
            RunEnds();
        }
        savepoint.Release();
    } catch (...) {
        request.failure = std::current_exception();
        for (size_t i = 0; i < ends_.size(); ++i) {
            ends_[i]->Cut(left[i]);
        }
    }
    connection_.ResetAll();
}

void SqliteWriter::RunEnds() {
    for (BatchEnd* end : ends_) {
        end->Run(connection_);
    }
}

// The end of the batch could not be done: whose request it is that stands against it shows when
// each has an end of its own.
void SqliteWriter::RunAgain(const Batch& batch) {
    TakeBack();
    connection_.Run("begin immediate");
    for (Request* request : batch) {
        if (!request->failure && connection_.InTransaction()) {
            RunOne(*request, true);
        }
    }
}

void SqliteWriter::Commit(const Batch& batch) {
    std::exception_ptr failure =
        std::make_exception_ptr(Problem("sql_failed", {{"what", "the batch was taken back"}}));
    try {
        if (connection_.InTransaction()) {
            try {
                RunEnds();
                connection_.ResetAll();
            } catch (...) {
                RunAgain(batch);
            }
        }
        if (connection_.InTransaction()) {
            connection_.Run("commit");
            ++commits_;
            return;
        }
        // The engine took all of it back when one failed.
        for (const Request* request : batch) {
            failure = request->failure ? request->failure : failure;
        }
    } catch (...) {
        failure = std::current_exception();
    }
    TakeBack();
    for (Request* request : batch) {
        if (!request->failure) {
            request->failure = failure;
        }
    }
}

void SqliteWriter::TakeBack() {
    for (BatchEnd* end : ends_) {
        end->Cut(0);
    }
    connection_.ResetAll();
    if (!connection_.InTransaction()) {
        return;
    }
    try {
        connection_.Run("rollback");
    } catch (const std::exception&) {
        // Nothing of the batch is on disk either way; the next `begin` says what is wrong with
        // the file.
    }
}

}  // namespace zw::store
