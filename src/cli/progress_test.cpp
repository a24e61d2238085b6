#include "cli/progress.h"

#include <doctest/doctest.h>

namespace zw::cli {

TEST_CASE("a bar of twenty cells, thousands set apart") {
    CHECK(ProgressLine("写入", 0, 100'000, 0) == "写入 ░░░░░░░░░░░░░░░░░░░░ 0% 0/100,000");
    CHECK(
        ProgressLine("写入", 30'000, 100'000, 100) == "写入 ██████░░░░░░░░░░░░░░ 30% 30,000/100,000"
    );
    CHECK(ProgressLine("写入", 999, 999, 9'000) == "写入 ████████████████████ 100% 999/999");
}

TEST_CASE("what is left, once the speed is known") {
    // 30 of 100 in 6 s: 70 more take 14 s; a part of a second counts as one.
    CHECK(ProgressLine("写入", 30, 100, 6'000).ends_with(" 约剩15秒"));
    CHECK(ProgressLine("写入", 1, 101, 3'000).ends_with(" 约剩5分1秒"));
    CHECK(ProgressLine("写入", 30, 100, 1'999).ends_with("30/100"));
}

TEST_CASE("a total that is not known, and a count beyond it") {
    CHECK(ProgressLine("导出", 1'234'567, 0, 9'000) == "导出 1,234,567");
    CHECK(ProgressLine("读取", 12, 10, 9'000).ends_with("100% 10/10"));
}

}  // namespace zw::cli
