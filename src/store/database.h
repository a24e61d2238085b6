#pragma once
// The narrow interface to the database: SQLite today, PostgreSQL later, without a change above. SQL
// is the portable subset of shared portable-sql.md (nothing of its section B); values are 64-bit
// integers and UTF-8 text only. One writer, many readers. A Connection is used by one thread at a
// time.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zw {
class Turns;
}

namespace zw::store {

using Value = std::variant<std::monostate, int64_t, std::string>;

enum class ColumnType { kBigint, kText };

struct ColumnInfo {
    std::string name;
    ColumnType type = ColumnType::kText;
    bool not_null = false;
};

// What differs between engines in DDL (schema.h); everything else is the same SQL.
struct Dialect {
    std::string_view bigint;
    std::string_view text;
    std::string_view
        table_suffix;  // after a table's closing parenthesis, so that types are enforced
};

// A prepared statement; positions from 0. Valid until its Reader is given back or the work it was
// prepared in returns. Errors throw Problem "sql_failed" (or "disk_full", "database_damaged",
// "database_busy", "read_only", "read_too_long"; "overflow" when a zw_ function says so or a result
// has left the 64-bit integers).
class Statement {
public:
    virtual ~Statement() = default;
    virtual void Bind(int position, const Value& value) = 0;
    void BindAll(const std::vector<Value>& values);
    virtual bool Step() = 0;   // true: a row is there
    virtual void Reset() = 0;  // also clears bindings
    virtual int Columns() const = 0;
    virtual bool IsNull(int column) const = 0;
    virtual int64_t Int(int column) const = 0;
    virtual std::string_view Text(int column) const = 0;  // until the next Step, Reset
    Value Get(int column) const;

protected:
    virtual bool IsInteger(int column) const = 0;
};

class Connection {
public:
    virtual ~Connection() = default;
    // Kept by text: preparing the same SQL again is cheap. The statement comes back reset; one that
    // still stands on a row is left alone and another comes back, so that the same SQL may run
    // inside a loop over itself.
    virtual Statement& Prepare(std::string_view sql) = 0;
    void Run(std::string_view sql, const std::vector<Value>& values = {});
    // Calls `row` for each row.
    void Query(
        std::string_view sql,
        const std::vector<Value>& values,
        const std::function<void(const Statement&)>& row
    );
    // The first row's values; empty when there is none.
    std::vector<Value> First(std::string_view sql, const std::vector<Value>& values = {});
    // Rows changed by the last insert, update or delete.
    virtual int64_t Changes() const = 0;
    virtual bool TableExists(std::string_view name) = 0;
    // Columns of a table in order; empty when it is not there.
    std::vector<std::string> TableColumns(std::string_view name);
    virtual std::vector<ColumnInfo> DescribeColumns(std::string_view name) = 0;
    // Names of a table's indexes, sorted, without the one that its primary key has.
    virtual std::vector<std::string> TableIndexes(std::string_view name) = 0;
    virtual const Dialect& dialect() const = 0;
};

// A savepoint: taken back in the destructor unless Release was called.
class Savepoint {
public:
    explicit Savepoint(Connection& connection);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    void Release();

private:
    Connection& connection_;
    bool open_ = true;
};

// A reader's connection with one consistent view (a read transaction) while held; given back in the
// destructor.
class Reader {
public:
    virtual ~Reader() = default;
    virtual Connection& connection() = 0;
};

struct SqliteOptions {
    Turns* turns = nullptr;    // given up by who waits for the writer; null: nobody has one
    int batch_requests = 256;  // requests in one COMMIT at most
    std::chrono::milliseconds batch_time{25};        // a batch takes no new request after this
    std::chrono::milliseconds busy_timeout{10'000};  // how long another process may hold the file
    std::chrono::milliseconds checkpoint_every{1'000};
    std::chrono::milliseconds read_limit{
        30'000};  // Read(): a held view keeps the write-ahead log from shrinking
};

// What the requests of a batch leave to be done once for all of them, at its end and in its
// transaction (Database::Write). On the writer's thread only.
class BatchEnd {
public:
    virtual ~BatchEnd() = default;
    // How much is left so far.
    virtual size_t Left() const = 0;
    // What was left beyond `count` is forgotten: the request that left it was taken back.
    virtual void Cut(size_t count) = 0;
    // Does what is left; nothing is then.
    virtual void Run(Connection& connection) = 0;
};

// Called in the transaction of a write with the id of what it made, to do more in it.
using Along = std::function<void(Connection&, int64_t id)>;

class Database {
public:
    virtual ~Database() = default;
    // Opens or creates `file`; its folder must be there. Throws database_damaged, not_a_database,
    // io_failed.
    static std::unique_ptr<Database> OpenSqlite(
        const std::filesystem::path& file, const SqliteOptions& options = {}
    );

    // Runs `work` on the writer's thread inside a savepoint, one COMMIT (on disk when it returns)
    // for a batch of requests; returns after the commit. An exception of `work` takes back only its
    // own changes and is rethrown here; when the commit itself fails, every request of the batch is
    // told so and nothing of it is kept. Throws database_busy when another process holds the file
    // for longer than the time allowed. When the end of the batch throws, all of it is taken back
    // and done again, each request with an end of its own: `work` may run twice. Blocks the caller;
    // safe from any thread but the writer's own (std::logic_error there).
    virtual void Write(const std::function<void(Connection&)>& work) = 0;
    // The same in a commit of its own: what Read() shows meanwhile is what `work` finds. Everybody
    // else's writes wait for it.
    virtual void WriteAlone(const std::function<void(Connection&)>& work) = 0;
    // `end` is run at the end of each batch until it is removed, which it must be before it goes.
    // Not while anything is written.
    virtual void AddBatchEnd(BatchEnd& end) = 0;
    virtual void RemoveBatchEnd(BatchEnd& end) = 0;
    // A view of the last commit. Held for longer than the limit, its statements throw
    // read_too_long.
    virtual std::unique_ptr<Reader> Read() = 0;
    // The same without the limit, for checks of the whole store: the write-ahead log grows while it
    // is held.
    virtual std::unique_ptr<Reader> ReadWithoutLimit() = 0;
    // Online copy into a new file, while writes go on. `progress`(done, total) pages. Throws
    // io_failed when `file` exists; nothing is left behind on failure.
    virtual void CopyTo(
        const std::filesystem::path& file, const std::function<void(int64_t, int64_t)>& progress
    ) = 0;
    // The engine's own integrity check: empty when sound, else what is wrong.
    virtual std::vector<std::string> CheckIntegrity() = 0;
};

}  // namespace zw::store
