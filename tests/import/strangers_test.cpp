// What the workbooks of two invented strangers' towns taught, each as small as it can be.

#include <doctest/doctest.h>

#include <algorithm>

#include "sheet/writer.h"
#include "tests/import/line.h"

using namespace zw;
using namespace zw::testing;

namespace {

std::string PlaceOfRow(const OrchardTown& town, const std::string& filter) {
    const auto rows = town.Rows("orchard", filter);
    return rows.size() == 1 ? town.ledger->Places().Find(rows[0].place)->name : "";
}

}  // namespace

TEST_CASE("words that mean the same make a heading sure: 补贴 and 补助, 调入 and 购入") {
    const definition::Layer line = LocalLine("hives", R"TOML(
name    = "养蜂"
chapter = "industry"

[record.hive]
name   = "蜂箱补贴册"
title  = "{place.name}{code}"
key    = ["code"]
place  = { name = "所属村" }
fields = [
  { id = "code",   name = "箱号",     type = "text", required = true },
  { id = "bought", name = "购入蜂群", type = "int", min = 0 },
  { id = "amount", name = "补贴金额", type = "decimal", scale = 2, unit = "元", min = 0 },
]
)TOML");
    Town town(LoadModel({line}), ThreeVillages());
    const auto result = town.Import({town.Write(
        "蜂箱.csv", "箱号,所属村,调入蜂群,补助资金(万元)\nM1,河东村,3,0.12\nM2,河西村,5,0.2\n"
    )});
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(Value(town.Rows("hive", "code = 'M1'").at(0), "bought") == "3");
    CHECK(Value(town.Rows("hive", "code = 'M1'").at(0), "amount") == "1200.00");
}

TEST_CASE("a unit without what it is per: taken when the heading names that, else asked") {
    const definition::Layer line = LocalLine("grain", R"TOML(
name    = "粮食"
chapter = "industry"

[record.grain]
name   = "粮食产量册"
title  = "{place.name}{code}"
key    = ["code"]
place  = { name = "所属村" }
fields = [
  { id = "code",  name = "田号",     type = "text", required = true },
  { id = "yield", name = "谷子亩产", type = "decimal", scale = 2, unit = "公斤/亩", also = ["谷子单产"] },
  { id = "weight", name = "谷子总重", type = "decimal", scale = 2, unit = "公斤" },
]
)TOML");
    Town town(LoadModel({line}), ThreeVillages());
    const auto sure = town.Import({town.Write(
        "粮食.csv",
        "田号,所属村,谷子亩产（斤）,谷子总重（千克）\nN1,河东村,900,10\nN2,河西村,800,20\n"
    )});
    CHECK(Questions(sure) == "");
    CHECK(Value(town.Rows("grain", "code = 'N1'").at(0), "yield") == "450.00");
    const std::string text =
        "田号,所属村,谷子单产（斤）,谷子总重（千克）\nN3,河东村,900,10\nN4,河西村,800,20\n";
    const auto asked = town.Import({town.Write("粮食二.csv", text)});
    CHECK(Questions(asked) == "unsure_column C; ");
    CHECK(asked.proposals.at(0).questions.at(0).text.zh.find("斤/亩") != std::string::npos);
    ledger::ImportOptions yes;
    yes.yes = true;
    town.Import({town.Write("粮食二.csv", text)}, yes);
    CHECK(Value(town.Rows("grain", "code = 'N4'").at(0), "yield") == "400.00");
}

TEST_CASE("whole numbers written in 万人 are whole") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园用工季报.csv",
        "所属村,报告季,用工人数（万人）\n河东村,2022年一季度,0.12\n河西村,2022年一季度,0.0301\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Value(town.Rows("orchard_quarter", "hands > 500").at(0), "hands") == "1200");
    CHECK(town.Count("orchard_quarter", "hands = 301") == 1);
}

TEST_CASE("a village as a line over its rows is theirs, also in what comes back") {
    OrchardTown town;
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const auto result = town.Csv(
        "果园.csv",
        "果园登记册,,,\n"
        "园号,园主,园地规模(亩),株数\n"
        "一、河东村（2户）,,,\n"
        "V1,张三,10,100\n"
        "V2,李四,约20,200\n"
        "二、河西村委会：,,,\n"
        "V3,王五,30,300\n"
        "V4,赵六,坏,400\n"
        "合计,,40,\n"
        "制表人：钱七,,,\n",
        options
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "5 C not_a_number; 8 C not_a_number; ");
    CHECK(PlaceOfRow(town, "code = 'V1'") == "河东村");
    CHECK(PlaceOfRow(town, "code = 'V3'") == "河西村");
    const auto workbook = sheet::Workbook::Open(result.files.at(0).rejects);
    std::vector<std::string> first;
    workbook->Read(0, [&](const sheet::RowData& row) {
        first.push_back(row.cells.empty() ? "" : row.cells[0].text);
        return true;
    });
    CHECK(
        first ==
        std::vector<std::string>{
            "果园登记册", "园号", "一、河东村（2户）", "V2", "二、河西村委会：", "V4"}
    );
}

