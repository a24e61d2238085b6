// The importer through the ledger, on a line of the tests' own. What is expected was worked out by
// hand.

#include <doctest/doctest.h>

#include "tests/import/line.h"
#include "tests/support/expect_problem.h"

using namespace zw;
using namespace zw::testing;

TEST_CASE("columns in any order, synonyms, units of headings and cells converted exactly") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv",
        "承包人,园地规模（公顷）,园号,村庄,主栽品种,定植日,株数\n"
        "王　五,2.5,A1,河 东,红富士,2021年,１２００\n"
        "李四,30亩,A2,620000000202,秦冠,2022.5,800株\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "");
    REQUIRE(town.Count("orchard") == 2);
    const ledger::Record row = town.Rows("orchard", "code = 'A1'").at(0);
    CHECK(Value(town.Rows("orchard", "code = 'A2'").at(0), "trees") == "800");
    CHECK(Value(row, "area") == "37.50");
    CHECK(Value(row, "owner") == "王五");
    CHECK(Value(row, "variety") == "富士");
    CHECK(Value(row, "planted") == "2021-12-31");
    CHECK(row.precision.at("planted") == ledger::DatePrecision::kYear);
    CHECK(Value(row, "trees") == "1200");
    CHECK(town.ledger->Places().Find(row.place)->name == "河东村");
}

TEST_CASE("each row is refused for its own reason, the good ones stay") {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv",
        "园号,园主,所属村,园地规模(亩),主栽品种,定植日,株数\n"
        "B1,张三,河东村,10,富士,2021-04-05,100\n"
        "B2,张三,何东村,10,富士,2021-04-05,100\n"
        "B3,张三,河东村,约10,富士,2021-04-05,100\n"
        "B4,张三,河东村,10,国光,2021-04-05,100\n"
        "B5,张三,河东村,10,富士,2021-13-05,100\n"
        "B6,张三,河东村,0,富士,2021-04-05,100\n"
        "B7,张三,河东村,600,富士,2021-04-05,1.5\n"
        ",张三,河东村,10,富士,2021-04-05,100\n"
        "B9,张三,河东村,600,富士,2021-04-05,100\n"
    );
    CHECK(
        Findings(result) ==
        "3 C unknown_place; 4 D not_a_number; 5 E unknown_choice; 6 F bad_date; 7 D no_area; 8 G "
        "not_whole; 9 A required; 10 D area_large; "
    );
    const ledger::SheetResult& sheet = result.files.at(0).sheets.at(0);
    CHECK(sheet.sheet == "Sheet1");
    CHECK(sheet.record == "orchard");
    CHECK(sheet.rows.read == 9);
    CHECK(sheet.rows.created == 2);
    CHECK(sheet.rows.refused == 7);
    CHECK(sheet.findings.front().message.find("河东村") != std::string::npos);
    CHECK(result.HasFaults());
}

TEST_CASE(
    "a row twice is refused once; another row of its key loses at the first column that differs"
) {
    OrchardTown town;
    const auto result = town.Csv(
        "果园.csv",
        "序号,株数,园号,园主,所属村,园地规模(亩)\n"
        "1,100,C1,张三,河东村,10\n"
        "2,100,C1,张三,河东村,10\n"
        "3,120,C1,李四,河东村,10\n"
        "4,,C2,李四,河东村,坏\n"
        "5,,C2,李四,河东村,7\n"
    );
    CHECK(Findings(result) == "3  duplicate_same; 4 B duplicate_conflict; 5 F not_a_number; ");
    CHECK(town.Count("orchard") == 2);
    CHECK(Value(town.Rows("orchard", "code = 'C1'").at(0), "owner") == "张三");
    // It says where the other one stands and what would tell them apart.
    const std::string said = result.files.at(0).sheets.at(0).findings.at(1).message;
    CHECK(said.find("先写的在第2行") != std::string::npos);
    CHECK(said.find("请在园号里写出区别") != std::string::npos);
}

