// What two more invented towns' workbooks taught about importing, each as small as it can be.

#include <doctest/doctest.h>

#include "tests/import/line.h"

using namespace zw;
using namespace zw::testing;

namespace {

// A ledger of the test's own, with a field in a composed unit.
struct HiveTown : Town {
    HiveTown() : Town(LoadModel({Layer()}), ThreeVillages()) {}

    static definition::Layer Layer() {
        return LocalLine("hives", R"TOML(
name    = "养蜂"
chapter = "industry"

[record.hive]
name   = "蜂箱登记"
title  = "{place.name}{code}"
key    = ["code"]
place  = { name = "所属村" }
fields = [
  { id = "code",  name = "箱号", type = "text", required = true },
  { id = "keeper", name = "养蜂场(户)名称", type = "text", also = ["养蜂场/户"] },
  { id = "price", name = "蜜价", type = "decimal", scale = 3, unit = "元/公斤", min = 0 },
  { id = "honey", name = "产蜜", type = "decimal", scale = 2, unit = "公斤", min = 0 },
  { id = "until", name = "期限", type = "date" },
]

[record.aim]
name   = "养蜂目标"
title  = "{place.name}{what}"
key    = ["place", "what"]
place  = { name = "所属村" }
fields = [
  { id = "what",  name = "目标项", type = "text", required = true },
  { id = "value", name = "目标值", type = "decimal", scale = 2 },
]
)TOML");
    }
};

std::string HoneyOf(const HiveTown& town, const std::string& code, const char* field) {
    const auto rows = town.Rows("hive", "code = '" + code + "'");
    return rows.size() == 1 ? Value(rows[0], field) : "";
}

std::string PlaceOf(const OrchardTown& town, const std::string& code) {
    const auto rows = town.Rows("orchard", "code = '" + code + "'");
    return rows.size() == 1 ? town.ledger->Places().Find(rows[0].place)->name : "";
}

}  // namespace

TEST_CASE("of the several units of a title line each column has the one that it can have") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销2022年.csv",
        "果品产销,单位：公斤、元,,\n所属村,采收量,入库量,销售收入\n"
        "河东村,10000,5000,30000\n河西村,20000,6000,40000\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    const auto rows = town.Rows("orchard_return", "picked = 10");
    REQUIRE(rows.size() == 1);
    CHECK(Value(rows[0], "stored") == "5.000");
    CHECK(Value(rows[0], "income") == "3.0000");
    for (const char* line : {"单位：千亩，株", "（单位：千亩 株）", "单位: 株/千亩/吨"}) {
        OrchardTown other;
        const auto orchards = other.Csv(
            "果园.csv",
            "果园登记册,\"" + std::string(line) +
                "\",,\n园号,所属村,园地规模,株数\nP1,河东村,0.02,100\nP2,河西村,0.03,200\n"
        );
        CHECK(Questions(orchards) == "");
        CHECK(other.Count("orchard", "area = 20 and trees = 100") == 1);
    }
}

TEST_CASE("two units of the title line that a column can have are asked about") {
    OrchardTown town;
    const std::string text =
        "果园登记册,单位：公顷、亩,,\n园号,所属村,园地规模,株数\nP1,河东村,2,100\nP2,河西村,3,"
        "200\n";
    const auto asked = town.Csv("果园.csv", text);
    CHECK(Questions(asked) == "unsure_column C; ");
    CHECK(asked.proposals.at(0).questions.at(0).text.zh.find("公顷、亩") != std::string::npos);
    CHECK(town.Count("orchard") == 0);
    ledger::ImportOptions yes;
    yes.yes = true;
    town.Csv("果园.csv", text, yes);
    CHECK(town.Count("orchard", "area = 2") == 1);
}

TEST_CASE("a heading in 千元 is converted, a unit that nobody knows is asked about") {
    OrchardTown town;
    const auto sure = town.Csv(
        "果品产销2022年.csv",
        "所属村,采收量(百公斤),销售收入（千元）\n河东村,100,50\n河西村,110,60\n"
    );
    CHECK(Questions(sure) == "");
    CHECK(town.Count("orchard_return", "income = 5 and picked = 10") == 1);
    const auto asked = town.Csv(
        "果品产销2023年.csv", "所属村,采收量（箱）,入库量（吨）\n河东村,100,5\n河西村,110,6\n"
    );
    CHECK(Questions(asked) == "unsure_column B; ");
    CHECK(asked.proposals.at(0).questions.at(0).text.zh.find("箱") != std::string::npos);
}

