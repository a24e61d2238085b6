// Writes down the SQL that a program gives to SQLite, with its values: LD_PRELOAD in front of
// libsqlite3. What floor.cpp then does is the program's own SQL, and cannot fall behind it.
//
// ZHENWU_BENCH_RECORD names the file. Its lines: `S number length`, the SQL; `X number connection
// values`, and a line for each value: `n`, `i number`, `t length` and the text. Connections are
// numbered as they come.

#include <dlfcn.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

template <typename Function>
Function* Next(Function* /*same*/, const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

struct Recorder {
    std::mutex mutex;
    std::FILE* out = nullptr;
    std::unordered_map<sqlite3_stmt*, std::map<int, std::string>> bound;
    std::unordered_map<std::string, int> texts;
    std::unordered_map<sqlite3*, int> connections;
};

Recorder& Kept() {
    static auto* kept = [] {
        auto* fresh = new Recorder;
        if (const char* path = std::getenv("ZHENWU_BENCH_RECORD")) {
            fresh->out = std::fopen(path, "wb");
        }
        return fresh;
    }();
    return *kept;
}

void Bound(sqlite3_stmt* statement, int position, std::string line) {
    Recorder& kept = Kept();
    const std::lock_guard lock(kept.mutex);
    kept.bound[statement][position] = std::move(line);
}

void Put(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), Kept().out);
}

void Begun(sqlite3_stmt* statement) {
    Recorder& kept = Kept();
    const std::lock_guard lock(kept.mutex);
    if (kept.out == nullptr) {
        return;
    }
    const char* said = sqlite3_sql(statement);
    if (said == nullptr) {
        return;  // SQLite's own, inside a statement of the program
    }
    const std::string sql = said;
    const auto [text, fresh] = kept.texts.try_emplace(sql, static_cast<int>(kept.texts.size()));
    if (fresh) {
        Put("S " + std::to_string(text->second) + " " + std::to_string(sql.size()) + "\n" + sql +
            "\n");
    }
    const auto connection =
        kept.connections
            .try_emplace(sqlite3_db_handle(statement), static_cast<int>(kept.connections.size()))
            .first;
    const int values = sqlite3_bind_parameter_count(statement);
    Put("X " + std::to_string(text->second) + " " + std::to_string(connection->second) + " " +
        std::to_string(values) + "\n");
    auto& bound = kept.bound[statement];
    for (int i = 1; i <= values; ++i) {
        Put(bound.contains(i) ? bound[i] : "n\n");
    }
    std::fflush(kept.out);
}

}  // namespace

extern "C" {

int sqlite3_bind_int64(sqlite3_stmt* statement, int position, sqlite3_int64 value) {
    static auto* next = Next(&sqlite3_bind_int64, "sqlite3_bind_int64");
    Bound(statement, position, "i " + std::to_string(value) + "\n");
    return next(statement, position, value);
}

int sqlite3_bind_null(sqlite3_stmt* statement, int position) {
    static auto* next = Next(&sqlite3_bind_null, "sqlite3_bind_null");
    Bound(statement, position, "n\n");
    return next(statement, position);
}

int sqlite3_bind_text64(
    sqlite3_stmt* statement,
    int position,
    const char* text,
    sqlite3_uint64 size,
    void (*free)(void*),
    unsigned char encoding
) {
    static auto* next = Next(&sqlite3_bind_text64, "sqlite3_bind_text64");
    Bound(statement, position, "t " + std::to_string(size) + "\n" + std::string(text, size) + "\n");
    return next(statement, position, text, size, free, encoding);
}

int sqlite3_clear_bindings(sqlite3_stmt* statement) {
    static auto* next = Next(&sqlite3_clear_bindings, "sqlite3_clear_bindings");
    {
        Recorder& kept = Kept();
        const std::lock_guard lock(kept.mutex);
        kept.bound[statement].clear();
    }
    return next(statement);
}

int sqlite3_step(sqlite3_stmt* statement) {
    static auto* next = Next(&sqlite3_step, "sqlite3_step");
    if (sqlite3_stmt_busy(statement) == 0) {
        Begun(statement);
    }
    return next(statement);
}

}  // extern "C"