TEST_CASE("a second file changes what differs, keeps what is blank, and leaves the rest alone") {
    OrchardTown town;
    const std::string first =
        "园号,园主,所属村,园地规模(亩),株数\nD1,张三,河东村,10,100\nD2,李四,河西村,20,200\n";
    CHECK(town.Csv("果园.csv", first).batch != 0);
    const auto again = town.Csv("果园.csv", first);
    CHECK(again.batch == 0);
    CHECK(again.files.at(0).sheets.at(0).rows.same == 2);
    const auto changed = town.Csv(
        "果园.csv", "园号,园主,所属村,园地规模(亩),株数\nD1,张三,河东村,12,\nD2,李四,河西村,—,/\n"
    );
    CHECK(changed.batch != 0);
    CHECK(changed.files.at(0).sheets.at(0).rows.changed == 1);
    CHECK(changed.files.at(0).sheets.at(0).rows.same == 1);
    const ledger::Record row = town.Rows("orchard", "code = 'D1'").at(0);
    CHECK(Value(row, "area") == "12.00");
    CHECK(Value(row, "trees") == "100");
    ledger::BatchWriter(*town.ledger).Undo(town.actor, changed.batch);
    CHECK(Value(town.Rows("orchard", "code = 'D1'").at(0), "area") == "10.00");
}

