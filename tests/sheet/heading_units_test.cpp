// Brackets of a heading: a unit over numbers, another name over words, and which columns add.
#include <doctest/doctest.h>

#include "sheet/sheet_report.h"
#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

// "name unit adds" of each column as `zhenwu sheet` says it: "养殖户 - no; 户数 户 adds; ".
std::string Columns(const std::vector<std::vector<std::string>>& rows) {
    const TempFile file("units.xlsx");
    XlsxWriter writer(file.path());
    writer.BeginSheet({});
    for (const auto& row : rows) {
        writer.Row(Cells(row));
    }
    writer.Close();
    const SheetReport report = ReportSheets(file.path(), Words());
    std::string out;
    for (const TableReport& table : report.sheets.at(0).tables) {
        for (const Column& column : table.info.columns) {
            out += column.name + " " + (column.unit.empty() ? "-" : column.unit) +
                   (column.adds ? " adds; " : " no; ");
        }
    }
    return out;
}

TEST_CASE("a bracket that counts is a unit over numbers, none over words") {
    CHECK(
        Columns(
            {{"村名", "养殖户（场）", "合作社（个）", "经营主体（户）", "栏舍（个）"},
             {"甲村", "张三", "3", "12户", "2"},
             {"乙村", "李四", "4", "1,102户", "若干"},
             {"丙村", "李四2", "", "", "3"}}
        ) == "村名 - no; 养殖户 - no; 合作社 个 adds; 经营主体 户 adds; 栏舍 个 adds; "
    );
    // More words than numbers are words: 3 is what somebody wrote instead of a name.
    CHECK(
        Columns({{"村名", "养殖户（户）"}, {"甲村", "张三"}, {"乙村", "李四"}, {"丙村", "3"}}) ==
        "村名 - no; 养殖户 - no; "
    );
}

TEST_CASE("what measures keeps its unit while there is a number, and loses it over words alone") {
    CHECK(
        Columns(
            {{"村名", "面积（公顷）", "位置（公里）"},
             {"甲村", "约2", "村东"},
             {"乙村", "不详", "村西"},
             {"丙村", "3", "沟里"}}
        ) == "村名 - no; 面积 公顷 adds; 位置 - no; "
    );
}

TEST_CASE("an empty column adds only when its unit says so; a total in it is no emptiness") {
    CHECK(
        Columns(
            {{"村名", "养殖户（户）", "存栏（头）", "出栏（头）", "面积（亩）", "备注", "补助"},
             {"甲村", "", "3", "", "", "", ""},
             {"乙村", "", "4", "", "", "", ""},
             {"合计", "", "7", "", "", "", "8"}}
        ) ==
        "村名 - no; 养殖户 - no; 存栏 头 adds; 出栏 头 adds; 面积 亩 adds; 备注 - no; 补助 - adds; "
    );
}

TEST_CASE("a unit in a row of units stays over an empty column") {
    CHECK(
        Columns(
            {{"村名", "农户", "面积"}, {"单位", "户", "亩"}, {"甲村", "", "4"}, {"乙村", "", "5"}}
        ) == "村名 - no; 农户 户 adds; 面积 亩 adds; "
    );
}

}  // namespace
}  // namespace zw::sheet::test
