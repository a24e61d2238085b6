// Signing in, and what stands between a token and a user.

#include "access/accounts.h"
#include "access/password.h"
#include "access/session_store.h"
#include "base/crypto.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::access {

namespace {

constexpr size_t kTokenBytes = 32;  // 256 bits
constexpr size_t kAgentMost = 200;
constexpr std::string_view kCsrfUse = "zhenwu csrf";
constexpr int64_t kSecond = 1000;

std::string Short(const std::string& agent) {
    const std::u32string points = ToCodePoints(agent);
    return ToUtf8(std::u32string_view(points).substr(0, kAgentMost));
}

bool Stands(const StoredSession& session, const Policy& policy, int64_t now) {
    return session.ended_at == 0 && now - session.info.used_at < policy.idle_millis &&
           now - session.info.begun_at < policy.absolute_millis;
}

// A disk that takes no writes keeps nobody from reading: whoever writes next is told.
void Touch(const AccountServices& services, int64_t session, int64_t now) {
    try {
        services.database.Write([&](store::Connection& connection) {
            connection.Run(
                "update web_session set used_at = ? where town = ? and id = ? and ended_at = 0",
                {now, services.town, session}
            );
        });
    } catch (const Problem&) {
        return;
    }
}

}  // namespace

std::shared_ptr<const SignedIn> Accounts::Present(
    const User& user, int64_t session, const std::string& token
) const {
    auto who = std::make_shared<SignedIn>();
    who->session = session;
    who->user = user;
    who->user.password.clear();
    who->actor = ActorOf(user);
    who->csrf = ToHex(HmacSm3(token, kCsrfUse));
    return who;
}

Ticket Accounts::Begin(store::Connection& connection, const User& user, const Client& client)
    const {
    const int64_t now = services_.clock.NowMillis();
    connection.Run(
        "delete from web_session where town = ? and used_at < ?",
        {services_.town, now - services_.policy.keep_sessions_millis}
    );
    SessionInfo session{
        services_.ids.Next(), user.id, now, now, client.address, Short(client.agent)};
    const std::string token = ToHex(services_.random.Bytes(kTokenBytes));
    InsertSession(connection, services_.town, session, TokenHash(token));
    return {token, Present(user, session.id, token)};
}

bool Accounts::KnownFrom(
    store::Connection& connection, const std::optional<User>& user, const std::string& address
) const {
    return user && !connection
                        .First(
                            "select id from web_session where town = ? and account = ? and address "
                            "= ? limit 1",
                            {services_.town, user->id, address}
                        )
                        .empty();
}

bool Accounts::Holds(const std::optional<User>& user, const std::string& password) {
    const std::lock_guard lock(hashing_);
    if (nobody_.empty()) {
        nobody_ = HashPassword(
            ToHex(services_.random.Bytes(kTokenBytes)), services_.policy.cost, services_.random
        );
    }
    return PasswordHolds(password, user ? user->password : nobody_) && user;
}

// The same work and the same answer whether the login is there or not.
User Accounts::CheckedLogin(
    const std::string& login, const std::string& password, const Client& client
) {
    LoginFailures::Try one{login, client.address, false, services_.clock.NowMillis()};
    std::optional<User> user;
    {
        const auto reader = services_.database.Read();
        user = FindLogin(reader->connection(), services_.town, login);
        one.known = KnownFrom(reader->connection(), user, client.address);
        if (const int64_t wait = failures_.Wait(reader->connection(), one); wait > 0) {
            throw Problem(
                "login_wait", {{"seconds", std::to_string((wait + kSecond - 1) / kSecond)}}
            );
        }
    }
    const bool holds = Holds(user, password);
    const bool stale =
        user && user->must_change && one.at - user->password_at > services_.policy.one_time_millis;
    if (!user || !holds || user->disabled || stale) {
        services_.database.Write([&](store::Connection& connection) {
            if (failures_.Failed(connection, one)) {
                Log(connection, "（未登录）", "连续登录失败，暂停来自" + client.address + "的登录");
            }
        });
        throw Problem("login_failed");
    }
    return std::move(*user);
}

Ticket Accounts::SignIn(
    const std::string& login, const std::string& password, const Client& client
) {
    const User user = CheckedLogin(login, password, client);
    const std::string hash =
        NeedsNewHash(user.password, services_.policy.cost) ? Hash(password) : user.password;
    Ticket ticket;
    services_.database.Write([&](store::Connection& connection) {
        auto now = FindUser(connection, services_.town, user.id);
        // Changed between the check and here: the password that was checked no longer counts.
        if (!now || now->disabled || now->password != user.password) {
            throw Problem("login_failed");
        }
        if (hash != user.password) {
            now->password = hash;
            SaveUser(connection, services_.town, *now);
        }
        failures_.Succeeded(connection, {login, client.address, true, services_.clock.NowMillis()});
        ticket = Begin(connection, *now, client);
        Log(connection,
            ticket.who->actor.name,
            "登录，来自" + client.address,
            hash != user.password ? now->id : 0);
    });
    return ticket;
}