TEST_CASE(
    "the period stands in the title, never in the date of filling in; a village alone is not "
    "reported, a zero is"
) {
    OrchardTown town;
    const auto result = town.Csv(
        "年报.csv",
        "青石镇2022年果品产销年报,,,\n"
        "填报单位：青石镇  填报日期：2023年1月8日,,,\n"
        "所属村,采收量(公斤),入库量,销售收入(元)\n"
        "河东村,123456,/,98765\n"
        "河西村,,,\n"
        "上川村,0,无,0\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result, true) == "5  not_reported; ");
    REQUIRE(town.Count("orchard_return") == 2);
    const ledger::Record row = town.Rows("orchard_return", "picked > 0").at(0);
    CHECK(Value(row, "year") == "2022");
    CHECK(Value(row, "picked") == "123.456");
    CHECK(Value(row, "stored") == "");
    CHECK(Value(row, "income") == "9.8765");
    CHECK(result.files.at(0).sheets.at(0).rows.read == 2);
}

TEST_CASE("year and quarter in two columns, or the quarter alone under a title with the year") {
    OrchardTown town;
    const auto two = town.Csv(
        "用工.csv",
        "所属村,年份,报告季,用工人数\n河东村,2022,一季度,10\n河东村,2022年,4,12\n河东村,2022,"
        "五季度,9\n"
    );
    CHECK(Questions(two) == "");
    CHECK(Findings(two) == "4 C bad_period; ");
    CHECK(Value(town.Rows("orchard_quarter", "hands = 12").at(0), "quarter") == "2022Q4");
    const auto one =
        town.Csv("用工.csv", "2023年果园用工季报,,\n所属村,报告季,用工人数\n河西村,第三季度,7\n");
    CHECK(Findings(one) == "");
    CHECK(Value(town.Rows("orchard_quarter", "hands = 7").at(0), "quarter") == "2023Q3");
}

TEST_CASE("an unknown column of numbers is asked about; one of words is left out and said") {
    OrchardTown town;
    const std::string text =
        "园号,园主,所属村,投资总额,经办科室\nE1,张三,河东村,12.5,林果站\nE2,张三,河东村,8,林果站\n";
    const auto asked = town.Csv("果园.csv", text);
    CHECK(asked.asked);
    CHECK(Questions(asked) == "unknown_column D; ");
    CHECK(town.Count("orchard") == 0);
    ledger::ImportOptions yes;
    yes.yes = true;
    const auto taken = town.Csv("果园.csv", text, yes);
    CHECK(Findings(taken, true) == "1 D unknown_column; 1 E unknown_column; ");
    CHECK(town.Count("orchard") == 2);
    // The answer is remembered for this form.
    const auto next =
        town.Csv("果园2.csv", "园号,园主,所属村,投资总额,经办科室\nE3,张三,河东村,12.5,林果站\n");
    CHECK_FALSE(next.asked);
    CHECK(next.proposals.at(0).mapping_from == "remembered");
    CHECK(town.Count("orchard") == 3);
}

TEST_CASE("what cannot be known is asked, and yes does not invent it") {
    OrchardTown town;
    const std::string text = "所属村,采收量(吨),入库量(吨)\n河东村,5,4\n";
    const auto asked = town.Csv("果品产销.csv", text);
    CHECK(Questions(asked) == "missing_period; ");
    ledger::ImportOptions yes;
    yes.yes = true;
    const auto result = town.Csv("果品产销.csv", text, yes);
    CHECK(result.batch == 0);
    CHECK(Findings(result) == "1  missing_period; ");
    CHECK(town.Count("orchard_return") == 0);
}

TEST_CASE("a number such as 2023.1 is asked about and read as answered") {
    OrchardTown town;
    const std::string text =
        "园号,园主,所属村,园地规模(亩),定植日\nF1,张三,河东村,1,2023.1\nF2,张三,河东村,1,2023.4\n";
    const auto proposals =
        ledger::Importer(*town.ledger).Propose({town.Write("果园.csv", text)}, {});
    // A csv holds text, so 2023.1 is as it was typed: January. Only a number cell loses the zero of
    // 2023.10.
    CHECK(proposals.at(0).questions.empty());
    CHECK(Findings(town.Csv("果园.csv", text)) == "");
    CHECK(Value(town.Rows("orchard", "code = 'F1'").at(0), "planted") == "2023-01-31");
    CHECK(Value(town.Rows("orchard", "code = 'F2'").at(0), "planted") == "2023-04-30");
}

TEST_CASE("references by code or by village and name, also to rows of the same run") {
    OrchardTown town;
    const auto orchards = town.Write(
        "果园.csv",
        "园号,园名,园主,所属村,园地规模(亩)\nG1,南园,张三,河东村,1\nG2,南园,张三,河西村,1\nG3,北园,"
        "张三,河西村,1\nG4,北园,张三,河西村,2\n"
    );
    const auto pickings = town.Write(
        "采摘日志.csv",
        "采摘园,采摘日,所属村,采摘数量(公斤)\nG1,2023-09-01,河东村,10\n南园,2023-09-02,河西村,11\n"
        "北园,2023-09-02,河西村,12\nG9,2023-09-02,河西村,13\n"
    );
    const auto result = town.Import({pickings, orchards});
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "4 A ambiguous_reference; 5 A unknown_reference; ");
    CHECK(town.Count("picking") == 2);
    CHECK(town.Count("picking", "orchard.code = 'G2'") == 1);
    const auto again = town.Import({pickings, orchards});
    CHECK(again.batch == 0);
}

TEST_CASE("an unknown target that the line lets be made is made as a draft, once") {
    OrchardTown town;
    const auto result = town.Csv(
        "走访.csv",
        "走访园,走访日,所属村\nH1,2023-05-01,河东村\nH1,2023-06-01,河东村\n",
        [] {
            ledger::ImportOptions options;
            options.record = "visit";
            return options;
        }()
    );
    CHECK(Findings(result) == "2 A draft_reference; ");
    CHECK(result.files.at(0).sheets.at(0).rows.draft == 1);
    CHECK(town.Count("visit") == 2);
}

