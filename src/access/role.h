#pragma once
// Roles (岗位) and what each may do. doc/access.md says the same as a table, with the reasons.

#include <array>
#include <optional>
#include <string_view>

#include "access/place.h"

namespace zw::access {

enum class Role {
    kLeader,        // 镇领导
    kOffice,        // 综合办
    kLineOfficer,   // 站所干部: writes the ledgers of their lines
    kVillageClerk,  // 村文书: sees and writes their villages
    kReader,        // 只读
};

struct RoleInfo {
    Role role;
    std::string_view key;   // leader, office, line_officer, village_clerk, reader
    std::string_view name;  // 镇领导 …
    Rights rights;
    bool by_line;     // must have lines; others have none
    bool by_place;    // must have places
    bool whole_town;  // must have no places
};

const std::array<RoleInfo, 5>& Roles();
const RoleInfo& InfoOf(Role role);
// By key or Chinese name; absent when there is no such role.
std::optional<Role> ParseRole(std::string_view text);

}  // namespace zw::access
