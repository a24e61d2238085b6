#pragma once
// One SQLite connection behind the Connection of database.h.

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"

namespace zw::store {

class SqliteConnection;

class SqliteStatement final : public Statement {
public:
    SqliteStatement(SqliteConnection& connection, std::string_view sql);
    ~SqliteStatement() override;
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    void Bind(int position, const Value& value) override;
    bool Step() override;
    void Reset() override;
    int Columns() const override;
    bool IsNull(int column) const override;
    int64_t Int(int column) const override;
    std::string_view Text(int column) const override;
    bool Busy() const;

    bool handed_out = false;  // kept by the connection: since its last ResetAll

protected:
    bool IsInteger(int column) const override;

private:
    void RefuseReal(int column) const;

    SqliteConnection& connection_;
    sqlite3_stmt* statement_ = nullptr;
};

enum class SqliteRole { kWriter, kReader, kCheckpointer };

class SqliteConnection final : public Connection {
public:
    // Opens `file` (created by the writer's role only) with the settings of its role. Throws
    // not_a_database, database_damaged, io_failed.
    SqliteConnection(
        const std::filesystem::path& file, SqliteRole role, std::chrono::milliseconds busy_timeout
    );
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Statement& Prepare(std::string_view sql) override;
    int64_t Changes() const override;
    bool TableExists(std::string_view name) override;
    std::vector<ColumnInfo> DescribeColumns(std::string_view name) override;
    std::vector<std::string> TableIndexes(std::string_view name) override;
    const Dialect& dialect() const override;

    // Takes every statement off its row; what callers held of them is no longer theirs.
    void ResetAll();
    // Statements that run beyond `when` throw read_too_long; absent: no limit.
    void SetDeadline(std::optional<std::chrono::steady_clock::time_point> when) {
        deadline_ = when;
    }
    bool PastDeadline() const;
    // Whether a transaction is open; false inside a batch means that the engine has taken all of it
    // back.
    bool InTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }
    sqlite3* handle() const { return handle_; }

private:
    using Statements = std::vector<std::unique_ptr<SqliteStatement>>;  // of one text: more than one
                                                                       // only while it is nested

    void HandOut(SqliteStatement& statement);
    void Close();

    sqlite3* handle_ = nullptr;
    std::optional<std::chrono::steady_clock::time_point> deadline_;
    std::map<std::string, Statements, std::less<>> statements_;
    std::vector<SqliteStatement*> handed_out_;
};

}  // namespace zw::store
