#include "access/login_failures.h"

#include <algorithm>
#include <cstdlib>

#include "access/user.h"
#include "store/schema.h"

namespace zw::access {

namespace {

constexpr int64_t kSecond = 1000;

}  // namespace

void LoginFailures::CreateTable(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "login_failure",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"what", ColumnType::kText, true},
              {"failures", ColumnType::kBigint, true},
              {"last_at", ColumnType::kBigint, true}},
         .primary_key = {"town", "what"},
         .indexes = {}}
    );
}

std::string LoginFailures::PairKey(const Try& one) const {
    return "pair:" + key_.Blind("login-pair\n" + LoginForm(one.login) + "\n" + one.address);
}

std::string LoginFailures::AddressKey(const Try& one) const {
    return "address:" + key_.Blind("login-address\n" + one.address);
}

std::string LoginFailures::LoginKey(const Try& one) const {
    return "login:" + key_.Blind("login-name\n" + LoginForm(one.login));
}

// A count that nothing was added to for the time of a lock starts anew; so does one from a time to
// come: the clock was set back, and a lock would last until it is there again.
LoginFailures::Count LoginFailures::Of(
    store::Connection& connection, const std::string& key, int64_t now
) const {
    const auto row = connection.First(
        "select failures, last_at from login_failure where town = ? and what = ?", {town_, key}
    );
    if (row.empty()) {
        return {};
    }
    const Count count{std::get<int64_t>(row[0]), std::get<int64_t>(row[1])};
    return std::abs(now - count.last) >= policy_.lock_millis ? Count{} : count;
}

int64_t LoginFailures::Wait(store::Connection& connection, const Try& one) const {
    const auto locked = [&](const std::string& key, int64_t most) -> int64_t {
        const Count count = Of(connection, key, one.at);
        return count.failures >= most ? count.last + policy_.lock_millis - one.at : 0;
    };
    const Count pair = Of(connection, PairKey(one), one.at);
    int64_t wait = 0;
    if (pair.failures >= policy_.pair_failures) {
        wait = pair.last + policy_.lock_millis - one.at;
    } else if (pair.failures > policy_.free_failures) {
        const int64_t pause = kSecond << (pair.failures - policy_.free_failures);
        wait = pair.last + pause - one.at;
    }
    wait = std::max(wait, locked(AddressKey(one), policy_.address_failures));
    if (!one.known) {
        wait = std::max(wait, locked(LoginKey(one), policy_.login_failures));
    }
    return std::max<int64_t>(wait, 0);
}

void LoginFailures::Add(store::Connection& connection, const std::string& key, int64_t now) const {
    const Count count = Of(connection, key, now);
    connection.Run(
        "insert into login_failure (town, what, failures, last_at) values (?, ?, ?, ?) on conflict "
        "(town, what) do update set failures = excluded.failures, last_at = excluded.last_at",
        {town_, key, count.failures + 1, now}
    );
}

bool LoginFailures::Failed(store::Connection& connection, const Try& one) const {
    connection.Run(
        "delete from login_failure where town = ? and last_at < ?",
        {town_, one.at - policy_.lock_millis}
    );
    Add(connection, PairKey(one), one.at);
    Add(connection, AddressKey(one), one.at);
    Add(connection, LoginKey(one), one.at);
    return Of(connection, PairKey(one), one.at).failures == policy_.pair_failures;
}

void LoginFailures::Succeeded(store::Connection& connection, const Try& one) const {
    for (const std::string& key : {PairKey(one), LoginKey(one)}) {
        connection.Run("delete from login_failure where town = ? and what = ?", {town_, key});
    }
}

}  // namespace zw::access
