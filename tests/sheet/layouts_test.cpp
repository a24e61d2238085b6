// Layouts that offices use, written by our own writer and read back; and files that are refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "sheet/sheet_report.h"
#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

TEST_CASE("a heading of two tiers without merged cells, units after a slash") {
    const KeptSheet kept = Read(
        {{"某镇统计表"},
         {"村名", "大棚", "", "备注"},
         {"", "面积/亩", "产量（吨）", ""},
         {"甲村", "1.5", "20", ""},
         {"乙村", "2.5", "30", ""},
         {"总计", "4", "51", ""}}
    );
    REQUIRE(kept.tables.size() == 1);
    const KeptTable& table = kept.tables[0];
    CHECK(table.info.heading_first == 2);
    CHECK(table.info.heading_last == 3);
    REQUIRE(table.info.columns.size() == 4);
    CHECK(table.info.columns[1].name == "大棚/面积");
    CHECK(table.info.columns[1].unit == "亩");
    CHECK(table.info.columns[2].name == "大棚/产量");
    CHECK(table.info.columns[2].unit == "吨");
    REQUIRE(table.totals.size() == 1);
    REQUIRE(table.totals[0].differs.size() == 1);
    CHECK(table.totals[0].differs[0].column == 3);
    CHECK(table.totals[0].differs[0].printed == "51");
    CHECK(table.totals[0].differs[0].sum == "50");
}

TEST_CASE("a total at the top is checked against the rows below it") {
    const KeptSheet kept =
        Read({{"村名", "面积(亩)"}, {"合计", "9"}, {"甲村", "4"}, {"乙村", "6"}});
    REQUIRE(kept.tables.size() == 1);
    CHECK(kept.tables[0].Rows(RowKind::kTotal) == std::vector<int>{2});
    REQUIRE(kept.tables[0].totals.size() == 1);
    REQUIRE(kept.tables[0].totals[0].differs.size() == 1);
    CHECK(kept.tables[0].totals[0].differs[0].sum == "10");
}

TEST_CASE("subtotals above and below their groups, the grand total counts each row once") {
    const KeptSheet below = Read(
        {{"序号", "村名", "户主", "头数"},
         {"1", "甲村", "张三", "3"},
         {"2", "甲村", "李四", "4"},
         {"", "小计", "", "7"},
         {"3", "乙村", "王五", "5"},
         {"", "小计", "", "6"},
         {"", "合计", "", "12"}}
    );
    REQUIRE(below.tables.size() == 1);
    CHECK(below.tables[0].Rows(RowKind::kTotal) == std::vector<int>{4, 6, 7});
    REQUIRE(below.findings.size() == 1);
    CHECK(below.findings[0].row == 6);
    const KeptSheet above = Read(
        {{"序号", "村名", "户主", "头数"},
         {"", "甲村小计", "", "7"},
         {"1", "甲村", "张三", "3"},
         {"2", "甲村", "李四", "4"},
         {"", "乙村小计", "", "5"},
         {"3", "乙村", "王五", "5"}}
    );
    REQUIRE(above.tables.size() == 1);
    CHECK(above.tables[0].Rows(RowKind::kTotal) == std::vector<int>{2, 5});
    CHECK(above.findings.empty());
}

TEST_CASE("a page's repeated heading, notes, a blank row and a 会计 are no totals") {
    const KeptSheet kept = Read(
        {{"姓名", "职务", "补贴(元)"},
         {"张三", "会计", "10"},
         {},
         {"姓名", "职务", "补贴(元)"},
         {"李会计", "主任", "20"},
         {"合计", "", "30"},
         {"制表人：赵六", "", "审核："}}
    );
    REQUIRE(kept.tables.size() == 1);
    CHECK(kept.tables[0].Rows(RowKind::kData) == std::vector<int>{2, 5});
    CHECK(kept.tables[0].Rows(RowKind::kBlank) == std::vector<int>{3});
    CHECK(kept.tables[0].Rows(RowKind::kRepeatedHeading) == std::vector<int>{4});
    CHECK(kept.tables[0].Rows(RowKind::kTotal) == std::vector<int>{6});
    CHECK(kept.tables[0].Rows(RowKind::kNote) == std::vector<int>{7});
    CHECK(kept.findings.empty());
}

