// Several tables on one sheet, one under another or side by side, and files that cannot be read:
// through the importer, on a line of the tests' own.

#include <doctest/doctest.h>

#include "sheet/writer.h"
#include "tests/import/line.h"

using namespace zw;
using namespace zw::testing;

namespace {

// "place year picked" of every return, in the order of place and year.
std::vector<std::string> Returns(const OrchardTown& town) {
    std::vector<std::string> out;
    const access::PlaceTree places = town.ledger->Places();
    for (const ledger::Record& row : town.Rows("orchard_return")) {
        out.push_back(
            places.Find(row.place)->name + " " + Value(row, "year") + " " + Value(row, "picked")
        );
    }
    std::sort(out.begin(), out.end());
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the same heading under a title of its own: another year, another table") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品.csv",
        "青石镇2021年果品产销年报,,\n"
        "所属村,采收量(吨),入库量(吨)\n"
        "河东村,10,5\n"
        "河西村,8,4\n"
        "合计,18,9\n"
        ",,\n"
        "青石镇2022年果品产销年报,,\n"
        "所属村,采收量(吨),入库量(吨)\n"
        "河东村,11,6\n"
        "河西村,9,5\n"
        "合计,20,11\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(
        Returns(town) ==
        Lines{"河东村 2021 10.000", "河东村 2022 11.000", "河西村 2021 8.000", "河西村 2022 9.000"}
    );
}

TEST_CASE("a village's name over each table, the year at the top of the sheet only; no blank rows"
) {
    OrchardTown town;
    const auto result = town.Csv(
        "果品.csv",
        "2022年果品产销年报,,\n"
        "河东村,,\n"
        "采收量(吨),入库量(吨),销售收入(万元)\n"
        "10,5,3\n"
        "河西村,,\n"
        "采收量(吨),入库量(吨),销售收入(万元)\n"
        "8,4,2\n"
        "制表人：赵六,,\n"
        ",,\n"
        "上川村,,\n"
        "采收量(吨),入库量(吨),销售收入(万元)\n"
        "7,3,1\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(Returns(town) == Lines{"上川村 2022 7.000", "河东村 2022 10.000", "河西村 2022 8.000"});
}

TEST_CASE("a page's heading over again goes on with the same table, with its title or without") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv",
        "果园登记册,,,\n"
        "填报单位：青石镇  填报日期：2023年1月8日,,,\n"
        "园号,园主,所属村,园地规模(亩)\n"
        "P1,张三,河东村,10\n"
        "园号,园主,所属村,园地规模(亩)\n"
        "P2,李四,河东村,20\n"
        "制表人：赵六,,审核：钱七,\n"
        ",,,\n"
        "果园登记册（续表）,,,\n"
        "填报单位：青石镇  填报日期：2023年1月9日,,,\n"
        "园号,园主,所属村,园地规模(亩)\n"
        "P3,王五,河西村,30\n"
        "合计,,,60\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(result.files.at(0).sheets.size() == 1);
    CHECK(town.Count("orchard") == 3);
}

TEST_CASE("a village without figures at the foot is no title of the next table") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品.csv",
        "2021年果品产销年报,,\n"
        "所属村,采收量(吨),入库量(吨)\n"
        "河东村,10,5\n"
        "上川村,,\n"
        ",,\n"
        "2022年果品产销年报,,\n"
        "所属村,采收量(吨),入库量(吨)\n"
        "河东村,11,6\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result, true) == "4  not_reported; ");
    CHECK(Returns(town) == Lines{"河东村 2021 10.000", "河东村 2022 11.000"});
}

