#pragma once
// Users (用户) of a town as they stand in its database.

#include <cstdint>
#include <string>
#include <vector>

#include "access/place.h"
#include "access/role.h"
#include "definition/model.h"
#include "store/database.h"

namespace zw::access {

// What an officer says about a user; the program adds the rest.
struct UserDraft {
    std::string login;  // 2 to 32 letters, digits, Han characters, . _ -; kept in lower case
    std::string name;   // 张三
    Role role = Role::kReader;
    std::vector<std::string> lines;  // "industry/vegetable"; of line officers only
    std::vector<int64_t> places;     // empty: the whole town
};

struct User {
    int64_t id = 0;
    std::string login;
    std::string name;
    Role role = Role::kReader;
    std::vector<std::string> lines;
    std::vector<int64_t> places;
    bool disabled = false;
    bool must_change = false;  // signed up with a one-time password that still stands
    int64_t made_at = 0;
    int64_t password_at = 0;
    std::string password;  // as HashPassword writes it; goes nowhere but the check
};

void CreateUserTables(store::Connection& connection);

// By login.
std::vector<User> LoadUsers(store::Connection& connection, int64_t town);
std::optional<User> FindUser(store::Connection& connection, int64_t town, int64_t id);
std::optional<User> FindLogin(
    store::Connection& connection, int64_t town, const std::string& login
);
bool AnyUser(store::Connection& connection, int64_t town);
// Makes or replaces the row of `user.id`.
void SaveUser(store::Connection& connection, int64_t town, const User& user);

// Trimmed, half width, lower case: how logins are kept and compared.
std::string LoginForm(const std::string& text);
// Throws "bad_user" naming what is wrong: a login or name of no use, lines or places that are not
// there, a line officer without a line, a clerk without a village, a leader of a part of the town.
// Returns the draft as it is to be kept.
UserDraft CheckUser(const UserDraft& draft, const definition::Model& model, const PlaceTree& tree);

// What a signed-in user acts as: never unmasked; a clerk whose villages are gone sees none.
Actor ActorOf(const User& user);
// 张三（zhangsan），村文书，河东村 - for the log.
std::string Describe(const User& user, const definition::Model& model, const PlaceTree& tree);

}  // namespace zw::access
