#include "access/accounts.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "audit/log.h"
#include "audit/verify.h"
#include "base/crypto.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

namespace zw::access {
namespace {

using zw::testing::ProblemOf;
using zw::testing::TempFolder;

constexpr int64_t kMinute = 60'000;
constexpr int64_t kHour = 60 * kMinute;

// A town of two villages and two lines, no user yet. Hashing as cheap as Argon2id lets it be.
struct Town {
    Town() {
        auto lines = std::make_shared<definition::Model>();
        for (const char* id : {"industry/cattle", "society/relief"}) {
            lines->lines.emplace_back();
            lines->lines.back().id = id;
            lines->lines.back().name.zh = std::string("线") + id;
        }
        database->Write([](store::Connection& connection) {
            CreatePlaceTables(connection);
            audit::Log::CreateTable(connection);
            InitPlaces(
                connection,
                kTown,
                {"620000000000",
                 "青石镇",
                 {{"620000000201", "河西村", {}, 2}, {"620000000202", "河东村", {}, 3}}},
                {2024, 1, 1}
            );
        });
        Policy policy;
        policy.cost = {1, size_t{8} << 10U};
        accounts = std::make_unique<Accounts>(AccountServices{
            *database, lines, clock, ids, random, key, kTown, policy});
    }

    int64_t Village(const std::string& name) const {
        return *PlaceTree::Load(database->Read()->connection(), kTown).Match(name);
    }
    Accounts::Made Clerk(const std::string& login = "hedong") {
        return accounts->Add(
            leader, {login, "王小河", Role::kVillageClerk, {}, {Village("河东村")}}, "新任文书"
        );
    }
    std::string Login(const std::string& login, const std::string& password) {
        return ProblemOf([&] { accounts->SignIn(login, password, desk); });
    }
    std::vector<audit::LoggedEntry> Entries() const {
        std::vector<audit::LoggedEntry> entries;
        audit::Log::Each(
            database->Read()->connection(),
            kTown,
            [&](const audit::LoggedEntry& entry) { entries.push_back(entry); }
        );
        return entries;
    }

