// Layouts of statistics forms: parts beside their wholes, rows of units and codes, this year's line
// beside last year's.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/sheet/written.h"

namespace zw::sheet::test {
namespace {

// "C of B; F of E": which columns are parts of which.
std::string Parts(const KeptSheet& kept) {
    std::string out;
    for (const Column& column : kept.tables.at(0).info.columns) {
        if (column.part_of != 0) {
            out += ColumnLetters(column.index) + " of " + ColumnLetters(column.part_of) + "; ";
        }
    }
    return out;
}

TEST_CASE("a part of a crop is compared with the crop in each measure") {
    SheetLayout layout;
    layout.merges = {{1, 2, 1, 3}, {1, 4, 1, 5}, {1, 6, 1, 7}, {1, 1, 2, 1}};
    const KeptSheet kept = Read(
        {{"乡镇", "瓜类", "", "其中：西瓜", "", "薯类", ""},
         {"", "面积", "产量", "面积", "产量", "面积", "产量"},
         {"甲镇", "5", "70", "6", "60", "8", "9"},
         {"乙镇", "5", "70", "4", "71", "1", "2"}},
        layout
    );
    CHECK(Parts(kept) == "D of B; E of C; ");
    REQUIRE(kept.findings.size() == 2);
    CHECK(kept.findings[0].row == 3);
    CHECK(kept.findings[0].column == "D");
    CHECK(kept.findings[1].row == 4);
    CHECK(kept.findings[1].column == "E");
}

TEST_CASE("names that go on counting stand beside the first one, wherever 其中 is merged") {
    SheetLayout layout;
    layout.merges = {{1, 1, 2, 1}, {1, 2, 2, 2}, {1, 3, 1, 5}};
    const KeptSheet kept = Read(
        {{"乡镇", "1.用途甲", "其中", "", ""},
         {"", "", "速生的", "2.用途乙", "3.用途丙"},
         {"甲镇", "0", "0", "100", "7"},
         {"乙镇", "4", "5", "0", "1"}},
        layout
    );
    CHECK(Parts(kept) == "C of B; ");
    REQUIRE(kept.findings.size() == 1);  // of 乙镇 only
    CHECK(kept.findings[0].row == 4);
    CHECK(kept.findings[0].column == "C");
    // Counted from 1 again, or in another way, it is a part.
    const KeptSheet again = Read(
        {{"乡镇", "一、牲畜", "其中", ""},
         {"", "", "1.马", "2.驴"},
         {"甲镇", "3", "1", "2"},
         {"乙镇", "3", "1", "2"}},
        {"", false, {}, {}, {{1, 1, 2, 1}, {1, 2, 2, 2}, {1, 3, 1, 4}}}
    );
    CHECK(Parts(again) == "C of B; D of B; ");
}

TEST_CASE("one name over two units is two columns, told apart by unit and code") {
    SheetLayout layout;
    layout.merges = {{1, 4, 1, 5}, {1, 1, 1, 1}};
    const KeptSheet kept = Read(
        {{"指标名称", "菜面积", "菜产量", "其中：芹菜", ""},
         {"计量单位", "亩", "吨", "亩", "吨"},
         {"汇总代码", "1", "2", "3", "4"},
         {"甲镇", "9", "90", "3", "91"},
         {"乙镇", "8", "80", "4", "44"}},
        layout
    );
    const auto& columns = kept.tables.at(0).info.columns;
    REQUIRE(columns.size() == 5);
    CHECK(columns[4].name == "其中：芹菜");
    CHECK(columns[4].unit == "吨");
    CHECK(columns[4].code == "4");
    CHECK(Parts(kept) == "D of B; E of C; ");
    REQUIRE(kept.findings.size() == 1);
    CHECK(kept.findings[0].column == "E");
}

// A statistics form: this year, last year, the difference, its percentage, rows, this year again.
// `labels` stand in the first two columns of the five lines that are no data.
KeptSheet Form(const std::vector<std::pair<std::string, std::string>>& labels) {
    const auto line = [&](size_t n, const std::vector<std::string>& numbers) {
        std::vector<std::string> row = {labels[n].first, labels[n].second};
        row.insert(row.end(), numbers.begin(), numbers.end());
        return row;
    };
    return Read(
        {{"单位", "", "面积(亩)", "产量(吨)", "存栏(头)"},
         line(0, {"30", "60", "90"}),
         line(1, {"20", "60", "60"}),
         line(2, {"10", "0", "30"}),
         line(3, {"50", "0", "50"}),
         {"甲镇", "", "10", "20", "30"},
         {"乙镇", "", "20", "40", "60"},
         {"丙镇", "", "", "", ""},
         line(4, {"30", "60", "90"})},
        {"", false, {}, {}, {{1, 1, 1, 2}}}
    );
}

TEST_CASE("the lines of two years are known by their words") {
    const KeptSheet kept =
        Form({{"合计", "本年"}, {"", "上年"}, {"增减", ""}, {"增减%", ""}, {"横向合计", ""}});
    const KeptTable& table = kept.tables.at(0);
    CHECK(table.Rows(RowKind::kTotal) == std::vector<int>{2, 9});
    CHECK(table.Rows(RowKind::kComparison) == std::vector<int>{3, 4, 5});
    CHECK(table.Rows(RowKind::kData) == std::vector<int>{6, 7, 8});
    CHECK(kept.findings.empty());
}

TEST_CASE("where something else is written over their words they are known by their numbers") {
    const KeptSheet kept = Form(
        {{"目录一", "本年"}, {"目录二", "上年"}, {"目录三", ""}, {"目录四", ""}, {"目录五", ""}}
    );
    const KeptTable& table = kept.tables.at(0);
    CHECK(table.Rows(RowKind::kTotal) == std::vector<int>{2, 9});
    // 10, 0, 30 have only two numbers that tell: not enough, so row 4 stays what it seems.
    CHECK(table.Rows(RowKind::kComparison) == std::vector<int>{3});
}

TEST_CASE("a row like another is no total, and one number that differs keeps a row") {
    const std::vector<std::vector<std::string>> rows = {
        {"单位", "", "面积(亩)", "产量(吨)", "存栏(头)"},
        {"目录一", "本年", "30", "60", "91"},
        {"目录二", "上年", "20", "50", "60"},
        {"甲镇", "", "10", "10", "30"},
        {"乙镇", "", "20", "50", "61"},
        {"丙镇", "", "20", "50", "61"}};
    const KeptSheet kept = Read(rows, {"", false, {}, {}, {{1, 1, 1, 2}}});
    CHECK(kept.tables.at(0).Rows(RowKind::kData) == std::vector<int>{4, 5, 6});
    // A form without lines of years is never judged by numbers.
    const KeptSheet plain = Read(
        {{"单位", "面积(亩)", "产量(吨)", "存栏(头)"},
         {"甲镇", "10", "10", "30"},
         {"乙镇", "10", "10", "30"}}
    );
    CHECK(plain.tables.at(0).Rows(RowKind::kData) == std::vector<int>{2, 3});
}

}  // namespace
}  // namespace zw::sheet::test
