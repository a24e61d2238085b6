#pragma once
// What SQLite says went wrong, as the program's problems.

#include <sqlite3.h>

#include <string_view>

namespace zw::store {

// Throws the Problem that result code `code` of `handle` (may be null) means: disk_full,
// database_damaged, database_busy, not_a_database, read_only, read_too_long, io_failed, overflow or
// sql_failed. `what`: the SQL or the file that it was about.
[[noreturn]] void ThrowSqlite(sqlite3* handle, int code, std::string_view what);

}  // namespace zw::store
