// Users from the machine's own command line: how an office that is locked out is let in again.

#include <fmt/format.h>

#include <boost/json.hpp>

#include "access/accounts.h"
#include "base/problem.h"
#include "cli/commands.h"
#include "http/json_user.h"

namespace zw::cli {

namespace json = boost::json;

namespace {

struct UserArguments {
    std::string folder;
    std::string login;
    std::string name;
    std::string role;
    std::vector<std::string> lines;
    std::vector<std::string> places;
    std::string why;
};

std::vector<int64_t> PlacesOf(
    const access::PlaceTree& tree, const std::vector<std::string>& names
) {
    std::vector<int64_t> places;
    places.reserve(names.size());
    for (const std::string& name : names) {
        places.push_back(PlaceOf(tree, name));
    }
    return places;
}

access::Role RoleOf(const std::string& text) {
    if (const auto role = access::ParseRole(text)) {
        return *role;
    }
    std::string known;
    for (const access::RoleInfo& role : access::Roles()) {
        known += fmt::format("{}{}（{}）", known.empty() ? "" : "、", role.key, role.name);
    }
    throw Problem::Because("wrong_use", {"--role 应为" + known, "--role is one of " + known});
}

void PrintMade(const access::Accounts::Made& made, app::App& town, Context& context) {
    if (context.json) {
        json::object out = http::ToJson(made.user, town.Places());
        out["one_time_password"] = made.one_time_password;
        context.out << json::serialize(out) << "\n";
        return;
    }
    context.out << fmt::format(
        "{}（{}）的一次性密码：{}\n首次登录后须修改，7天内有效；这里只显示这一次。\n",
        made.user.name,
        made.user.login,
        made.one_time_password
    );
}

void RunAdd(const UserArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    access::UserDraft draft;
    draft.login = arguments.login;
    draft.name = arguments.name.empty() ? arguments.login : arguments.name;
    draft.role = RoleOf(arguments.role);
    draft.lines = arguments.lines;
    draft.places = PlacesOf(town->Places(), arguments.places);
    PrintMade(town->accounts().Add(CommandLineActor(), draft, arguments.why), *town, context);
}

void RunPassword(const UserArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const int64_t id = town->accounts().GetByLogin(arguments.login).id;
    PrintMade(
        town->accounts().ResetPassword(CommandLineActor(), id, arguments.why), *town, context
    );
}

void RunEndSessions(const UserArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const int64_t id = town->accounts().GetByLogin(arguments.login).id;
    const int64_t ended = town->accounts().EndSessions(CommandLineActor(), id, arguments.why);
    if (context.json) {
        context.out << json::serialize(json::object{{"ended", ended}}) << "\n";
    } else {
        context.out << fmt::format("已结束 {} 个登录\n", ended);
    }
}

void RunDisable(const UserArguments& arguments, bool disabled, Context& context) {
    const auto town = context.Open(arguments.folder);
    access::UserChange change;
    change.disabled = disabled;
    const access::User user = town->accounts().Change(
        CommandLineActor(), town->accounts().GetByLogin(arguments.login).id, change, arguments.why
    );
    if (context.json) {
        context.out << json::serialize(http::ToJson(user, town->Places())) << "\n";
    } else {
        context.out << user.name << (disabled ? "：已停用\n" : "：已启用\n");
    }
}

void RunList(const UserArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const access::PlaceTree places = town->Places();
    json::array users;
    for (const access::User& user : town->accounts().List()) {
        users.emplace_back(http::ToJson(user, places));
        if (!context.json) {
            context.out << access::Describe(user, town->model(), places)
                        << (user.must_change ? "，未改初始密码" : "") << "\n";
        }
    }
    if (context.json) {
        context.out << json::serialize(users) << "\n";
    } else if (users.empty()) {
        context.out << "还没有用户：打开网页建立镇领导的账号，或 zhenwu user add DIR LOGIN --role "
                       "leader --why 理由\n";
    }
}

CLI::App* Verb(
    CLI::App& user,
    const std::string& name,
    const std::string& help,
    UserArguments& arguments,
    bool login,
    bool why
) {
    auto* verb = user.add_subcommand(name, help);
    verb->add_option("DIR", arguments.folder)->required();
    if (login) {
        verb->add_option("LOGIN", arguments.login, "登录名")->required();
    }
    if (why) {
        verb->add_option("--why", arguments.why, "reason, for the log")->required();
    }
    return verb;
}

}  // namespace

void AddUserCommand(CLI::App& root, Context& context) {
    auto* user = root.add_subcommand("user", "用户：谁能登录、管什么 / who may come in");
    user->require_subcommand(1);
    const auto arguments = Keep<UserArguments>();
    Verb(*user, "list", "列出用户", *arguments, false, false)->callback([arguments, &context] {
        RunList(*arguments, context);
    });
    auto* add = Verb(*user, "add", "新增用户，给出一次性密码", *arguments, true, true);
    add->add_option("--name", arguments->name, "名字");
    add->add_option("--role", arguments->role, "leader office line_officer village_clerk reader")
        ->required();
    add->add_option("--line", arguments->lines, "industry/vegetable, for line officers");
    add->add_option("--place", arguments->places, "村或其代码");
    add->callback([arguments, &context] { RunAdd(*arguments, context); });
    Verb(*user, "password", "重置密码，给出一次性密码", *arguments, true, true)
        ->callback([arguments, &context] { RunPassword(*arguments, context); });
    Verb(*user, "end-sessions", "结束其全部登录", *arguments, true, true)
        ->callback([arguments, &context] { RunEndSessions(*arguments, context); });
    Verb(*user, "disable", "停用", *arguments, true, true)->callback([arguments, &context] {
        RunDisable(*arguments, true, context);
    });
    Verb(*user, "enable", "重新启用", *arguments, true, true)->callback([arguments, &context] {
        RunDisable(*arguments, false, context);
    });
}

}  // namespace zw::cli
