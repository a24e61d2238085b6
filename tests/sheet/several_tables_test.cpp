// Several tables on one sheet: under each other, side by side; what the lines between them say.
#include <doctest/doctest.h>

#include "sheet/next_table.h"
#include "tests/sheet/written.h"

namespace zw::sheet::test {
namespace {

using Titles = std::vector<std::string>;

TEST_CASE("the heading again under another title is another table, under its own another page") {
    const KeptSheet kept = Read(
        {{"甲村2022年情况", "", "单位：亩"},
         {"姓名", "地块", "面积"},
         {"张三", "东坡", "4"},
         {"甲村2022年情况（续表）", "", "单位：亩"},
         {"姓名", "地块", "面积"},
         {"李四", "西坡", "5"},
         {"合计", "", "9"},
         {"制表人：赵六", "", ""},
         {},
         {"乙村2023年情况", "", "单位：公顷"},
         {"姓名", "地块", "面积"},
         {"王五", "北坡", "6"},
         {"合计", "", "6"}}
    );
    REQUIRE(kept.tables.size() == 2);
    CHECK(kept.findings.empty());
    CHECK(kept.tables[0].Rows(RowKind::kData) == std::vector<int>{3, 6});
    CHECK(kept.tables[0].Rows(RowKind::kRepeatedHeading) == std::vector<int>{5});
    const TableInfo& second = kept.tables[1].info;
    CHECK(second.heading_first == 11);
    CHECK(second.titles == Titles{"乙村2023年情况", "单位：公顷"});
    CHECK(second.repeats);
    CHECK(second.title_period == YearPeriod(2023));
    CHECK(second.columns.at(2).unit == "公顷");
    CHECK(kept.tables[1].Rows(RowKind::kData) == std::vector<int>{12});
}

TEST_CASE("a heading of two tiers stands again with both") {
    const KeptSheet kept = Read(
        {{"2022年"},
         {"村名", "大棚", ""},
         {"", "面积(亩)", "产量(吨)"},
         {"甲村", "1", "2"},
         {"2023年"},
         {"村名", "大棚", ""},
         {"", "面积(亩)", "产量(吨)"},
         {"甲村", "3", "4"}}
    );
    REQUIRE(kept.tables.size() == 2);
    CHECK(kept.tables[1].info.heading_last == 7);
    CHECK(kept.tables[1].info.columns.at(2).name == "大棚/产量");
    CHECK(kept.tables[1].info.title_period == YearPeriod(2023));
}

TEST_CASE("which lines between two tables are the title of the second") {
    const auto lines = [](const std::vector<std::string>& texts) {
        std::vector<Line> out;
        for (const std::string& text : texts) {
            out.push_back({text.empty() ? Titles{} : Titles{text}});
        }
        return out;
    };
    const auto count = [&](const std::vector<std::string>& texts, bool under_data) {
        return TitleLines(lines(texts), under_data, {}, Words());
    };
    CHECK(count({"乙村"}, true) == 1);                         // right above the heading
    CHECK(count({"乙村", ""}, true) == 0);                     // a village without figures
    CHECK(count({"乙村", "", "丙村情况"}, true) == 1);         // the same, then a title
    CHECK(count({"", "丙村情况", "", "单位:亩"}, true) == 3);  // parted by a blank row
    CHECK(count({"注:不含丁村", "制表人:赵六", "", "丙村"}, false) == 1);
    CHECK(count({"注:不含丁村", "丙村"}, false) == 1);
    CHECK(count({"以上由各村上报。", ""}, false) == 0);
    CHECK(NamesAnother(lines({"丙村情况"}), {"乙村情况"}, Words()));
    CHECK_FALSE(NamesAnother(lines({"乙村情况第2页"}), {"乙村情况"}, Words()));
    CHECK_FALSE(NamesAnother(lines({"制表人:赵六"}), {"乙村情况"}, Words()));
    CHECK(NamesAnother(lines({"填报单位:丙村"}), {"填报单位：乙村"}, Words()));
}

TEST_CASE("lists side by side: each its rows, its total, its title") {
    SheetLayout layout;
    layout.merges = {{1, 1, 1, 7}, {2, 1, 2, 3}, {2, 5, 2, 7}};
    const KeptSheet kept = Read(
        {{"2022年花名册"},
         {"甲村", "", "", "", "乙村", "", ""},
         {"序号", "姓名", "面积(亩)", "", "序号", "姓名", "面积(亩)"},
         {"1", "张三", "4", "", "1", "王五", "6"},
         {"2", "李四", "5", "", "2", "赵六", "7"},
         {"", "", "", "", "3", "钱七", "8"},
         {"合计", "", "9", "", "合计", "", "20"}},
        layout
    );
    REQUIRE(kept.tables.size() == 2);
    CHECK(kept.tables[0].info.titles == Titles{"2022年花名册", "甲村"});
    CHECK(kept.tables[0].Rows(RowKind::kData) == std::vector<int>{4, 5});
    CHECK(kept.tables[1].info.titles == Titles{"2022年花名册", "乙村"});
    CHECK(kept.tables[1].info.columns.front().index == 5);
    CHECK(kept.tables[1].Rows(RowKind::kData) == std::vector<int>{4, 5, 6});
    REQUIRE(kept.findings.size() == 1);
    CHECK(kept.findings[0].row == 7);
    CHECK(kept.findings[0].column == "G");
}

TEST_CASE("no column between them: the names over again; other things beside: the same first name"
) {
    const KeptSheet again = Read(
        {{"姓名", "面积(亩)", "姓名", "面积(亩)"},
         {"张三", "4", "王五", "6"},
         {"李四", "5", "", ""}}
    );
    REQUIRE(again.tables.size() == 2);
    CHECK(again.tables[1].info.columns.front().index == 3);
    const KeptSheet other = Read(
        {{"村名", "户数", "", "村名", "面积(亩)", "产量(吨)"}, {"甲村", "4", "", "甲村", "6", "7"}}
    );
    REQUIRE(other.tables.size() == 2);
    CHECK(other.tables[1].info.columns.size() == 3);
    // An empty column alone parts nothing.
    const KeptSheet one =
        Read({{"村名", "户数", "", "面积(亩)", "产量(吨)"}, {"甲村", "4", "", "6", "7"}});
    CHECK(one.tables.size() == 1);
}

TEST_CASE("a total adds 298户 in a column without a unit, and is not judged over several units") {
    const KeptSheet kept = Read(
        {{"村名", "户数", "面积(亩)"},
         {"甲村", "298户", "15"},
         {"乙村", "302", "1公顷"},
         {"合计", "601", "31"}}
    );
    REQUIRE(kept.findings.size() == 1);
    CHECK(kept.findings[0].column == "B");
    CHECK(kept.findings[0].message.find("600") != std::string::npos);
}

}  // namespace
}  // namespace zw::sheet::test
