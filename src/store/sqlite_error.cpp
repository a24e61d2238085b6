#include "store/sqlite_error.h"

#include <string>

#include "base/problem.h"
#include "store/sqlite_functions.h"

namespace zw::store {

namespace {

constexpr size_t kShownSql = 400;

// SQLite's own checks of sum() and abs().
constexpr std::string_view kIntegerOverflow = "integer overflow";

std::string_view CodeOf(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return "disk_full";
        case SQLITE_CORRUPT:
            return "database_damaged";
        case SQLITE_NOTADB:
            return "not_a_database";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "database_busy";
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return "read_only";
        case SQLITE_INTERRUPT:
            return "read_too_long";
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return "io_failed";
        default:
            return "sql_failed";
    }
}

}  // namespace

void ThrowSqlite(sqlite3* handle, int code, std::string_view what) {
    const std::string message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    if (auto problem = ProblemOfFunction(message)) {
        throw Problem(std::move(*problem));
    }
    if (message == kIntegerOverflow) {
        throw Problem("overflow", {{"what", message}});
    }
    const int kind = code & 0xFF;
    if (kind == SQLITE_IOERR || kind == SQLITE_FULL || kind == SQLITE_READONLY) {
        // What the disk does is no matter of one statement.
        throw Problem(
            CodeOf(code),
            {{"what", message}, {"path", "数据库文件"}, {"path_en", "the file of the database"}}
        );
    }
    const std::string about(what.substr(0, kShownSql));
    throw Problem(CodeOf(code), {{"what", message}, {"path", about}, {"sql", about}});
}

}  // namespace zw::store
