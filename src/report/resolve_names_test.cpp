// A name in the prose around it.

#include <doctest/doctest.h>

#include "report/resolve.h"

namespace zw::report {

TEST_CASE("a typed name leaves out what the prose around it has already") {
    CHECK(FitName("一川两带", "落实县委县政府“", "战略”和“") == "一川两带");
    CHECK(FitName("一川两带战略", "落实县委县政府“", "战略”和“") == "一川两带");
    CHECK(FitName("“一川两带”", "落实县委县政府“", "战略”和“") == "一川两带");
    CHECK(FitName("“一川两带战略”", "落实县委县政府“", "战略”和“") == "一川两带");
    CHECK(FitName("\"乡村\"", "“", "工程") == "乡村");
}

TEST_CASE("what the prose does not have stays, and so does a name that is all ending") {
    CHECK(FitName("“一川两带”", "落实", "战略") == "“一川两带”");
    CHECK(FitName("战略", "“", "战略”") == "战略");
    CHECK(FitName("青石杏花谷", "打造", "谷地") == "青石杏花谷");  // one character is no ending
    CHECK(FitName("乡村焕新工程", "“", "") == "乡村焕新工程");
    CHECK(FitName("", "“", "工程").empty());
}

}  // namespace zw::report