std::shared_ptr<const SignedIn> Accounts::Find(const std::string& token) {
    if (token.size() != kTokenBytes * 2) {
        return nullptr;
    }
    const int64_t now = services_.clock.NowMillis();
    std::optional<StoredSession> session;
    std::optional<User> user;
    {
        const auto reader = services_.database.Read();
        session = FindSession(reader->connection(), services_.town, TokenHash(token));
        if (!session || !Stands(*session, services_.policy, now)) {
            return nullptr;
        }
        user = FindUser(reader->connection(), services_.town, session->info.user);
    }
    if (!user || user->disabled) {
        return nullptr;
    }
    if (now - session->info.used_at >= services_.policy.touch_millis) {
        Touch(services_, session->info.id, now);
    }
    return Present(*user, session->info.id, token);
}

Ticket Accounts::ChangePassword(
    const SignedIn& who,
    const std::string& old_password,
    const std::string& new_password,
    const Client& client
) {
    const User user = CheckedLogin(who.user.login, old_password, client);
    if (new_password == old_password) {
        throw Problem(
            "bad_password", {{"what", "新密码不能与原密码相同"}, {"what_en", "it is the old one"}}
        );
    }
    CheckPassword(new_password, {user.login, user.name}, services_.policy);
    const std::string hash = Hash(new_password);
    Ticket ticket;
    services_.database.Write([&](store::Connection& connection) {
        auto now = FindUser(connection, services_.town, user.id);
        if (!now || now->disabled || now->password != user.password) {
            throw Problem("login_failed");
        }
        now->password = hash;
        now->must_change = false;
        now->password_at = services_.clock.NowMillis();
        SaveUser(connection, services_.town, *now);
        EndAll(connection, now->id);
        ticket = Begin(connection, *now, client);
        Log(connection, ticket.who->actor.name, "修改自己的密码", now->id);
    });
    return ticket;
}

std::vector<SessionInfo> Accounts::Sessions(int64_t user) const {
    const int64_t now = services_.clock.NowMillis();
    std::vector<SessionInfo> sessions;
    services_.database.Read()->connection().Query(
        "select id, account, begun_at, used_at, address, agent from web_session where town = ? and "
        "ended_at = 0 and used_at > ? and begun_at > ? and (account = ? or ? = 0) order by id desc",
        {services_.town,
         now - services_.policy.idle_millis,
         now - services_.policy.absolute_millis,
         user,
         user},
        [&](const store::Statement& row) {
            sessions.push_back(
                {row.Int(0),
                 row.Int(1),
                 row.Int(2),
                 row.Int(3),
                 std::string(row.Text(4)),
                 std::string(row.Text(5))}
            );
        }
    );
    return sessions;
}

int64_t Accounts::EndAll(store::Connection& connection, int64_t user) const {
    connection.Run(
        "update web_session set ended_at = ? where town = ? and account = ? and ended_at = 0",
        {services_.clock.NowMillis(), services_.town, user}
    );
    return connection.Changes();
}

void Accounts::EndSession(const Actor& by, int64_t session, int64_t of) {
    services_.database.Write([&](store::Connection& connection) {
        connection.Run(
            "update web_session set ended_at = ? where town = ? and id = ? and ended_at = 0 and "
            "(account = ? or ? = 0)",
            {services_.clock.NowMillis(), services_.town, session, of, of}
        );
        if (connection.Changes() == 0) {
            throw NotFound(Thing::kSession, std::to_string(session));
        }
        Log(connection, by.name, "结束登录" + std::to_string(session));
    });
}

int64_t Accounts::EndSessions(const Actor& by, int64_t user, const std::string& why) {
    const std::string reason = Trim(why);
    if (reason.empty()) {
        throw Problem("reason_needed");
    }
    int64_t ended = 0;
    services_.database.Write([&](store::Connection& connection) {
        const auto found = FindUser(connection, services_.town, user);
        if (!found) {
            throw NotFound(Thing::kUser, std::to_string(user));
        }
        ended = EndAll(connection, user);
        Log(connection, by.name, "结束" + ActorOf(*found).name + "的全部登录；" + reason);
    });
    return ended;
}

}  // namespace zw::access
