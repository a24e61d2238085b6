#include "store/sqlite_connection.h"

#include "base/problem.h"
#include "store/sqlite_error.h"
#include "store/sqlite_functions.h"

namespace zw::store {

namespace {

constexpr size_t kKeptTexts = 512;
constexpr int kStepsBetweenLooks = 20'000;  // virtual machine steps between two looks at the clock

// Pages as they were before a savepoint are kept in memory up to this many bytes, then in a file:
// the usual 64 KB do not hold those of one request. 31 pages of 4 KB, for SQLite writes such a file
// in pieces of that size, and none of 128 KB or more. Of the whole process, before it opens
// anything.
void KeepSavepointsInMemory() {
    constexpr int kBytes = 31 * 4096;
    static const int kDone = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, kBytes);
    static_cast<void>(kDone);  // SQLITE_MISUSE where somebody opened one before: it is only slower
}

int StopWhenPast(void* connection) {
    return static_cast<const SqliteConnection*>(connection)->PastDeadline() ? 1 : 0;
}

}  // namespace

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string_view sql)
    : connection_(connection) {
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(
        connection.handle(),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &statement_,
        &rest
    );
    if (code != SQLITE_OK) {
        ThrowSqlite(connection.handle(), code, sql);
    }
    const auto used = static_cast<size_t>(rest - sql.data());
    if (statement_ == nullptr ||
        sql.substr(used).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(statement_);
        throw Problem(
            "sql_failed", {{"what", "not exactly one statement"}, {"sql", std::string(sql)}}
        );
    }
}

SqliteStatement::~SqliteStatement() {
    sqlite3_finalize(statement_);
}

void SqliteStatement::Bind(int position, const Value& value) {
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<int64_t>(&value)) {
        code = sqlite3_bind_int64(statement_, position + 1, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        code = sqlite3_bind_text64(
            statement_, position + 1, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8
        );
    } else {
        code = sqlite3_bind_null(statement_, position + 1);
    }
    if (code != SQLITE_OK) {
        ThrowSqlite(connection_.handle(), code, sqlite3_sql(statement_));
    }
}

bool SqliteStatement::Step() {
    if (connection_.PastDeadline()) {
        ThrowSqlite(nullptr, SQLITE_INTERRUPT, sqlite3_sql(statement_));
    }
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    ThrowSqlite(connection_.handle(), code, sqlite3_sql(statement_));
}

void SqliteStatement::Reset() {
    sqlite3_reset(statement_);  // its code repeats the error that Step has thrown
    sqlite3_clear_bindings(statement_);
}

int SqliteStatement::Columns() const {
    return sqlite3_column_count(statement_);
}

bool SqliteStatement::IsNull(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

bool SqliteStatement::IsInteger(int column) const {
    RefuseReal(column);
    return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}

// No column holds reals: one in a result is integer arithmetic that SQLite let run past 64 bits.
void SqliteStatement::RefuseReal(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_FLOAT) {
        throw Problem("overflow", {{"what", sqlite3_column_name(statement_, column)}});
    }
}

int64_t SqliteStatement::Int(int column) const {
    RefuseReal(column);
    return sqlite3_column_int64(statement_, column);
}

std::string_view SqliteStatement::Text(int column) const {
    RefuseReal(column);
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string_view()
                           : std::string_view(
                                 text, static_cast<size_t>(sqlite3_column_bytes(statement_, column))
                             );
}

bool SqliteStatement::Busy() const {
    return sqlite3_stmt_busy(statement_) != 0;
}

SqliteConnection::SqliteConnection(
    const std::filesystem::path& file, SqliteRole role, std::chrono::milliseconds busy_timeout
) {
    KeepSavepointsInMemory();
    const int create = role == SqliteRole::kWriter ? SQLITE_OPEN_CREATE : 0;
    const int code = sqlite3_open_v2(
        file.c_str(),
        &handle_,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | create,
        nullptr
    );
    try {
        if (code != SQLITE_OK) {
            ThrowSqlite(handle_, code, file.string());
        }
        sqlite3_busy_timeout(handle_, static_cast<int>(busy_timeout.count()));
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        // "name" is an identifier, never a text: a misspelt column must fail.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_progress_handler(handle_, kStepsBetweenLooks, StopWhenPast, this);
        Run("pragma foreign_keys=on");
        Run("pragma synchronous=full");
        Run("pragma wal_autocheckpoint=0");
        if (role == SqliteRole::kWriter) {
            if (First("pragma journal_mode=wal") != std::vector<Value>{std::string("wal")}) {
                throw Problem(
                    "io_failed",
                    {{"path", file.string()}, {"what", "no write-ahead log on this file system"}}
                );
            }
            Run("pragma journal_size_limit=67108864");
            Run("pragma cache_size=-8192");
        } else if (role == SqliteRole::kReader) {
            Run("pragma query_only=on");
        }
        RegisterFunctions(handle_);
    } catch (...) {
        Close();
        throw;
    }
}

SqliteConnection::~SqliteConnection() {
    Close();
}

void SqliteConnection::Close() {
    handed_out_.clear();
    statements_.clear();
    sqlite3_close_v2(handle_);
    handle_ = nullptr;
}

Statement& SqliteConnection::Prepare(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) {
        for (const auto& statement : found->second) {
            if (!statement->Busy()) {
                statement->Reset();
                HandOut(*statement);
                return *statement;
            }
        }
    }
    auto fresh = std::make_unique<SqliteStatement>(*this, sql);
    SqliteStatement& statement = *fresh;
    statements_[std::string(sql)].push_back(std::move(fresh));
    HandOut(statement);
    return statement;
}

void SqliteConnection::HandOut(SqliteStatement& statement) {
    if (!statement.handed_out) {
        statement.handed_out = true;
        handed_out_.push_back(&statement);
    }
}

int64_t SqliteConnection::Changes() const {
    return sqlite3_changes64(handle_);
}

bool SqliteConnection::TableExists(std::string_view name) {
    return !First("select 1 from sqlite_schema where type='table' and name=?", {std::string(name)})
                .empty();
}

std::vector<ColumnInfo> SqliteConnection::DescribeColumns(std::string_view name) {
    std::vector<ColumnInfo> columns;
    Query(
        "select name, lower(type), \"notnull\" from pragma_table_info(?) order by cid",
        {std::string(name)},
        [&](const Statement& row) {
            const bool whole = row.Text(1) == "integer" || row.Text(1) == "bigint";
            columns.push_back(
                {std::string(row.Text(0)),
                 whole ? ColumnType::kBigint : ColumnType::kText,
                 row.Int(2) != 0}
            );
        }
    );
    return columns;
}

std::vector<std::string> SqliteConnection::TableIndexes(std::string_view name) {
    std::vector<std::string> names;
    Query(
        "select name from pragma_index_list(?) where origin='c' order by name",
        {std::string(name)},
        [&](const Statement& row) { names.emplace_back(row.Text(0)); }
    );
    return names;
}

const Dialect& SqliteConnection::dialect() const {
    static constexpr Dialect kDialect{"integer", "text", " strict"};
    return kDialect;
}

void SqliteConnection::ResetAll() {
    if (statements_.size() > kKeptTexts) {
        statements_.clear();
    } else {
        for (SqliteStatement* statement : handed_out_) {
            statement->Reset();
            statement->handed_out = false;
        }
    }
    handed_out_.clear();
}

bool SqliteConnection::PastDeadline() const {
    return deadline_ && std::chrono::steady_clock::now() >= *deadline_;
}

}  // namespace zw::store