TEST_CASE("a price in 元 under a heading that says what it is per; a heading with 户 in its middle"
) {
    HiveTown town;
    const auto result = town.Import({town.Write(
        "蜂箱登记.csv",
        "箱号,所属村,养蜂场（户）名称,蜜价（元/斤）,产蜜（公斤）\n"
        "M1,河东村,张家,15元,20\nM2,河西村,李家,16.5,30斤\nM3,上川村,王家,3头,30\n"
    )});
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "4 D wrong_unit; ");
    CHECK(HoneyOf(town, "M1", "price") == "30.000");
    CHECK(HoneyOf(town, "M2", "price") == "33.000");
    CHECK(HoneyOf(town, "M2", "honey") == "15.00");
    CHECK(HoneyOf(town, "M1", "keeper") == "张家");
}

TEST_CASE("columns that compare are no fields, those of this year are") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销2022年.csv",
        "所属村,采收量,,,入库量,\n,本年,上年,增减%,2022年,比上年增减\n"
        "河东村,10,8,25,5,1\n河西村,20,16,25,6,2\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(town.Count("orchard_return", "picked = 10 and stored = 5") == 1);
    CHECK(town.Count("orchard_return", "picked = 20 and stored = 6") == 1);
    CHECK(town.Count("orchard_return") == 2);
    CHECK(Findings(result, true).find("C unknown_column") != std::string::npos);
}

TEST_CASE("a row of the whole town about one thing is data; of a return it is the total") {
    HiveTown town;
    const auto aims = town.Import({town.Write(
        "养蜂目标.csv", "责任村,目标项,目标值\n全镇,建蜂场,30\n河东村,建蜂场,10\n全镇,产蜜,500\n"
    )});
    CHECK(Questions(aims) == "");
    CHECK(Findings(aims) == "");
    CHECK(town.Count("aim") == 3);
    CHECK(town.ledger->Places().Find(town.Rows("aim", "value = 10").at(0).place)->name == "河东村");
    OrchardTown other;
    const auto result = other.Csv(
        "果品产销2022年.csv", "所属村,采收量(吨),入库量(吨)\n全镇,30,11\n河东村,10,5\n河西村,20,6\n"
    );
    CHECK(Findings(result) == "");
    CHECK(other.Count("orchard_return") == 2);
}

TEST_CASE("headings that join two names by a stroke, by 或 or by 及 are one") {
    HiveTown town;
    const auto result = town.Import({town.Write(
        "蜂箱登记.csv",
        "箱号,所属村,养蜂场或户,产蜜(公斤),期限\n"
        "M1,河东村,张家,20,2023年12月底\nM2,河西村,李家,30,2023年12月31日前\n"
    )});
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    CHECK(HoneyOf(town, "M2", "until") == "2023-12-31");
    CHECK(HoneyOf(town, "M2", "keeper") == "李家");
}