TEST_CASE("two ledgers on one sheet, nothing between them") {
    OrchardTown town;
    const auto result = town.Csv(
        "果业2022年.csv",
        "园号,园主,所属村,园地规模(亩),株数\n"
        "Q1,张三,河东村,10,100\n"
        "Q2,李四,河西村,20,200\n"
        "所属村,采收量(吨),入库量(吨),销售收入(万元),\n"
        "河东村,10,5,3,\n"
        "河西村,8,4,2,\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(town.Count("orchard") == 2);
    CHECK(Returns(town) == Lines{"河东村 2022 10.000", "河西村 2022 8.000"});
}

TEST_CASE("lists side by side are two lists, with findings and refused rows of their own") {
    OrchardTown town;
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const std::string text =
        "果园登记册,,,,,,,,\n"
        "园号,园主,所属村,园地规模(亩),,园号,园主,所属村,园地规模(亩)\n"
        "R1,张三,河东村,10,,R3,王五,河西村,30\n"
        "R2,李四,河东村,20,,R4,赵六,河西村,约40\n"
        ",,,,,R5,钱七,河西村,50\n"
        "合计,,,31,,合计,,,80\n";
    const auto result = town.Csv("果园.csv", text, options);
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "6 D total_mismatch; 4 I not_a_number; ");
    CHECK(town.Count("orchard") == 4);
    // What comes back can be mended and sent again.
    const auto back = town.Import({result.files.at(0).rejects});
    CHECK(Questions(back) == "");
    CHECK(Findings(back) == "3 I not_a_number; ");
}

TEST_CASE("years side by side under their own names, each with its villages") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销年报.csv",
        "2021年,,,,2022年,,\n"
        "所属村,采收量(吨),入库量(吨),,所属村,采收量(吨),入库量(吨)\n"
        "河东村,10,5,,河东村,11,6\n"
        "河西村,8,4,,河西村,9,5\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(
        Returns(town) ==
        Lines{"河东村 2021 10.000", "河东村 2022 11.000", "河西村 2021 8.000", "河西村 2022 9.000"}
    );
}

TEST_CASE("a table on its side is said to be one") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销2022年.csv",
        "项目,河东村,河西村,上川村\n采收量(吨),10,8,7\n入库量(吨),5,4,3\n销售收入(万元),3,2,1\n"
    );
    CHECK_FALSE(result.asked);
    CHECK(result.batch == 0);
    CHECK(Findings(result) == "1  table_on_side; ");
    CHECK(result.HasFaults());
}

TEST_CASE("a total by another name of the village sums that village's rows") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv",
        "园号,园主,所属村,园地规模(亩)\n"
        "S1,张三,河东村,10\n"
        "S2,李四,河西村委会,20\n"
        "S3,王五,河东,30\n"
        "S4,赵六,河西村,40\n"
        "河东小计,,,40\n"
        "河西村小 计,,,60\n"
        "合计（河东村民委员会）,,,41\n"
        "河西,小计,,61\n"
        "总计,,,100\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "8 D total_mismatch; 9 D total_mismatch; ");
    CHECK(town.Count("orchard") == 4);
}

TEST_CASE("a file that cannot be read is said; the others go in") {
    OrchardTown town;
    const auto good = town.Write("果园.csv", "园号,园主,所属村,园地规模(亩)\nT1,张三,河东村,10\n");
    const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    const auto result = town.Import(
        {town.Write("空.xlsx", ""),
         town.Write("~$果园.xlsx", "zhang"),
         town.Write("坏.xlsx", "PK\x03\x04 broken"),
         town.Write("文稿.xls", ole + std::string(600, 'x')),
         town.Write("网页.xls", "<html><body>x</body></html>"),
         good}
    );
    CHECK_FALSE(result.asked);
    CHECK(
        Findings(result) ==
        "0  file_empty; 0  file_lock; 0  file_damaged; 0  file_damaged; 0  file_unknown; "
    );
    CHECK(result.HasFaults());
    CHECK(result.batch != 0);
    CHECK(town.Count("orchard") == 1);
    REQUIRE(result.files.size() == 6);
    CHECK(result.files.at(1).file == "~$果园.xlsx");
    CHECK(result.files.at(1).sheets.at(0).sheet == "");
    CHECK(
        result.files.at(0).sheets.at(0).findings.at(0).message.find("重新保存") != std::string::npos
    );
    // A file that breaks off behind its first rows leaves nothing of itself.
    const auto broken = town.Write(
        "半截.csv", "园号,园主,所属村,园地规模(亩)\nU1,张三,河东村,10\nU2,\"李四,河东村,10\n"
    );
    CHECK(Findings(town.Import({broken, good})) == "0  file_damaged; ");
    CHECK(town.Count("orchard") == 1);
}
