#include "access/user.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "store/schema.h"

namespace zw::access {

namespace {

constexpr size_t kLoginLeast = 2;
constexpr size_t kLoginMost = 32;
constexpr size_t kNameMost = 40;
constexpr int64_t kNowhere = -1;  // the id of no place

constexpr const char* kSelect =
    "select id, login, name, role, disabled, must_change, made_at, password_at, password from "
    "account where town = ?";

[[noreturn]] void Wrong(const std::string& what) {
    throw Problem("bad_user", {{"what", what}});
}

bool GoodInLogin(char32_t c) {
    const bool ascii =
        (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'.' || c == U'_' || c == U'-';
    return ascii || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}

User ReadUser(const store::Statement& row) {
    User user;
    user.id = row.Int(0);
    user.login = row.Text(1);
    user.name = row.Text(2);
    user.role = ParseRole(row.Text(3)).value_or(Role::kReader);
    user.disabled = row.Int(4) != 0;
    user.must_change = row.Int(5) != 0;
    user.made_at = row.Int(6);
    user.password_at = row.Int(7);
    user.password = row.Text(8);
    return user;
}

void ReadScope(store::Connection& connection, int64_t town, User& user) {
    connection.Query(
        "select line from account_line where town = ? and account = ? order by line",
        {town, user.id},
        [&](const store::Statement& row) { user.lines.emplace_back(row.Text(0)); }
    );
    connection.Query(
        "select place from account_place where town = ? and account = ? order by place",
        {town, user.id},
        [&](const store::Statement& row) { user.places.push_back(row.Int(0)); }
    );
}

std::vector<User> Load(
    store::Connection& connection,
    int64_t town,
    const std::string& condition,
    std::vector<store::Value> values
) {
    std::vector<User> users;
    values.insert(values.begin(), town);
    connection.Query(
        kSelect + condition + " order by login",
        values,
        [&](const store::Statement& row) { users.push_back(ReadUser(row)); }
    );
    for (User& user : users) {
        ReadScope(connection, town, user);
    }
    return users;
}

std::optional<User> OneOf(std::vector<User> users) {
    return users.empty() ? std::nullopt : std::optional(std::move(users.front()));
}

template <typename T>
void SortUnique(std::vector<T>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

void CheckNames(const UserDraft& draft) {
    const std::u32string login = ToCodePoints(draft.login);
    if (login.size() < kLoginLeast || login.size() > kLoginMost ||
        !std::all_of(login.begin(), login.end(), GoodInLogin)) {
        Wrong("登录名应为2至32个字母、数字、汉字或 . _ -");
    }
    if (draft.name.empty() || Length(draft.name) > kNameMost ||
        draft.name.find_first_of("\r\n\t") != std::string::npos) {
        Wrong("请写名字，不超过40个字");
    }
}

void CheckScope(const UserDraft& draft, const definition::Model& model, const PlaceTree& tree) {
    const RoleInfo& role = InfoOf(draft.role);
    const std::string name(role.name);
    for (const std::string& id : draft.lines) {
        const bool known = std::any_of(
            model.lines.begin(), model.lines.end(), [&](const auto& line) { return line.id == id; }
        );
        if (!known) {
            Wrong("没有工作线“" + id + "”");
        }
    }
    for (const int64_t id : draft.places) {
        const Place* place = tree.Find(id);
        if (place == nullptr || place->kind == PlaceKind::kTown) {
            Wrong("范围只能是村或镇本级");
        }
    }
    if (role.by_line == draft.lines.empty()) {
        Wrong(role.by_line ? name + "要指明负责的工作线" : name + "不按工作线划分");
    }
    if (role.by_place && draft.places.empty()) {
        Wrong(name + "要指明负责的村");
    }
    if (role.whole_town && !draft.places.empty()) {
        Wrong(name + "负责全镇，不能限定村");
    }
}

}  // namespace

void CreateUserTables(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "account",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"id", ColumnType::kBigint, true},
              {"login", ColumnType::kText, true},
              {"name", ColumnType::kText, true},
              {"role", ColumnType::kText, true},
              {"disabled", ColumnType::kBigint, true},
              {"must_change", ColumnType::kBigint, true},
              {"made_at", ColumnType::kBigint, true},
              {"password_at", ColumnType::kBigint, true},
              {"password", ColumnType::kText, true}},
         .primary_key = {"town", "id"},
         .indexes =
             {{.name = "account_login", .columns = {"town", "login"}, .unique = true, .where = {}}}}
    );
    store::EnsureTable(
        connection,
        {.name = "account_line",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"account", ColumnType::kBigint, true},
              {"line", ColumnType::kText, true}},
         .primary_key = {"town", "account", "line"},
         .indexes = {}}
    );
    store::EnsureTable(
        connection,
        {.name = "account_place",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"account", ColumnType::kBigint, true},
              {"place", ColumnType::kBigint, true}},
         .primary_key = {"town", "account", "place"},
         .indexes = {}}
    );
}

