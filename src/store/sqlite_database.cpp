#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/problem.h"
#include "store/sqlite_connection.h"
#include "store/sqlite_error.h"
#include "store/sqlite_writer.h"

namespace zw::store {

namespace {

constexpr size_t kIdleReaders = 32;
constexpr int kPagesAStep = 1024;

// Moves committed pages from the write-ahead log into the file, so that no writer ever has to.
class Checkpointer {
public:
    Checkpointer(
        const std::filesystem::path& file, const SqliteOptions& options, const SqliteWriter& writer
    )
        : every_(options.checkpoint_every),
          writer_(writer),
          connection_(file, SqliteRole::kCheckpointer, options.busy_timeout),
          thread_([this] { Loop(); }) {}

    ~Checkpointer() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

private:
    void Loop() {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, every_, [this] { return stopping_; })) {
            const int64_t commits = writer_.Commits();
            if (commits == seen_) {
                continue;
            }
            lock.unlock();
            int logged = 0;
            int moved = 0;
            const int code = sqlite3_wal_checkpoint_v2(
                connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &logged, &moved
            );
            if (code == SQLITE_OK && logged == moved) {
                seen_ = commits;  // else a reader or another process is in the way: again next time
            }
            lock.lock();
        }
    }

    const std::chrono::milliseconds every_;
    const SqliteWriter& writer_;
    SqliteConnection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    int64_t seen_ = 0;
    std::thread thread_;  // last: it uses all of the above
};

// Connections for readers, kept for the next one.
class ReaderPool {
public:
    ReaderPool(std::filesystem::path file, const SqliteOptions& options)
        : file_(std::move(file)), busy_timeout_(options.busy_timeout) {}

    std::unique_ptr<SqliteConnection> Take() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
        }
        return std::make_unique<SqliteConnection>(file_, SqliteRole::kReader, busy_timeout_);
    }

    void GiveBack(std::unique_ptr<SqliteConnection> connection) {
        const std::lock_guard lock(mutex_);
        if (idle_.size() < kIdleReaders) {
            idle_.push_back(std::move(connection));
        }
    }

private:
    const std::filesystem::path file_;
    const std::chrono::milliseconds busy_timeout_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

class SqliteReader final : public Reader {
public:
    SqliteReader(ReaderPool& pool, std::optional<std::chrono::milliseconds> limit)
        : pool_(pool), connection_(pool.Take()) {
        connection_->Run("begin");
        // A deferred transaction has its view from its first read on.
        connection_->First("select count(*) from sqlite_schema");
        if (limit) {
            connection_->SetDeadline(std::chrono::steady_clock::now() + *limit);
        }
    }

    ~SqliteReader() override {
        connection_->SetDeadline(std::nullopt);
        try {
            connection_->ResetAll();
            connection_->Run("rollback");
        } catch (const std::exception&) {
            return;  // not fit for another reader
        }
        pool_.GiveBack(std::move(connection_));
    }

    Connection& connection() override { return *connection_; }
    SqliteConnection& Sqlite() { return *connection_; }

private:
    ReaderPool& pool_;
    std::unique_ptr<SqliteConnection> connection_;
};

// The target of an online copy; removed again unless Keep was called.
class CopyTarget {
public:
    explicit CopyTarget(const std::filesystem::path& file) : file_(file) {
        if (std::filesystem::exists(file)) {
            throw Problem(
                "io_failed", {{"path", file.string()}, {"what", "the file is already there"}}
            );
        }
        const int code = sqlite3_open_v2(
            file.c_str(),
            &handle_,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE,
            nullptr
        );
        if (code != SQLITE_OK) {
            Fail(code);
        }
    }

    ~CopyTarget() {
        sqlite3_close_v2(handle_);
        if (!kept_) {
            std::error_code ignored;
            std::filesystem::remove(file_, ignored);
        }
    }

    CopyTarget(const CopyTarget&) = delete;
    CopyTarget& operator=(const CopyTarget&) = delete;

    sqlite3* Handle() const { return handle_; }
    void Keep() { kept_ = true; }

    [[noreturn]] void Fail(int code) {
        const std::string message =
            handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
        sqlite3_close_v2(handle_);
        handle_ = nullptr;
        if ((code & 0xFF) == SQLITE_FULL) {
            throw Problem("disk_full", {{"what", message}, {"path", file_.string()}});
        }
        throw Problem("io_failed", {{"path", file_.string()}, {"what", message}});
    }

private:
    const std::filesystem::path file_;
    sqlite3* handle_ = nullptr;
    bool kept_ = false;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(const std::filesystem::path& file, const SqliteOptions& options)
        : options_(options),
          writer_(file, options),
          pool_(file, options),
          checkpointer_(file, options, writer_) {}

    void Write(const std::function<void(Connection&)>& work) override { writer_.Write(work); }
    void WriteAlone(const std::function<void(Connection&)>& work) override {
        writer_.Write(work, true);
    }

    void AddBatchEnd(BatchEnd& end) override { writer_.AddBatchEnd(end); }
    void RemoveBatchEnd(BatchEnd& end) override { writer_.RemoveBatchEnd(end); }

    std::unique_ptr<Reader> Read() override {
        return std::make_unique<SqliteReader>(pool_, options_.read_limit);
    }

    std::unique_ptr<Reader> ReadWithoutLimit() override {
        return std::make_unique<SqliteReader>(pool_, std::nullopt);
    }

    // The source stays in one read transaction throughout, so writes neither show in the copy nor
    // start it anew.
    void CopyTo(
        const std::filesystem::path& file, const std::function<void(int64_t, int64_t)>& progress
    ) override {
        SqliteReader source(pool_, std::nullopt);
        CopyTarget target(file);
        sqlite3_backup* backup =
            sqlite3_backup_init(target.Handle(), "main", source.Sqlite().handle(), "main");
        if (backup == nullptr) {
            target.Fail(sqlite3_errcode(target.Handle()));
        }
        int code = SQLITE_OK;
        while ((code = sqlite3_backup_step(backup, kPagesAStep)) == SQLITE_OK) {
            const int total = sqlite3_backup_pagecount(backup);
            if (progress) {
                progress(total - sqlite3_backup_remaining(backup), total);
            }
        }
        const int total = sqlite3_backup_pagecount(backup);
        sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE) {
            target.Fail(code);
        }
        target.Keep();
        if (progress) {
            progress(total, total);
        }
    }

    std::vector<std::string> CheckIntegrity() override {
        SqliteReader reader(pool_, std::nullopt);
        std::vector<std::string> wrong;
        reader.connection().Query("pragma integrity_check", {}, [&](const Statement& row) {
            if (row.Text(0) != "ok") {
                wrong.emplace_back(row.Text(0));
            }
        });
        reader.connection().Query("pragma foreign_key_check", {}, [&](const Statement& row) {
            wrong.push_back(fmt::format(
                "{}: row {} refers to no row of {}", row.Text(0), row.Text(1), row.Text(2)
            ));
        });
        return wrong;
    }

private:
    const SqliteOptions options_;
    SqliteWriter writer_;
    ReaderPool pool_;
    Checkpointer checkpointer_;
};

}  // namespace

std::unique_ptr<Database> Database::OpenSqlite(
    const std::filesystem::path& file, const SqliteOptions& options
) {
    return std::make_unique<SqliteDatabase>(file, options);
}

}  // namespace zw::store
