#pragma once
// National codes as people write them: what they should be, and what is wrong with them.
// ID number (公民身份号码, GB 11643-1999), unified social credit code (统一社会信用代码, GB
// 32100-2015), organisation code (GB 11714), bank cards, phones, division codes
// (统计用区划代码).

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace zw {

// A code as read. `value` is its one way of being written (half width, no spaces, X in capitals)
// also when something is wrong with it.
struct CheckedCode {
    std::string value;
    // What is wrong: a class of the catalogue (id_length, id_character, id_birth_date,
    // id_check_digit, uscc_form, uscc_check_digit, org_code_form, org_code_check_digit, card_form,
    // phone_form); empty when nothing is.
    std::string_view fault;
    // False: it may yet be what the office has (real codes that fail their check exist), so it is
    // only warned of.
    bool refused = false;

    bool sound() const { return fault.empty(); }
};

// 18 characters, or 15 of the old form, which are written with 18 (19 before the year, 18 for 996
// to 999: the centenarians). The birth date must be real, from 1850 to `today`. The region is not
// looked at: it is that of the first registration and may since be gone. A wrong check digit is
// only warned of: some cards were issued so.
CheckedCode CheckIdNumber(std::string_view text, const Date& today);
// Of a sound ID number of 18 characters; absent for anything else.
std::optional<Date> BirthDateOf(std::string_view id_number);
std::optional<bool> IsMale(std::string_view id_number);

// 18 characters; its own check character and that of the organisation code inside are only warned
// of.
CheckedCode CheckCreditCode(std::string_view text);
// 9 characters, with or without a hyphen before the last; the check character is only warned of.
CheckedCode CheckOrganisationCode(std::string_view text);
// 12 to 19 digits. No check digit is asked for: passbooks (一折通) and many cards of rural banks
// have none.
CheckedCode CheckBankCard(std::string_view text);
// Mobile (1[3-9] and 9 digits), fixed with area code, or a public number of 3 to 5 digits beginning
// with 1; +86, spaces and hyphens go, but the hyphen before an extension stays.
CheckedCode CheckPhone(std::string_view text);

enum class DivisionLevel { kProvince, kCity, kCounty, kTown, kVillage };
// Of a code of 12 digits; absent when it is none.
std::optional<DivisionLevel> LevelOfDivision(std::string_view code);
// 620921100201 → 620921100000 → 620921000000 …; absent for a province and for what is no code.
std::optional<std::string> ParentDivision(std::string_view code);

}  // namespace zw