TEST_CASE("two tables in a sheet") {
    const KeptSheet kept = Read(
        {{"序号", "村名", "面积(亩)"},
         {"1", "甲村", "4"},
         {"2", "乙村", "5"},
         {},
         {"二、养殖"},
         {"序号", "户主", "存栏(头)", "出栏(头)"},
         {"1", "张三", "4", "2"}}
    );
    REQUIRE(kept.tables.size() == 2);
    CHECK(kept.tables[1].info.heading_first == 6);
    CHECK(kept.tables[1].info.titles == std::vector<std::string>{"二、养殖"});
    CHECK(kept.tables[1].Rows(RowKind::kData) == std::vector<int>{7});
}

TEST_CASE("groups over columns that stand first are a tier; a title with a date beside it is none"
) {
    SheetLayout layout;
    layout.merges = {{1, 1, 1, 3}, {1, 4, 1, 6}, {1, 7, 2, 7}};
    const KeptSheet kept = Read(
        {{"露地蔬菜", "", "", "设施蔬菜", "", "", "村名"},
         {"面积", "产量", "产值", "面积", "产量", "产值", ""},
         {"1", "2", "3", "4", "5", "6", "甲村"},
         {"1", "2", "3", "4", "5", "6", "乙村"}},
        layout
    );
    REQUIRE(kept.tables.size() == 1);
    CHECK(kept.tables[0].info.columns.at(3).name == "设施蔬菜/面积");
    CHECK(kept.tables[0].info.columns.at(6).name == "村名");
    CHECK(kept.tables[0].Rows(RowKind::kData) == std::vector<int>{3, 4});

    layout.merges = {{1, 1, 1, 3}, {1, 4, 1, 5}};
    for (const char* beside : {"单位：亩", "2023年12月31日"}) {
        const KeptSheet titled = Read(
            {{"蔬菜情况表", "", "", beside, ""},
             {"村名", "面积", "产量", "产值", "备注"},
             {"甲村", "1", "2", "3", ""},
             {"乙村", "1", "2", "3", ""}},
            layout
        );
        REQUIRE(titled.tables.size() == 1);
        CHECK(titled.tables[0].info.columns.at(1).name == "面积");
        CHECK(titled.tables[0].Rows(RowKind::kData) == std::vector<int>{3, 4});
    }
}

TEST_CASE("a merged name fills down, a merged amount counts once, a part exceeds its whole") {
    SheetLayout layout;
    layout.merges = {{2, 1, 3, 1}, {2, 2, 3, 2}};
    const KeptSheet kept = Read(
        {{"户主", "补贴(元)", "耕地(亩)", "其中：川地(亩)"},
         {"张三", "100", "5", "6"},
         {"", "", "3", "1"},
         {"合计", "100", "8", "7"}},
        layout
    );
    REQUIRE(kept.tables.size() == 1);
    const TableRow& second = kept.tables[0].rows.at(1);
    CHECK(second.cells.at(0).text == "张三");
    CHECK(second.filled.at(0));
    REQUIRE(kept.findings.size() == 1);
    CHECK(kept.findings[0].code == "part_exceeds_whole");
    CHECK(kept.findings[0].column == "D");
}

TEST_CASE("a 填报日期 is no period, the title's unit goes to columns of numbers") {
    const KeptSheet kept =
        Read({{"种植情况  填报日期：2024年1月8日  单位：亩"}, {"村名", "面积"}, {"甲村", "4"}});
    REQUIRE(kept.tables.size() == 1);
    CHECK(!kept.tables[0].info.title_period);
    CHECK(kept.tables[0].info.columns[1].unit == "亩");
    CHECK(kept.tables[0].info.columns[0].unit.empty());
}

TEST_CASE(
    "what is written is read back: text stays text, dates, formats, hidden rows, several sheets"
) {
    const std::filesystem::path file = Temp("round.xlsx");
    XlsxWriter writer(file);
    SheetLayout layout;
    layout.name = "一";
    layout.hidden_columns = {2};
    writer.BeginSheet(layout);
    writer.Row(
        {TextCell("=1+1"),
         TextCell("621099199311104123"),
         DateCell({2023, 4, 12}),
         NumberCell("1.5", "0.00")}
    );
    writer.Row({TextCell("a<b>&\"c\"")}, true);
    layout = {};
    layout.name = "二";
    layout.hidden = true;
    writer.BeginSheet(layout);
    writer.Close();
    const auto workbook = Workbook::Open(file);
    REQUIRE(workbook->sheets().size() == 2);
    CHECK(workbook->sheets()[0].hidden_columns == std::vector<int>{2});
    CHECK(workbook->sheets()[1].hidden);
    std::vector<RowData> rows;
    workbook->Read(0, [&](const RowData& row) {
        rows.push_back(row);
        return true;
    });
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].cells[0].kind == CellKind::kText);
    CHECK(rows[0].cells[0].text == "=1+1");
    CHECK(rows[0].cells[1].text == "621099199311104123");
    CHECK(ToText(rows[0].cells[2].date) == "2023-04-12");
    CHECK(rows[0].cells[3].shown == "1.50");
    CHECK(rows[1].hidden);
    CHECK(rows[1].cells[0].text == "a<b>&\"c\"");
    std::filesystem::remove(file);
}