    static constexpr int64_t kTown = 620000000;
    TempFolder folder;
    std::unique_ptr<store::Database> database = store::Database::OpenSqlite(folder / "t.sqlite");
    FixedClock clock{1'700'000'000'000};
    IdGenerator ids{clock};
    SystemRandom random;
    audit::KeyFile key = audit::KeyFile::Create(folder / "key", random);
    std::unique_ptr<Accounts> accounts;
    Actor leader{"李镇长", {}, false};
    Client desk{"192.168.1.5", "Firefox"};
    Client elsewhere{"192.168.1.66", "curl"};
};

TEST_CASE("the first user is a leader, and there is one first user") {
    Town town;
    CHECK_FALSE(town.accounts->Any());
    const User user = town.accounts->MakeFirst(" Zhang ", "张三", "qing-shi-2023-zhen");
    CHECK(user.login == "zhang");
    CHECK(user.role == Role::kLeader);
    CHECK(town.accounts->Any());
    CHECK(ProblemOf([&] {
              town.accounts->MakeFirst("li", "李四", "qing-shi-2023-zhen");
          }) == "users_there");
    CHECK(town.Login("ZHANG", "qing-shi-2023-zhen").empty());
    CHECK(town.Login("zhang", "qing-shi-2023-Zhen") == "login_failed");
}

TEST_CASE("a token opens a session, its database only its hash") {
    Town town;
    const auto made = town.Clerk();
    const Ticket ticket = town.accounts->SignIn("hedong", made.one_time_password, town.desk);
    CHECK(ticket.token.size() == 64);
    const auto who = town.accounts->Find(ticket.token);
    REQUIRE(who);
    CHECK(who->user.login == "hedong");
    CHECK(who->user.password.empty());
    CHECK(who->actor.name == "王小河（hedong）");
    CHECK(who->actor.places == std::vector<int64_t>{town.Village("河东村")});
    CHECK_FALSE(who->actor.unmask);
    CHECK(who->csrf == ticket.who->csrf);
    CHECK(who->csrf != ticket.token);
    CHECK_FALSE(town.accounts->Find(""));
    CHECK_FALSE(town.accounts->Find(std::string(64, '0')));
    const auto row = town.database->Read()->connection().First(
        "select token_hash from web_session where town = ?", {Town::kTown}
    );
    CHECK(std::get<std::string>(row.at(0)) == ToHex(Sm3(ticket.token)));
}

TEST_CASE("a session ends when idle, when old, when ended, when its user is disabled") {
    Town town;
    const auto made = town.Clerk();
    const auto begin = [&] {
        return town.accounts->SignIn("hedong", made.one_time_password, town.desk).token;
    };
    std::string token = begin();
    town.clock.Set(town.clock.NowMillis() + 29 * kMinute);
    CHECK(town.accounts->Find(token));
    town.clock.Set(town.clock.NowMillis() + 29 * kMinute);
    CHECK(town.accounts->Find(token));  // it was used in between
    town.clock.Set(town.clock.NowMillis() + 30 * kMinute);
    CHECK_FALSE(town.accounts->Find(token));

    token = begin();
    for (int i = 0; i < 35; ++i) {
        town.clock.Set(town.clock.NowMillis() + 20 * kMinute);
        CHECK(town.accounts->Find(token));
    }
    town.clock.Set(town.clock.NowMillis() + 20 * kMinute);
    CHECK_FALSE(town.accounts->Find(token));  // twelve hours

    token = begin();
    const int64_t session = town.accounts->Find(token)->session;
    CHECK(ProblemOf([&] {
              town.accounts->EndSession(town.leader, session, made.user.id + 1);
          }) == "not_found");
    CHECK(town.accounts->Find(token));
    town.accounts->EndSession(town.leader, session, made.user.id);
    CHECK_FALSE(town.accounts->Find(token));

    token = begin();
    UserChange off;
    off.disabled = true;
    town.accounts->Change(town.leader, made.user.id, off, "调离");
    CHECK_FALSE(town.accounts->Find(token));
    CHECK(town.Login("hedong", made.one_time_password) == "login_failed");
}

TEST_CASE("a changed password ends every other session and clears the first one") {
    Town town;
    const auto made = town.Clerk();
    const auto first = town.accounts->SignIn("hedong", made.one_time_password, town.desk);
    const auto second = town.accounts->SignIn("hedong", made.one_time_password, town.elsewhere);
    CHECK(first.who->user.must_change);
    CHECK(town.accounts->Sessions(made.user.id).size() == 2);
    const auto change = [&](const std::string& from, const std::string& to) {
        return ProblemOf([&] { town.accounts->ChangePassword(*first.who, from, to, town.desk); });
    };
    CHECK(change(made.one_time_password, made.one_time_password) == "bad_password");
    CHECK(change(made.one_time_password, "1234567") == "bad_password");
    CHECK(change("not this one", "he-dong-qiao-tou") == "login_failed");
    const Ticket ticket = town.accounts->ChangePassword(
        *first.who, made.one_time_password, "he-dong-qiao-tou", town.desk
    );
    CHECK_FALSE(town.accounts->Find(first.token));
    CHECK_FALSE(town.accounts->Find(second.token));
    REQUIRE(town.accounts->Find(ticket.token));
    CHECK_FALSE(town.accounts->Find(ticket.token)->user.must_change);
    CHECK(town.Login("hedong", made.one_time_password) == "login_failed");
    CHECK(town.Login("hedong", "he-dong-qiao-tou").empty());
}

TEST_CASE("a one-time password that nobody used for a week is none") {
    Town town;
    const auto made = town.Clerk();
    town.clock.Set(town.clock.NowMillis() + 7 * 24 * kHour + 1);
    CHECK(town.Login("hedong", made.one_time_password) == "login_failed");
    const auto again = town.accounts->ResetPassword(town.leader, made.user.id, "忘记密码");
    CHECK(town.Login("hedong", again.one_time_password).empty());
}

TEST_CASE("guessing waits, and locks the guesser, not the user; unknown logins are no different") {
    Town town;
    const auto made = town.Clerk();
    // The same story is told of a login that is there and one that is not.
    for (const char* login : {"hedong", "nobody"}) {
        CAPTURE(login);
        const auto guess = [&] {
            return ProblemOf([&] { town.accounts->SignIn(login, "guess", town.elsewhere); });
        };
        CHECK(guess() == "login_failed");
        CHECK(guess() == "login_failed");
        CHECK(guess() == "login_failed");
        CHECK(guess() == "login_wait");  // 2 seconds after the third
        town.clock.Set(town.clock.NowMillis() + 2'000);
        CHECK(guess() == "login_failed");
        CHECK(guess() == "login_wait");  // 4 seconds
        town.clock.Set(town.clock.NowMillis() + 4'000);
        CHECK(guess() == "login_failed");
        town.clock.Set(town.clock.NowMillis() + 14 * kMinute);
        CHECK(guess() == "login_wait");  // locked for 15 minutes
        town.clock.Set(town.clock.NowMillis() + kMinute);
        CHECK(guess() == "login_failed");
    }
    CHECK(town.Login("hedong", made.one_time_password).empty());
}

TEST_CASE("a lock from before the clock was set back holds nobody for longer than another") {
    Town town;
    const auto made = town.Clerk();
    for (int i = 0; i < 5; ++i) {
        CHECK(town.Login("hedong", "wrong") == "login_failed");
        town.clock.Set(town.clock.NowMillis() + 8'000);
    }
    CHECK(town.Login("hedong", made.one_time_password) == "login_wait");
    town.clock.Set(town.clock.NowMillis() - kMinute);
    CHECK(town.Login("hedong", made.one_time_password) == "login_wait");
    town.clock.Set(town.clock.NowMillis() - 1440 * kMinute);
    CHECK(town.Login("hedong", made.one_time_password).empty());
}

TEST_CASE("one address that tries many logins waits for all of them; others do not") {
    Town town;
    const auto made = town.Clerk();
    for (int i = 0; i < 30; ++i) {
        const std::string login = "guess" + std::to_string(i);
        CHECK(ProblemOf([&] {
                  town.accounts->SignIn(login, "x", town.elsewhere);
              }) == "login_failed");
    }
    CHECK(ProblemOf([&] {
              town.accounts->SignIn("hedong", made.one_time_password, town.elsewhere);
          }) == "login_wait");
    CHECK(town.Login("hedong", made.one_time_password).empty());
}

TEST_CASE("a login tried from everywhere waits, but not where its user is at home") {
    Town town;
    const auto made = town.Clerk();
    CHECK(town.Login("hedong", made.one_time_password).empty());
    for (int i = 0; i < 50; ++i) {
        const Client client{"10.0.0." + std::to_string(i), ""};
        CHECK(ProblemOf([&] { town.accounts->SignIn("hedong", "x", client); }) == "login_failed");
    }
    CHECK(ProblemOf([&] {
              town.accounts->SignIn("hedong", made.one_time_password, town.elsewhere);
          }) == "login_wait");
    CHECK(town.Login("hedong", made.one_time_password).empty());
}

TEST_CASE("who is written down must be of use") {
    Town town;
    const int64_t east = town.Village("河东村");
    const auto add = [&](const UserDraft& draft, const std::string& why = "新任") {
        return ProblemOf([&] { town.accounts->Add(town.leader, draft, why); });
    };
    CHECK(add({"a", "张三", Role::kReader, {}, {}}) == "bad_user");
    CHECK(add({"zhang san", "张三", Role::kReader, {}, {}}) == "bad_user");
    CHECK(add({"zhang<", "张三", Role::kReader, {}, {}}) == "bad_user");
    CHECK(add({"zhang", " ", Role::kReader, {}, {}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kVillageClerk, {}, {}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kVillageClerk, {}, {999}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kLineOfficer, {}, {}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kLineOfficer, {"industry/none"}, {}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kOffice, {}, {east}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kReader, {"industry/cattle"}, {}}) == "bad_user");
    CHECK(add({"zhang", "张三", Role::kReader, {}, {}}, " ") == "reason_needed");
    CHECK(add({"zhang", "张三", Role::kReader, {}, {east}}).empty());
    CHECK(add({"Zhang", "张三丰", Role::kReader, {}, {}}) == "login_taken");
    CHECK(add({"张三", "张三", Role::kLineOfficer, {"industry/cattle"}, {}}).empty());
    CHECK(town.accounts->List().size() == 2);
}

TEST_CASE("a clerk whose villages are gone sees none, not all") {
    User user;
    user.role = Role::kVillageClerk;
    const Actor actor = ActorOf(user);
    CHECK_FALSE(actor.WholeTown());
    CHECK_FALSE(actor.InScope(2));
}

TEST_CASE("somebody is left who can let others in") {
    Town town;
    const User first = town.accounts->MakeFirst("zhang", "张三", "qing-shi-2023-zhen");
    UserChange off;
    off.disabled = true;
    UserChange other;
    other.role = Role::kOffice;
    const auto change = [&](const UserChange& what) {
        return ProblemOf([&] { town.accounts->Change(town.leader, first.id, what, "换岗"); });
    };
    CHECK(change(off) == "last_leader");
    CHECK(change(other) == "last_leader");
    town.accounts->Add(town.leader, {"li", "李四", Role::kLeader, {}, {}}, "新任镇长");
    CHECK(change(other).empty());
}

TEST_CASE("the log says who did what to whom and why, and no password or token") {
    Town town;
    const auto made = town.Clerk();
    const Ticket ticket = town.accounts->SignIn("hedong", made.one_time_password, town.desk);
    town.accounts->ChangePassword(
        *ticket.who, made.one_time_password, "he-dong-qiao-tou", town.desk
    );
    town.accounts->EndSessions(town.leader, made.user.id, "手机丢失");
    std::string all;
    for (const audit::LoggedEntry& entry : town.Entries()) {
        all += entry.entry.by + "|" + entry.entry.why + "\n";
    }
    CHECK(
        all ==
        "李镇长|新增用户：王小河（hedong），村文书，河东村；新任文书\n"
        "王小河（hedong）|登录，来自192.168.1.5\n"
        "王小河（hedong）|修改自己的密码\n"
        "李镇长|结束王小河（hedong）的全部登录；手机丢失\n"
    );
    CHECK(all.find(made.one_time_password) == std::string::npos);
    CHECK(all.find(ticket.token) == std::string::npos);
    audit::VerifyRequest request;
    request.town = Town::kTown;
    const auto reader = town.database->ReadWithoutLimit();
    CHECK(audit::Verify(reader->connection(), town.key, request).sound());
}

}  // namespace
}  // namespace zw::access
