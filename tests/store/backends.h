#pragma once
// The back ends that the contract of store/database.h is held against. PostgreSQL joins by one more
// entry.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "tests/support/temp_folder.h"

namespace zw::testing {

// One empty store, opened again and again.
class Backend {
public:
    virtual ~Backend() = default;
    virtual std::unique_ptr<store::Database> Open(const store::SqliteOptions& options = {}) = 0;
};

class SqliteBackend final : public Backend {
public:
    std::unique_ptr<store::Database> Open(const store::SqliteOptions& options = {}) override {
        return store::Database::OpenSqlite(folder_ / "town.sqlite", options);
    }

private:
    TempFolder folder_;
};

struct BackendKind {
    std::string name;
    std::function<std::unique_ptr<Backend>()> create;
};

inline const std::vector<BackendKind>& BackendKinds() {
    static const std::vector<BackendKind> kinds{
        {"SQLite", [] { return std::make_unique<SqliteBackend>(); }}};
    return kinds;
}

}  // namespace zw::testing
