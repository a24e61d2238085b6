#include "cli/table.h"

#include <doctest/doctest.h>

namespace zw::cli {

TEST_CASE("columns are as wide as they show, figures stand to the right") {
    CHECK(
        TextTable({"指标", "数值", "单位"}, {{"蔬菜产量", "1234.5", "吨"}, {"户数", "—", ""}}) ==
        "指标        数值  单位\n"
        "蔬菜产量  1234.5  吨\n"
        "户数           —\n"
    );
}

TEST_CASE("a column with one word in it is no column of figures") {
    CHECK(TextTable({}, {{"12", "x"}, {"none", "y"}}) == "12    x\nnone  y\n");
}

}  // namespace zw::cli
