#include "tests/http/staffed_town.h"

#include "http/guard.h"

namespace zw::http::testing {

namespace {

constexpr const char* kSettings = R"({
  "town": {"name": "试验镇", "code": "621099101000"},
  "county": {"name": "试验县", "code": "621099000000"},
  "villages": [
    {"code": "621099101200", "name": "东村", "aliases": [], "groups": 3},
    {"code": "621099101201", "name": "西村", "aliases": [], "groups": 2}
  ]
})";

access::Policy Cheap() {
    access::Policy policy;
    policy.cost = {1, size_t{8} << 10U};
    return policy;
}

}  // namespace

StaffedTown::StaffedTown() : environment{clock, random, Cheap()} {
    app::InitTown(folder / "town", app::ParseTownSettings(kSettings), {}, environment);
    app = app::App::Open(folder / "town", {}, environment);
    AddAllRoutes(router, *app);
    MakeRows();
    MakeUsers();
}

int64_t StaffedTown::Place(const std::string& place) const {
    return place == "town" ? app->Places().town_itself().id : *app->Places().Match(place);
}

int64_t StaffedTown::Create(
    const std::string& record, const std::string& place, const ledger::Values& values
) {
    access::Actor maker;
    maker.name = "测试员";
    maker.unmask = true;
    const int64_t id =
        app->ledger().Create(maker, record, {Place(place), values, {}, {}}).ids.at(0);
    rows_[{record, place}] = id;
    return id;
}

void StaffedTown::MakeRows() {
    int64_t plot = 0;
    for (const char* place : {"东村", "西村", "town"}) {
        const bool own = std::string(place) == "东村";
        const std::string mark = own ? "河湾" : kForeign;
        plot = Create(
            "plot",
            place,
            {{"code", mark + place},
             {"name", mark + "地"},
             {"holder", mark + "欧阳"},
             {"mu", Decimal{1000, 2}}}
        );
        Create(
            "planting",
            place,
            {{"plot", plot},
             {"year", *ParsePeriod("2023")},
             {"season", std::string("春播")},
             {"crop", std::string("辣椒")},
             {"sown", Decimal{200, 2}},
             {"yield", Decimal{4000, 0}}}
        );
        Create(
            "vegetable_return",
            place,
            {{"year", *ParsePeriod("2023")}, {"open_area", Decimal{10000, 2}}}
        );
        Create(
            "team_member",
            place,
            {{"name", mark + "司马"},
             {"id_number",
              std::string(
                  own                            ? "990101198001010014"
                  : std::string(place) == "西村" ? "990101198001010022"
                                                 : "990101198001010030"
              )},
             {"squad", mark + "分队"},
             {"joined_on", Date{2022, 1, 1}},
             {"phone", std::string("13800000000")}}
        );
    }
}

void StaffedTown::MakeUsers() {
    access::Accounts& accounts = app->accounts();
    const std::vector<int64_t> east{Place("东村")};
    accounts.MakeFirst("leader", "李镇长", kPassword);
    using access::Role;
    const access::UserDraft drafts[] = {
        {"office", "综合办小王", Role::kOffice, {}, {}},
        {"officer", "农技站老赵", Role::kLineOfficer, {"industry/plot"}, {}},
        {"clerk", "东村文书", Role::kVillageClerk, {}, east},
        {"reader", "县里来的", Role::kReader, {}, {}},
        {"reader_east", "驻东村干部", Role::kReader, {}, east},
        {"first", "新来的", Role::kOffice, {}, {}},
    };
    access::Actor by;
    by.name = "测试员";
    for (const access::UserDraft& draft : drafts) {
        const auto made = accounts.Add(by, draft, "测试");
        if (draft.login == "first") {
            first_password_ = made.one_time_password;
            continue;
        }
        const auto ticket = accounts.SignIn(draft.login, made.one_time_password, {"", ""});
        accounts.ChangePassword(*ticket.who, made.one_time_password, kPassword, {"", ""});
    }
}

Caller StaffedTown::As(const std::string& who, const Router& at) const {
    Caller caller(at, "192.168.1.20");
    if (who == "nobody") {
        return caller;
    }
    const auto ticket = app->accounts().SignIn(
        who, who == "first" ? first_password_ : kPassword, {"192.168.1.20", ""}
    );
    caller.cookie = SessionCookieName(app->town()) + "=" + ticket.token;
    caller.csrf = ticket.who->csrf;
    return caller;
}

int64_t StaffedTown::Row(const std::string& record, const std::string& place) const {
    return rows_.at({record, place});
}

}  // namespace zw::http::testing
