// Cells and totals of two more invented towns' workbooks.
#include <doctest/doctest.h>

#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

std::string DayOf(const std::string& text) {
    Cell cell;
    cell.kind = CellKind::kText;
    cell.text = text;
    try {
        const auto reading = ReadDate(cell, Words());
        return reading ? ToText(reading->date) + (reading->precision == Precision::kMonth ? " month"
                                                  : reading->precision == Precision::kYear ? " year"
                                                                                           : "")
                       : "-";
    } catch (const Problem& problem) {
        return problem.code();
    }
}

TEST_CASE("a year of two digits with points, and days by when") {
    CHECK(DayOf("23.9.1") == "2023-09-01");
    CHECK(DayOf("98.12.31") == "1998-12-31");
    CHECK(DayOf("23-5-1") == "2023-05-01");
    CHECK(DayOf("23/5/1") == "2023-05-01");
    CHECK(DayOf("99/12/31") == "1999-12-31");
    CHECK(DayOf("2023年12月底") == "2023-12-31 month");
    CHECK(DayOf("2023年底") == "2023-12-31 year");
    CHECK(DayOf("2023年12月31日前") == "2023-12-31");
    CHECK(DayOf("2023年9月30日止") == "2023-09-30");
    CHECK(DayOf("2023年12月底前") == "2023-12-31 month");
    for (const char* text :
         {"23.9",
          "23-5",
          "23/5-1",
          "12-5-1",
          "05-12-23",
          "12/5/23",
          "23.13.1",
          "2019年前",
          "年底前",
          "2019年以前",
          "月底"}) {
        CHECK_MESSAGE(DayOf(text) == "bad_date", text);
    }
}

TEST_CASE("amounts with a currency sign are part of the sum") {
    const KeptSheet kept = Read(
        {{"户主", "补贴(元)"}, {"张三", "¥12,000.00"}, {"李四", "￥8,000"}, {"合计", "¥20,001"}}
    );
    REQUIRE(kept.tables.size() == 1);
    REQUIRE(kept.tables[0].totals.size() == 1);
    REQUIRE(kept.tables[0].totals[0].differs.size() == 1);
    CHECK(kept.tables[0].totals[0].differs[0].sum == "20000");
}

TEST_CASE("a total at the foot may sum the same form's tables above it") {
    const auto sheet = [](const char* total) {
        return Read(
            {{"补贴花名册"},
             {"一、2022年度"},
             {"序号", "户主", "补贴(元)", "动工"},
             {"1", "张三", "100", "2022年4月"},
             {"2", "李四", "50", "2022年5月"},
             {"小计", "", "150"},
             {"二、2023年度"},
             {"序号", "户主", "补贴(元)", "动工"},
             {"1", "王五", "30", "2023.4"},
             {"小计", "", "30"},
             {"合计", "", total}}
        );
    };
    const KeptSheet right = sheet("180");
    REQUIRE(right.tables.size() == 2);
    CHECK(right.findings.empty());
    const KeptSheet wrong = sheet("181");
    REQUIRE(wrong.findings.size() == 1);
    CHECK(wrong.findings[0].row == 11);
}

TEST_CASE("the town's own row is its total unless it names a thing of its own") {
    const KeptSheet kept = Read(
        {{"村名", "目标", "数量", "备注"},
         {"全镇", "修路", "30", ""},
         {"甲村", "修路", "10", ""},
         {"全镇", "", "40", "已核对"}}
    );
    REQUIRE(kept.tables.size() == 1);
    CHECK(kept.tables[0].Rows(RowKind::kData) == std::vector<int>{2, 3});
    CHECK(kept.tables[0].Rows(RowKind::kTotal) == std::vector<int>{4});
}

TEST_CASE("# marks a part as 其中 does; brackets of 户 in the middle of a name are no unit") {
    const KeptSheet kept =
        Read({{"村名", "企业（户）全称", "耕地(亩)", "#川地(亩)"}, {"甲村", "张家", "3", "4"}});
    REQUIRE(kept.tables.size() == 1);
    CHECK(kept.tables[0].info.columns[1].unit.empty());
    CHECK(kept.tables[0].info.columns[1].name == "企业（户）全称");
    REQUIRE(kept.findings.size() == 1);
    CHECK(kept.findings[0].code == "part_exceeds_whole");
}

}  // namespace
}  // namespace zw::sheet::test