TEST_CASE("lines over rows say the village of a return too") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销.csv",
        "报告年,采收量(吨),入库量(吨)\n河东村,,\n2021年,10,5\n2022年,11,6\n河西村,,\n2022年,9,4\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(town.Count("orchard_return") == 3);
    CHECK(town.Count("orchard_return", "picked = 9") == 1);
}

TEST_CASE("villages that returned nothing stand at the foot, notes under them") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销2022年.csv",
        "所属村,采收量(吨),入库量(吨)\n河东村,10,5\n河西村,,\n上川村,—,—\n备注：两个村尚未上报,,\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result, true) == "3  not_reported; 4  not_reported; ");
    CHECK(town.Count("orchard_return") == 1);
}

TEST_CASE("a row that stands for several things is returned where rows are counted") {
    const definition::Layer line = LocalLine("dryer", R"TOML(
name    = "烘房"
chapter = "industry"

[record.dryer]
name   = "烘房登记册"
title  = "{place.name}{code}"
key    = ["code"]
place  = { name = "所属村" }
fields = [
  { id = "code",  name = "房号",   type = "text", required = true },
  { id = "begun", name = "启用日", type = "date" },
]

[indicator.dryers_begun]
name  = "启用烘房"
unit  = "座"
of    = "dryer"
at    = "begun"
value = "count()"
)TOML");
    for (const std::string heading : {"数量（座）", "烘房座数", "烘房数量(座)"}) {
        CAPTURE(heading);
        Town town(LoadModel({line}), ThreeVillages());
        const auto result = town.Import({town.Write(
            "烘房.csv",
            "房号,所属村," + heading +
                ",启用日,编制人数（人）\nK1,河东村,3,2022-5-1,9\nK2,河西村,1,2022-5-2,9\n"
                "K3,上川村,,2022-5-3,9\nK4,上川村,1.0,2022-5-3,9\n"
        )});
        CHECK(Questions(result) == "");
        CHECK(Findings(result) == "2 C stands_for_several; ");
        CHECK(town.Count("dryer") == 3);
        CHECK(
            result.files.at(0).sheets.at(0).findings.at(2).message.find("每座一行") !=
            std::string::npos
        );
    }
}

TEST_CASE("quarters with and without their year stand in one column") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园用工季报.csv",
        "2023年果园用工季报,,\n所属村,报告季,用工人数\n"
        "河东村,2023年一季度,5\n河东村,二季度,6\n河西村,2022年四季度,7\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(Value(town.Rows("orchard_quarter", "hands = 5").at(0), "quarter") == "2023Q1");
    CHECK(Value(town.Rows("orchard_quarter", "hands = 6").at(0), "quarter") == "2023Q2");
    CHECK(Value(town.Rows("orchard_quarter", "hands = 7").at(0), "quarter") == "2022Q4");
}

TEST_CASE("the sum of a quarter takes its rows however they write it") {
    const std::string rows =
        "2023年果园用工季报,,\n报告季,所属村,用工人数\n"
        "2023年1季度,河东村,10\n一季度,河西村,20\n一季度小计,,30\n"
        "2季度,河东村,5\n二季度,河西村,6\n第二季度小计,,";
    OrchardTown town;
    CHECK(Findings(town.Csv("果园用工季报.csv", rows + "11\n")) == "");
    CHECK(town.Count("orchard_quarter") == 4);
    OrchardTown other;
    CHECK(Findings(other.Csv("果园用工季报.csv", rows + "12\n")) == "8 C total_mismatch; ");
}

TEST_CASE("未开工 in a column of days is blank, and said") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv", "园号,所属村,定植日\nW1,河东村,未开工\nW2,河西村,2022-3-1\nW3,河西村,很久\n"
    );
    CHECK(Findings(result, true) == "2 C not_yet; 4 C bad_date; ");
    CHECK(town.Count("orchard") == 2);
    CHECK(Value(town.Rows("orchard", "code = 'W1'").at(0), "planted") == "");
}

TEST_CASE("offices of the town are the town itself; other bodies are not") {
    OrchardTown town;
    const std::string own = town.ledger->Places().town_itself().name;
    const auto result = town.Csv(
        "果园.csv",
        "园号,所属村\nP1,镇政府\nP2,青石镇人民政府\nP3,镇直\nP4,镇直机关\nP5,青石镇机关\n"
        "P6,派出所\nP7,县政府\nP8,河东村\n"
    );
    CHECK(Findings(result) == "7 B unknown_place; 8 B unknown_place; ");
    CHECK(result.files.at(0).sheets.at(0).findings.at(0).message.find(own) != std::string::npos);
    for (const std::string code : {"P1", "P2", "P3", "P4", "P5"}) {
        CHECK(PlaceOfRow(town, "code = '" + code + "'") == own);
    }
    CHECK(PlaceOfRow(town, "code = 'P8'") == "河东村");
}

