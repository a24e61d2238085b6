#include "access/vouched.h"

namespace zw::access {

audit::VouchedTable VouchedPlaces() {
    return {
        .table = "place",
        .name = "村",
        .key = {"id"},
        .columns =
            {"parent",
             "kind",
             "code",
             "name",
             "aliases",
             "villager_groups",
             "stood_from",
             "stood_to",
             "successor"},
        .where = {},
        .children = {},
        .later = {"former"}};
}

audit::VouchedTable VouchedAccounts() {
    return {
        .table = "account",
        .name = "用户",
        .key = {"id"},
        .columns =
            {"login",
             "name",
             "role",
             "disabled",
             "must_change",
             "made_at",
             "password_at",
             "password"},
        .where = {},
        .children = {{"account_line", "account", "line"}, {"account_place", "account", "place"}}};
}

}  // namespace zw::access
