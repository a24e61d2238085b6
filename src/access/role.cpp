#include "access/role.h"

#include <stdexcept>

namespace zw::access {

namespace {

// Leaders sign and say who may do what; they change no figure (统计法 §7). Who signs is not who
// writes, and who writes gives nobody rights.
constexpr std::array<RoleInfo, 5> kRoles = {{
    {Role::kLeader,
     "leader",
     "镇领导",
     {.write = false,
      .import = false,
      .reveal = true,
      .report = true,
      .seal = true,
      .adopt = false,
      .settings = true,
      .users = true},
     false,
     false,
     true},
    {Role::kOffice,
     "office",
     "综合办",
     {.write = true,
      .import = true,
      .reveal = true,
      .report = true,
      .seal = false,
      .adopt = true,
      .settings = true,
      .users = false},
     false,
     false,
     true},
    {Role::kLineOfficer,
     "line_officer",
     "站所干部",
     {.write = true,
      .import = true,
      .reveal = true,
      .report = false,
      .seal = false,
      .adopt = false,
      .settings = false,
      .users = false},
     true,
     false,
     false},
    {Role::kVillageClerk,
     "village_clerk",
     "村文书",
     {.write = true,
      .import = false,
      .reveal = true,
      .report = false,
      .seal = false,
      .adopt = false,
      .settings = false,
      .users = false},
     false,
     true,
     false},
    {Role::kReader,
     "reader",
     "只读",
     {.write = false,
      .import = false,
      .reveal = false,
      .report = false,
      .seal = false,
      .adopt = false,
      .settings = false,
      .users = false},
     false,
     false,
     false},
}};
}  // namespace

const std::array<RoleInfo, 5>& Roles() {
    return kRoles;
}

const RoleInfo& InfoOf(Role role) {
    for (const RoleInfo& info : Roles()) {
        if (info.role == role) {
            return info;
        }
    }
    throw std::logic_error("a role without an entry");
}

std::optional<Role> ParseRole(std::string_view text) {
    for (const RoleInfo& info : Roles()) {
        if (info.key == text || info.name == text) {
            return info.role;
        }
    }
    return std::nullopt;
}

}  // namespace zw::access