std::vector<User> LoadUsers(store::Connection& connection, int64_t town) {
    return Load(connection, town, "", {});
}

std::optional<User> FindUser(store::Connection& connection, int64_t town, int64_t id) {
    return OneOf(Load(connection, town, " and id = ?", {id}));
}

std::optional<User> FindLogin(
    store::Connection& connection, int64_t town, const std::string& login
) {
    return OneOf(Load(connection, town, " and login = ?", {LoginForm(login)}));
}

bool AnyUser(store::Connection& connection, int64_t town) {
    return !connection.First("select id from account where town = ? limit 1", {town}).empty();
}

void SaveUser(store::Connection& connection, int64_t town, const User& user) {
    connection.Run(
        "insert into account (town, id, login, name, role, disabled, must_change, made_at, "
        "password_at, password) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (town, id) do "
        "update set login = excluded.login, name = excluded.name, role = excluded.role, disabled = "
        "excluded.disabled, must_change = excluded.must_change, password_at = "
        "excluded.password_at, password = excluded.password",
        {town,
         user.id,
         user.login,
         user.name,
         std::string(InfoOf(user.role).key),
         static_cast<int64_t>(user.disabled),
         static_cast<int64_t>(user.must_change),
         user.made_at,
         user.password_at,
         user.password}
    );
    connection.Run("delete from account_line where town = ? and account = ?", {town, user.id});
    for (const std::string& line : user.lines) {
        connection.Run(
            "insert into account_line (town, account, line) values (?, ?, ?)", {town, user.id, line}
        );
    }
    connection.Run("delete from account_place where town = ? and account = ?", {town, user.id});
    for (const int64_t place : user.places) {
        connection.Run(
            "insert into account_place (town, account, place) values (?, ?, ?)",
            {town, user.id, place}
        );
    }
}

std::string LoginForm(const std::string& text) {
    std::string form = ToHalfWidth(Trim(text));
    std::transform(form.begin(), form.end(), form.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return form;
}

UserDraft CheckUser(const UserDraft& draft, const definition::Model& model, const PlaceTree& tree) {
    UserDraft kept = draft;
    kept.login = LoginForm(draft.login);
    kept.name = Trim(draft.name);
    SortUnique(kept.lines);
    SortUnique(kept.places);
    CheckNames(kept);
    CheckScope(kept, model, tree);
    return kept;
}

Actor ActorOf(const User& user) {
    const RoleInfo& role = InfoOf(user.role);
    Actor actor;
    actor.name = user.name == user.login ? user.name : user.name + "（" + user.login + "）";
    actor.places = user.places;
    actor.unmask = false;
    actor.rights = role.rights;
    if (role.by_line) {
        actor.lines = user.lines;
    }
    // An empty scope means the whole town: who must have a place and has none gets no place at all.
    if (role.by_place && actor.places.empty()) {
        actor.places = {kNowhere};
    }
    return actor;
}

std::string Describe(const User& user, const definition::Model& model, const PlaceTree& tree) {
    std::vector<std::string> parts{
        user.name + "（" + user.login + "）", std::string(InfoOf(user.role).name)};
    for (const std::string& id : user.lines) {
        for (const definition::WorkLine& line : model.lines) {
            if (line.id == id) {
                parts.push_back(line.name.zh);
            }
        }
    }
    for (const int64_t id : user.places) {
        const Place* place = tree.Find(id);
        parts.push_back(place == nullptr ? std::to_string(id) : place->name);
    }
    if (user.disabled) {
        parts.emplace_back("停用");
    }
    return Join(parts, "，");
}

}  // namespace zw::access
