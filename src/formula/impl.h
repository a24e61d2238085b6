#pragma once
// What a Formula holds. Included by the back ends only.

#include <memory>
#include <string>
#include <vector>

#include "formula/checker.h"
#include "formula/formula.h"

namespace zw::formula {

struct Formula::Impl {
    std::string text;
    Profile profile = Profile::kRow;
    Checked checked;
    std::vector<std::string> paths;
    std::vector<std::string> rules;
    std::vector<std::string> categories;
    std::shared_ptr<const WorkCalendar> calendar;  // never null
};

}  // namespace zw::formula
