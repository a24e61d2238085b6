#pragma once
// Users and their sessions: who may come in, and as what. Every change is one entry of the log,
// with who and why, never a password or a token. Thread-safe.

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "access/login_failures.h"
#include "access/policy.h"
#include "access/user.h"
#include "audit/key_file.h"
#include "base/environment.h"
#include "definition/model.h"
#include "store/database.h"

namespace zw::access {

struct AccountServices {
    store::Database& database;
    std::shared_ptr<const definition::Model> model;
    const Clock& clock;
    IdGenerator& ids;
    RandomSource& random;
    const audit::KeyFile& key;
    int64_t town = 0;
    Policy policy = {};
};

// Who has come in, for one request.
struct SignedIn {
    int64_t session = 0;
    User user;
    Actor actor;
    std::string csrf;  // what the page must send with everything that changes something
};

// Where a request comes from.
struct Client {
    std::string address;
    std::string agent;  // what the browser calls itself, cut short
};

// A session just begun. The token is told once and kept nowhere but by the client.
struct Ticket {
    std::string token;  // 64 hex digits
    std::shared_ptr<const SignedIn> who;
};

struct SessionInfo {
    int64_t id = 0;
    int64_t user = 0;
    int64_t begun_at = 0;
    int64_t used_at = 0;
    std::string address;
    std::string agent;
};

struct UserChange {
    std::optional<std::string> name;
    std::optional<Role> role;
    std::optional<std::vector<std::string>> lines;
    std::optional<std::vector<int64_t>> places;
    std::optional<bool> disabled;
};

class Accounts {
public:
    // Makes the tables.
    explicit Accounts(AccountServices services);
    ~Accounts();
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;

    bool Any() const;
    std::vector<User> List() const;
    // Throw "not_found".
    User Get(int64_t id) const;
    User GetByLogin(const std::string& login) const;

    // The town's first user, a leader with a password of their own. Throws "users_there".
    User MakeFirst(const std::string& login, const std::string& name, const std::string& password);
    // Each with a one-time password, told once here. Throw "bad_user", "login_taken",
    // "reason_needed".
    struct Made {
        User user;
        std::string one_time_password;
    };
    Made Add(
        const Actor& by,
        const UserDraft& draft,
        const std::string& why,
        const store::Along& along = nullptr
    );
    Made ResetPassword(const Actor& by, int64_t id, const std::string& why);
    // Disabling ends the user's sessions; another role or scope holds from the next request on.
    // Throws "last_leader" when nobody could manage users afterwards.
    User Change(const Actor& by, int64_t id, const UserChange& change, const std::string& why);

    // Throws "login_failed" (whatever is wrong: no such login, password, disabled, a one-time
    // password that is too old), "login_wait" with the seconds.
    Ticket SignIn(const std::string& login, const std::string& password, const Client& client);
    // Null when the token is none, or its session is ended, idle for too long or too old.
    std::shared_ptr<const SignedIn> Find(const std::string& token);
    // Ends every session of the user and begins a new one. Throws "login_failed", "login_wait",
    // "bad_password".
    Ticket ChangePassword(
        const SignedIn& who,
        const std::string& old_password,
        const std::string& new_password,
        const Client& client
    );

    // Those that still stand, newest first; of one user, or of all (0).
    std::vector<SessionInfo> Sessions(int64_t user) const;
    // Throws "not_found"; `of`: only when it is that user's, 0: anybody's.
    void EndSession(const Actor& by, int64_t session, int64_t of);
    // How many were ended.
    int64_t EndSessions(const Actor& by, int64_t user, const std::string& why);

    // One entry of the log without rows: who opened what, and why.
    void Note(const Actor& by, const std::string& what) const;

    const AccountServices& services() const { return services_; }

private:
    // `changed`: the account that was written, 0: none.
    void Log(
        store::Connection& connection,
        const std::string& by,
        const std::string& what,
        int64_t changed = 0
    ) const;
    Ticket Begin(store::Connection& connection, const User& user, const Client& client) const;
    std::shared_ptr<const SignedIn> Present(
        const User& user, int64_t session, const std::string& token
    ) const;
    std::string Hash(const std::string& password) const;
    bool Holds(const std::optional<User>& user, const std::string& password);
    User CheckedLogin(const std::string& login, const std::string& password, const Client& client);
    bool KnownFrom(
        store::Connection& connection, const std::optional<User>& user, const std::string& address
    ) const;
    void KeepOneLeader(store::Connection& connection, const User& before, const User& changed)
        const;
    int64_t EndAll(store::Connection& connection, int64_t user) const;

    AccountServices services_;
    LoginFailures failures_;
    mutable std::mutex hashing_;  // one at a time: each takes as much memory as PasswordCost says
    std::string nobody_;  // what a login that is not there is measured against; under hashing_
};

}  // namespace zw::access
