#pragma once
// SQLite itself, with the settings of the program's writer (store/sqlite_connection.cpp): every
// commit is on disk.

#include <sqlite3.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "recording.h"

namespace bench {

class Bare {
public:
    explicit Bare(const std::string& file) {
        Must(sqlite3_open_v2(
            file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr
        ));
        for (const char* pragma :
             {"pragma foreign_keys=on",
              "pragma synchronous=full",
              "pragma journal_mode=wal",
              "pragma cache_size=-8192"}) {
            Must(sqlite3_exec(handle_, pragma, nullptr, nullptr, nullptr));
        }
        // The one function that the program's writes call.
        Must(sqlite3_create_function(
            handle_, "zw_add", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, Add, nullptr, nullptr
        ));
    }
    ~Bare() {
        for (const auto& [sql, statement] : kept_) {
            sqlite3_finalize(statement);
        }
        sqlite3_close(handle_);
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    sqlite3_stmt* Prepared(const std::string& sql) {
        sqlite3_stmt*& statement = kept_[sql];
        if (statement == nullptr) {
            Must(sqlite3_prepare_v3(
                handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr
            ));
        }
        return statement;
    }

    // The rows that came; each column is read as the program reads it.
    long Do(sqlite3_stmt* statement, const std::vector<Bound>& values) {
        Bind(statement, values);
        long rows = 0;
        int code = SQLITE_OK;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            ++rows;
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                sqlite3_column_text(statement, i);
            }
        }
        Must(code == SQLITE_DONE ? SQLITE_OK : code);
        Must(sqlite3_reset(statement));
        return rows;
    }

    long Do(const std::string& sql) { return Do(Prepared(sql), {}); }

private:
    static void Add(sqlite3_context* context, int /*two*/, sqlite3_value** values) {
        sqlite3_result_int64(
            context, sqlite3_value_int64(values[0]) + sqlite3_value_int64(values[1])
        );
    }

    void Must(int code) {
        if (code != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(handle_));
        }
    }

    static void Bind(sqlite3_stmt* statement, const std::vector<Bound>& values) {
        for (size_t i = 0; i < values.size(); ++i) {
            const int at = static_cast<int>(i) + 1;
            const Bound& value = values[i];
            if (value.kind == 'i') {
                sqlite3_bind_int64(statement, at, value.number);
            } else if (value.kind == 't') {
                sqlite3_bind_text64(
                    statement,
                    at,
                    value.text.data(),
                    value.text.size(),
                    SQLITE_TRANSIENT,
                    SQLITE_UTF8
                );
            } else {
                sqlite3_bind_null(statement, at);
            }
        }
    }

    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*> kept_;
};

}  // namespace bench