TEST_CASE("csv in three encodings, quotes, line ends inside, defused formulas") {
    for (const CsvEncoding encoding :
         {CsvEncoding::kUtf8, CsvEncoding::kUtf8Bom, CsvEncoding::kGb18030}) {
        const std::filesystem::path file = Temp("table.csv");
        CsvWriter writer(file, encoding);
        writer.Row({TextCell("姓名"), TextCell("备注")});
        writer.Row({TextCell("王䶮"), TextCell("一\n\"二\",三")});
        writer.Row({TextCell("@SUM(A1)"), NumberCell("-5")});
        writer.Close();
        const auto workbook = Workbook::Open(file);
        CHECK(workbook->encoding() == (encoding == CsvEncoding::kGb18030 ? "gb18030" : "utf-8"));
        std::vector<RowData> rows;
        workbook->Read(0, [&](const RowData& row) {
            rows.push_back(row);
            return true;
        });
        REQUIRE(rows.size() == 3);
        CHECK(rows[1].cells[0].text == "王䶮");
        CHECK(rows[1].cells[1].text == "一\n\"二\",三");
        CHECK(rows[2].cells[0].text == "@SUM(A1)");
        CHECK(rows[2].cells[1].text == "-5");
        std::ifstream in(file, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        CHECK(bytes.find("'@SUM") != std::string::npos);
        std::filesystem::remove(file);
    }
}

TEST_CASE("what cannot be read is refused by name") {
    CHECK(CodeOfOpening("PK\x03\x04 and nothing") == "file_damaged");
    CHECK(CodeOfOpening("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 short") == "file_damaged");
    CHECK(CodeOfOpening(std::string("\x09\x08\x08\x00\x00\x05\x10\x00", 8)) == "file_unknown");
    CHECK(CodeOfOpening("<html><table></table></html>") == "file_unknown");
    CHECK(CodeOfOpening(std::string("a,b\0c", 5)) == "file_unknown");
    CHECK(CodeOfOpening("a,b\n\xFF\xFF,c\n") == "file_damaged");
    CHECK(CodeOfOpening("a,\"b\nc\xB0\xA1") == "file_damaged");
    CHECK(CodeOfOpening("a,b\n1,2\n") == "opened");
}

class CountingSink final : public TableSink {
public:
    int rows = 0;
    size_t peak = 0;
    void BeginTable(const TableInfo&) override {}
    void Row(const TableRow&) override {
        if (++rows % 500 == 0) {
            peak = std::max(peak, LiveBytes());
        }
    }
    void Total(const TotalCheck&) override {}
    void EndTable() override {}
};

TEST_CASE("memory does not grow with the rows") {
    const auto write = [](int rows, auto&& writer) {
        writer.Row({TextCell("序号"), TextCell("姓名"), TextCell("身份证号"), TextCell("面积(亩)")}
        );
        for (int i = 1; i <= rows; ++i) {
            writer.Row(
                {NumberCell(std::to_string(i)),
                 TextCell("户主" + std::to_string(i)),
                 TextCell("6210991993" + std::to_string(10000000 + i)),
                 NumberCell(std::to_string(i % 90) + ".5")}
            );
        }
        writer.Close();
    };
    for (const std::string kind : {"xlsx", "csv"}) {
        size_t peak[2] = {0, 0};
        int at = 0;
        for (const int rows : {10'000, 100'000}) {
            const std::filesystem::path file = Temp("large." + kind);
            if (kind == "csv") {
                write(rows, CsvWriter(file));
            } else {
                XlsxWriter writer(file);
                writer.BeginSheet({});
                write(rows, writer);
            }
            const auto workbook = Workbook::Open(file);
            CountingSink sink;
            ReadTables(*workbook, 0, Words(), sink);
            CHECK(sink.rows == rows);
            peak[at++] = sink.peak;
            std::filesystem::remove(file);
        }
        CHECK(peak[1] < peak[0] + (32U << 20U));
    }
}

}  // namespace
}  // namespace zw::sheet::test
