#include "access/accounts.h"

#include "access/password.h"
#include "access/session_store.h"
#include "access/vouched.h"
#include "audit/digest.h"
#include "audit/log.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::access {

namespace {

[[noreturn]] void NoSuchUser(const std::string& name) {
    throw NotFound(Thing::kUser, name);
}

std::string Reason(const std::string& why) {
    std::string reason = Trim(why);
    if (reason.empty()) {
        throw Problem("reason_needed");
    }
    return reason;
}

void TakeDraft(const UserDraft& draft, User& user) {
    user.login = draft.login;
    user.name = draft.name;
    user.role = draft.role;
    user.lines = draft.lines;
    user.places = draft.places;
}

UserDraft DraftOf(const User& user) {
    return {user.login, user.name, user.role, user.lines, user.places};
}

}  // namespace

Accounts::Accounts(AccountServices services)
    : services_(std::move(services)), failures_(services_.town, services_.key, services_.policy) {
    services_.database.Write([](store::Connection& connection) {
        CreateUserTables(connection);
        CreateSessionTable(connection);
        LoginFailures::CreateTable(connection);
    });
}

Accounts::~Accounts() = default;

bool Accounts::Any() const {
    return AnyUser(services_.database.Read()->connection(), services_.town);
}

std::vector<User> Accounts::List() const {
    return LoadUsers(services_.database.Read()->connection(), services_.town);
}

User Accounts::Get(int64_t id) const {
    auto user = FindUser(services_.database.Read()->connection(), services_.town, id);
    if (!user) {
        NoSuchUser(std::to_string(id));
    }
    return std::move(*user);
}

User Accounts::GetByLogin(const std::string& login) const {
    auto user = FindLogin(services_.database.Read()->connection(), services_.town, login);
    if (!user) {
        NoSuchUser(login);
    }
    return std::move(*user);
}

void Accounts::Log(
    store::Connection& connection, const std::string& by, const std::string& what, int64_t changed
) const {
    audit::Entry entry;
    entry.town = services_.town;
    entry.at = services_.clock.NowMillis();
    entry.by = by;
    entry.why = what;
    entry.definitions = services_.model->digest;
    entry.rows_digest = audit::RowsDigest().Finish();
    if (changed != 0) {
        entry.vouched =
            audit::VouchFor(connection, services_.town, VouchedAccounts(), "id = ?", {changed});
    }
    audit::Log(services_.key).Append(connection, entry);
}

void Accounts::Note(const Actor& by, const std::string& what) const {
    services_.database.Write([&](store::Connection& connection) { Log(connection, by.name, what); }
    );
}

std::string Accounts::Hash(const std::string& password) const {
    const std::lock_guard lock(hashing_);
    return HashPassword(password, services_.policy.cost, services_.random);
}

User Accounts::MakeFirst(
    const std::string& login, const std::string& name, const std::string& password
) {
    User user;
    {
        const auto reader = services_.database.Read();
        const PlaceTree tree = PlaceTree::Load(reader->connection(), services_.town);
        TakeDraft(CheckUser({login, name, Role::kLeader, {}, {}}, *services_.model, tree), user);
    }
    CheckPassword(password, {user.login, user.name}, services_.policy);
    user.password = Hash(password);
    services_.database.Write([&](store::Connection& connection) {
        if (AnyUser(connection, services_.town)) {
            throw Problem("users_there");
        }
        user.id = services_.ids.Next();
        user.made_at = services_.clock.NowMillis();
        user.password_at = user.made_at;
        SaveUser(connection, services_.town, user);
        const PlaceTree tree = PlaceTree::Load(connection, services_.town);
        Log(connection,
            ActorOf(user).name,
            "建立第一个用户：" + Describe(user, *services_.model, tree),
            user.id);
    });
    return user;
}

Accounts::Made Accounts::Add(
    const Actor& by, const UserDraft& draft, const std::string& why, const store::Along& along
) {
    const std::string reason = Reason(why);
    Made made;
    made.one_time_password = OneTimePassword(services_.random);
    User& user = made.user;
    user.password = Hash(made.one_time_password);
    user.must_change = true;
    services_.database.Write([&](store::Connection& connection) {
        const PlaceTree tree = PlaceTree::Load(connection, services_.town);
        TakeDraft(CheckUser(draft, *services_.model, tree), user);
        if (FindLogin(connection, services_.town, user.login)) {
            throw Problem("login_taken", {{"login", user.login}});
        }
        user.id = services_.ids.Next();
        user.made_at = services_.clock.NowMillis();
        user.password_at = user.made_at;
        SaveUser(connection, services_.town, user);
        Log(connection,
            by.name,
            "新增用户：" + Describe(user, *services_.model, tree) + "；" + reason,
            user.id);
        if (along) {
            along(connection, user.id);
        }
    });
    return made;
}

Accounts::Made Accounts::ResetPassword(const Actor& by, int64_t id, const std::string& why) {
    const std::string reason = Reason(why);
    Made made;
    made.one_time_password = OneTimePassword(services_.random);
    const std::string hash = Hash(made.one_time_password);
    services_.database.Write([&](store::Connection& connection) {
        auto user = FindUser(connection, services_.town, id);
        if (!user) {
            NoSuchUser(std::to_string(id));
        }
        user->password = hash;
        user->must_change = true;
        user->password_at = services_.clock.NowMillis();
        SaveUser(connection, services_.town, *user);
        EndAll(connection, id);
        Log(connection, by.name, "重置密码：" + ActorOf(*user).name + "；" + reason, id);
        made.user = std::move(*user);
    });
    return made;
}

// Somebody must be left who can let others in.
void Accounts::KeepOneLeader(store::Connection& connection, const User& before, const User& changed)
    const {
    const auto manages = [](const User& user) {
        return !user.disabled && InfoOf(user.role).rights.users;
    };
    if (!manages(before) || manages(changed)) {
        return;
    }
    for (const User& user : LoadUsers(connection, services_.town)) {
        if (user.id != changed.id && manages(user)) {
            return;
        }
    }
    throw Problem("last_leader");
}

User Accounts::Change(
    const Actor& by, int64_t id, const UserChange& change, const std::string& why
) {
    const std::string reason = Reason(why);
    User changed;
    services_.database.Write([&](store::Connection& connection) {
        auto user = FindUser(connection, services_.town, id);
        if (!user) {
            NoSuchUser(std::to_string(id));
        }
        const PlaceTree tree = PlaceTree::Load(connection, services_.town);
        const User before = *user;
        UserDraft draft = DraftOf(*user);
        draft.name = change.name.value_or(draft.name);
        draft.role = change.role.value_or(draft.role);
        draft.lines = change.lines.value_or(draft.lines);
        draft.places = change.places.value_or(draft.places);
        TakeDraft(CheckUser(draft, *services_.model, tree), *user);
        user->disabled = change.disabled.value_or(user->disabled);
        KeepOneLeader(connection, before, *user);
        SaveUser(connection, services_.town, *user);
        if (user->disabled) {
            EndAll(connection, id);
        }
        Log(connection,
            by.name,
            "修改用户：" + Describe(before, *services_.model, tree) + " → " +
                Describe(*user, *services_.model, tree) + "；" + reason,
            id);
        changed = std::move(*user);
    });
    return changed;
}

}  // namespace zw::access