TEST_CASE("where no column says the village, what a row refers to does") {
    OrchardTown town;
    town.Csv(
        "果园.csv",
        "园号,所属村,园名,园地规模(亩)\nP1,河东村,东园,10\nP2,河西村,西园,20\nP3,上川村,川园,30\n"
    );
    const auto result = town.Csv(
        "采摘日志.csv",
        "采摘园,采摘日,采摘数量(公斤)\nP1,2022-09-01,5\nP2,2022-09-02,6\nP9,2022-09-02,6\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "4 A unknown_reference; ");
    const auto rows = town.Rows("picking", "amount = 6");
    REQUIRE(rows.size() == 1);
    CHECK(town.ledger->Places().Find(rows[0].place)->name == "河西村");
}

TEST_CASE("a village named in the first of its rows only is asked about, then holds for them all") {
    OrchardTown town;
    const std::string text =
        "所属村,园号,园主,园地规模(亩),株数\n河东村,B1,张三,10,100\n,B2,李四,约20,200\n,B3,王五,30,"
        "300\n"
        "小计,,,40,600\n河西村,B4,赵六,40,400\n,B5,钱七,50,500\n小计,,,90,900\n,B6,孙八,5,50\n";
    const auto asked = town.Csv("果园.csv", text);
    CHECK(Questions(asked) == "unsure_column A; ");
    CHECK(town.Count("orchard") == 0);
    ledger::ImportOptions yes;
    yes.yes = true;
    yes.rejects = town.folder / "退回";
    const auto result = town.Csv("果园.csv", text, yes);
    CHECK(Findings(result) == "3 D not_a_number; 9 A missing_place; ");
    CHECK(PlaceOf(town, "B3") == "河东村");
    CHECK(PlaceOf(town, "B5") == "河西村");
    // What comes back says its village, so that it stays there when it is sent again.
    const auto workbook = sheet::Workbook::Open(result.files.at(0).rejects);
    std::vector<std::string> places;
    workbook->Read(0, [&](const sheet::RowData& row) {
        places.push_back(row.cells.empty() ? "" : row.cells[0].text);
        return true;
    });
    CHECK(places == std::vector<std::string>{"所属村", "河东村", ""});
    // A form that is known by now is asked about again.
    const auto again = town.Csv("果园二.csv", text);
    CHECK(Questions(again) == "unsure_column A; ");
}

TEST_CASE("one village that was forgotten in a list is not made up") {
    OrchardTown town;
    ledger::ImportOptions yes;
    yes.yes = true;
    const auto result = town.Csv(
        "果园.csv",
        "所属村,园号,园地规模(亩)\n河东村,B1,10\n河东村,B2,20\n,B3,30\n河西村,B4,40\n河西村,B5,"
        "50\n",
        yes
    );
    // An orchard may be the town's own: that is said, it is no village's by a guess.
    CHECK(Findings(result, true) == "4 A missing_place; ");
    CHECK(PlaceOf(town, "B3") == town.ledger->Places().town_itself().name);
}

TEST_CASE("two columns of one heading are asked about, never one written over the other") {
    OrchardTown town;
    const std::string text =
        "园号,所属村,园地规模,株数,株数\nP1,河东村,2,500,300\nP2,河西村,3,400,200\n";
    const auto asked = town.Csv("果园.csv", text);
    CHECK(Questions(asked) == "repeated_heading E; ");
    CHECK(asked.proposals.at(0).questions.at(0).text.zh.find("D列和E列") == 0);
    ledger::ImportOptions yes;
    yes.yes = true;
    CHECK(Findings(town.Csv("果园.csv", text, yes)).find("repeated_heading") != std::string::npos);
    CHECK(town.Count("orchard") == 0);

    // Said which: by the number of the column among those of its heading.
    ledger::ImportOptions mapped;
    mapped.map = R"TOML(
[[sheets]]
record  = "orchard"
columns = { "园号" = "code", "所属村" = "place", "园地规模" = "area", "株数" = "", "株数#2" = "trees" }
)TOML";
    CHECK(Questions(town.Csv("果园.csv", text, mapped)) == "");
    CHECK(town.Count("orchard", "trees = 300 or trees = 200") == 2);
}

TEST_CASE("what is unsure about another column is asked beside two columns of one heading") {
    OrchardTown town;
    const auto asked = town.Csv(
        "果园.csv",
        "园号,所属村,园地规模（箱）,株数,株数\nP1,河东村,2,500,300\nP2,河西村,3,400,200\n"
    );
    CHECK(Questions(asked) == "unsure_column C; repeated_heading E; ");
}

TEST_CASE("a mapping that gives two columns to one field is asked about") {
    OrchardTown town;
    ledger::ImportOptions mapped;
    mapped.map = R"TOML(
[[sheets]]
record  = "orchard"
columns = { "园号" = "code", "所属村" = "place", "旧株数" = "trees", "新株数" = "trees" }
)TOML";
    const std::string text = "园号,所属村,旧株数,新株数\nP1,河东村,500,300\n";
    CHECK(Questions(town.Csv("果园.csv", text, mapped)) == "field_twice D; ");
    CHECK(town.Count("orchard") == 0);
}
