#include "store/sqlite_writer.h"

#include <stdexcept>

#include "base/problem.h"

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
        std::unique_lock lock(mutex_);
        queue_.push_back(&request);
        wake_.notify_one();
        answered_.wait(lock, [&] { return request.done; });
    }
    if (request.failure) {
        std::rethrow_exception(std::move(request.failure));
    }
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
    std::vector<Request*> batch{&first};
    try {
        connection_.Run("begin immediate");
    } catch (const Problem&) {
        first.failure = std::current_exception();
    }
    if (first.failure) {
        Answer(batch);
        return;
    }
    RunOne(first);
    while (!first.alone && static_cast<int>(batch.size()) < options_.batch_requests &&
           connection_.InTransaction() && std::chrono::steady_clock::now() < until) {
        Request* next = Join();
        if (next == nullptr) {
            break;
        }
        batch.push_back(next);
        RunOne(*next);
    }
    Commit(batch);
    Answer(batch);
}

// A request is gone as soon as its caller sees that it is done.
void SqliteWriter::Answer(const std::vector<Request*>& batch) {
    {
        const std::lock_guard lock(mutex_);
        for (Request* request : batch) {
            request->done = true;
        }
    }
    answered_.notify_all();
}

void SqliteWriter::RunOne(Request& request) {
    try {
        Savepoint savepoint(connection_);
        (*request.work)(connection_);
        savepoint.Release();
    } catch (...) {
        request.failure = std::current_exception();
    }
    connection_.ResetAll();
}

void SqliteWriter::Commit(std::vector<Request*>& batch) {
    std::exception_ptr failure;
    try {
        if (connection_.InTransaction()) {
            connection_.Run("commit");
            ++commits_;
            return;
        }
        failure = batch.back()->failure;  // the engine took all of it back when this one failed
    } catch (...) {
        failure = std::current_exception();
    }
    if (connection_.InTransaction()) {
        try {
            connection_.Run("rollback");
        } catch (const std::exception&) {
            // Nothing of the batch is on disk either way; the next `begin` says what is wrong with
            // the file.
        }
    }
    for (Request* request : batch) {
        if (!request->failure) {
            request->failure = failure;
        }
    }
}

}  // namespace zw::store