TEST_CASE("a mapping turns a column per variety and measure into records, and is remembered") {
    OrchardTown town;
    ledger::ImportOptions options;
    options.map = R"(
[[sheets]]
record  = "variety_return"
period  = { fixed = "2021" }
place   = { column = "村别" }
unpivot = { tier = 1, into = "variety", columns = { "规模" = "planted", "产" = "picked" }, values = { "红的" = "富士" } }
)";
    const std::string text =
        "村别,红的,,秦冠,\n,规模(亩),产(吨),规模(亩),产(吨)\n河东村,10,5,,\n河西村,8,4,6,3\n";
    const auto result = town.Csv("品种.csv", text, options);
    CHECK(Findings(result) == "");
    CHECK(town.Count("variety_return") == 3);
    CHECK(town.Count("variety_return", "variety = '富士'") == 2);
    CHECK(Value(town.Rows("variety_return", "variety = '秦冠'").at(0), "picked") == "3.00");
    CHECK(result.files.at(0).sheets.at(0).rows.created == 2);
    // Remembered, but for the fixed year: that belongs to the file.
    const auto next = town.Csv("品种2020年.csv", text);
    CHECK_FALSE(next.asked);
    const auto rows = town.Rows("variety_return");
    CHECK(std::count_if(rows.begin(), rows.end(), [](const ledger::Record& row) {
              return Value(row, "year") == "2020";
          }) == 3);
}

TEST_CASE("heading tiers that hold values are found without a mapping") {
    OrchardTown town;
    const auto result = town.Csv(
        "品种采收年报2022年.csv",
        "所属村,富士,,秦冠,,嘎啦,\n,挂果规模(亩),采收量(吨),挂果规模(亩),采收量(吨),挂果规模(亩),"
        "采收量(吨)\n"
        "河东村,10,5,,,1,2\n河西村,8,4,6,3,,\n"
    );
    CHECK(Questions(result) == "");
    CHECK(town.Count("variety_return") == 4);
    CHECK(Value(town.Rows("variety_return", "variety = '嘎啦'").at(0), "picked") == "2.00");
}

TEST_CASE("years side by side make a record each") {
    OrchardTown town;
    const auto result = town.Csv(
        "果品产销年报.csv",
        "所属村,2021年,,2022年,\n,采收量(吨),入库量(吨),采收量(吨),入库量(吨)\n河东村,10,5,11,"
        "6\n河西村,,,7,2\n"
    );
    CHECK(Questions(result) == "");
    CHECK(Findings(result, true) == "4  not_reported; ");
    CHECK(town.Count("orchard_return") == 3);
    CHECK(result.files.at(0).sheets.at(0).rows.created == 2);
}

TEST_CASE("a table of no ledger is left alone and said") {
    OrchardTown town;
    const auto result =
        town.Csv("会议.csv", "会议名称,主持人,议题\n例会,张三,防汛\n例会,李四,秋收\n");
    CHECK_FALSE(result.asked);
    CHECK(result.batch == 0);
    CHECK(result.proposals.at(0).record == "");
    CHECK(Findings(result, true) == "1  no_ledger; ");
    CHECK_FALSE(result.HasFaults());
}

TEST_CASE("wrong mappings are refused with the place and what would be right") {
    OrchardTown town;
    ledger::ImportOptions options;
    const auto refused = [&](const std::string& map) {
        options.map = map;
        return ProblemOf([&] { town.Csv("果园.csv", "园号,所属村\nK1,河东村\n", options); });
    };
    CHECK(refused("[[sheets]]\nrecord = \"orchar\"\n") == "bad_mapping");
    CHECK(
        refused("[[sheets]]\nrecord = \"orchard\"\ncolumns = { \"园号\" = \"cod\" }\n") ==
        "bad_mapping"
    );
    CHECK(refused("[[sheets]]\nrecrod = \"orchard\"\n") == "bad_mapping");
    CHECK(refused("[[sheets]\n") == "bad_mapping");
    options.map.clear();
    options.record = "orchad";
    CHECK(ProblemOf([&] {
              town.Csv("果园.csv", "园号,所属村\nK1,河东村\n", options);
          }) == "not_found");
}