TEST_CASE("the year of a file's name and of a day in the title; what to do where there is none") {
    const std::string rows = "所属村,采收量(吨),入库量(吨)\n河东村,10,5\n";
    for (const std::string name : {"表7 2022年.csv", "果品2022.csv", "2022年果品产销.csv"}) {
        CAPTURE(name);
        OrchardTown town;
        ledger::ImportOptions options;
        options.record = "orchard_return";
        CHECK(Questions(town.Csv(name, rows, options)) == "");
        CHECK(Value(town.Rows("orchard_return").at(0), "year") == "2022");
    }
    OrchardTown town;
    const auto titled = town.Csv("果品产销.csv", "果品（截至2021年12月31日）,,\n" + rows);
    CHECK(Questions(titled) == "");
    CHECK(Value(town.Rows("orchard_return").at(0), "year") == "2021");
    for (const std::string name :
         {"果品产销.csv",
          "果品产销20221.csv",
          "果品产销2021-2022.csv",
          "果品产销2021上半年.csv",
          "果品产销2021年上半年.csv"}) {
        CAPTURE(name);
        const auto asked = town.Csv(name, rows);
        CHECK(Questions(asked) == "missing_period; ");
        CHECK(asked.proposals.at(0).questions.at(0).text.zh.find("改文件名") != std::string::npos);
    }
}

TEST_CASE("a telephone in a cell of its own at the foot is no row") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv",
        "园号,所属村,园主,株数\nF1,河东村,张三,10\n制表人：钱七,,联系电话：,13900000000\n"
    );
    CHECK(Findings(result, true) == "");
    CHECK(town.Count("orchard") == 1);
    // A number that no label says is a cell of a row.
    const auto row = town.Csv("果园.csv", "园号,所属村,园主,株数\n审核,河东村,张三,20\n");
    CHECK(Findings(row) == "");
    CHECK(town.Count("orchard", "trees = 20") == 1);
}

TEST_CASE("a converted number that is rounded is told with its units") {
    OrchardTown town;
    const auto result =
        town.Csv("果园.csv", "园号,所属村,园地规模(平方米)\nR1,河东村,1334\nR2,河西村,2000\n");
    CHECK(Findings(result, true) == "2 C rounded; ");
    CHECK(
        result.files.at(0).sheets.at(0).findings.at(0).message ==
        "“1334平方米”合 2.001 亩，按 2.00 亩记录"
    );
    CHECK(Value(town.Rows("orchard", "code = 'R2'").at(0), "area") == "3.00");
}

TEST_CASE("a cell that shows a date in a column of numbers is taken as its number, and told") {
    OrchardTown town;
    const std::filesystem::path file = town.folder / "果园.xlsx";
    sheet::XlsxWriter writer(file);
    writer.BeginSheet({});
    using sheet::TextCell;
    writer.Row({TextCell("园号"), TextCell("园主"), TextCell("所属村"), TextCell("株数")});
    writer.Row({TextCell("E1"), TextCell("张三"), TextCell("河东村"), sheet::DateCell({1900, 4, 9})}
    );
    writer.Row({TextCell("E2"), TextCell("李四"), TextCell("河东村"), sheet::NumberCell("100")});
    writer.Close();
    const auto result = town.Import({file});
    CHECK(Findings(result) == "2 D date_in_number; ");
    CHECK(result.files.at(0).sheets.at(0).findings.at(0).severity == Severity::kWarning);
    CHECK(Value(town.Rows("orchard", "code = 'E1'").at(0), "trees") == "100");
}

TEST_CASE("a heading that a mapping names and the table does not have is told") {
    OrchardTown town;
    ledger::ImportOptions options;
    options.map = R"TOML(
[[sheets]]
record  = "orchard"
columns = { "园号" = "code", "园主" = "owner", "所属村" = "place", "株树" = "trees" }
)TOML";
    const auto result = town.Import(
        {town.Write("果园.csv", "园号,园主,所属村,株数\nF1,张三,河东村,100\n")}, options
    );
    const auto& findings = result.files.at(0).sheets.at(0).findings;
    const auto idle = std::find_if(findings.begin(), findings.end(), [](const Finding& one) {
        return one.code == "mapping_idle";
    });
    REQUIRE(idle != findings.end());
    CHECK(idle->row == 1);
    CHECK(idle->value == "株树");
    CHECK(idle->severity == Severity::kNote);
    CHECK_FALSE(result.HasFaults());  // a note: one mapping may serve several forms
    CHECK(town.Count("orchard", "code = 'F1'") == 1);
}
