#pragma once
// A town of the built-in definitions with two villages, rows of two lines in each and at 镇本级,
// and one user of every kind, each past their first password.

#include <memory>
#include <string>

#include "app/setup.h"
#include "base/environment.h"
#include "http/api.h"
#include "tests/http/caller.h"
#include "tests/support/temp_folder.h"

namespace zw::http::testing {

// What stands in rows of 西村 and of 镇本级 only: a clerk of 东村 must meet it nowhere.
constexpr const char* kForeign = "石门子";

class StaffedTown {
public:
    StaffedTown();

    // Signed in; roles as in doc/access.md, and "clerk" of 东村, "officer" of the line of plots,
    // "reader_east" of 东村 only, "nobody" without a session, "first" before the first password was
    // changed.
    Caller As(const std::string& who) const { return As(who, router); }
    // At another router over the same town.
    Caller As(const std::string& who, const Router& at) const;
    int64_t Row(const std::string& record, const std::string& place) const;

    static constexpr const char* kPassword = "qing-shi-zhen-2023";

    zw::testing::TempFolder folder;
    FixedClock clock{1704067200000};
    SystemRandom random;
    app::Environment environment;
    std::unique_ptr<app::App> app;
    Router router;

private:
    int64_t Place(const std::string& place) const;
    int64_t Create(
        const std::string& record, const std::string& place, const ledger::Values& values
    );
    void MakeRows();
    void MakeUsers();

    std::map<std::pair<std::string, std::string>, int64_t> rows_;
    std::string first_password_;
};

}  // namespace zw::http::testing
