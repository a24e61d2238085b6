// Refused rows come back as a workbook that can be mended and sent again.

#include <doctest/doctest.h>

#include "sheet/writer.h"
#include "tests/import/line.h"

using namespace zw;
using namespace zw::testing;

namespace {

std::vector<std::string> RowsOf(const std::filesystem::path& file, int sheet = 0) {
    const auto workbook = sheet::Workbook::Open(file);
    std::vector<std::string> rows;
    workbook->Read(sheet, [&](const sheet::RowData& row) {
        std::string line = std::to_string(row.number) + " ";
        for (const sheet::Cell& cell : row.cells) {
            line += cell.text + "|";
        }
        rows.push_back(line);
        return true;
    });
    return rows;
}

bool Holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The same workbook with one cell changed by hand.
std::filesystem::path Mended(
    const std::filesystem::path& file,
    const std::vector<std::tuple<int, size_t, std::string>>& changes
) {
    const auto workbook = sheet::Workbook::Open(file);
    const std::filesystem::path out = file.parent_path() / "改好.xlsx";
    sheet::XlsxWriter writer(out);
    for (const sheet::SheetInfo& info : workbook->sheets()) {
        sheet::SheetLayout layout;
        layout.name = info.name;
        layout.merges = info.merges;
        writer.BeginSheet(layout);
        workbook->Read(info.index, [&](const sheet::RowData& row) {
            std::vector<sheet::WriteCell> cells;
            for (const sheet::Cell& cell : row.cells) {
                cells.push_back(
                    cell.kind == sheet::CellKind::kNumber
                        ? sheet::NumberCell(cell.text, cell.format)
                        : sheet::TextCell(cell.text)
                );
            }
            for (const auto& [number, column, text] : changes) {
                if (number == row.number) {
                    cells.at(column) = sheet::TextCell(text);
                }
            }
            writer.Row(cells, false, row.number);
            return true;
        });
    }
    writer.Close();
    return out;
}

}  // namespace

TEST_CASE("refused rows come back with reason and row; sent again unmended they are refused again"
) {
    OrchardTown town;
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const auto result = town.Csv(
        "果园.csv",
        "园号,园主,所属村,园地规模(亩)\nJ1,张三,河东村,1\nJ2,张三,何东,2\nJ3,张三,河西,约3\n",
        options
    );
    CHECK(Findings(result) == "3 C unknown_place; 4 D not_a_number; ");
    const std::filesystem::path back = result.files.at(0).rejects;
    CHECK(back.filename() == "果园_退回.xlsx");
    const std::vector<std::string> rows = RowsOf(back);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0] == "1 园号|园主|所属村|园地规模(亩)|退回原因|原行号|");
    CHECK(Holds(rows[1], "J2|张三|何东|2|C列：没有叫“何东”的村"));
    CHECK(Holds(rows[1], "|3|"));
    CHECK(Holds(rows[2], "J3|张三|河西|约3|D列："));
    const auto again = town.Import({back});
    CHECK(Questions(again) == "");
    CHECK(Findings(again, true) == "2 C unknown_place; 3 D not_a_number; ");
    const auto mended = town.Import({Mended(back, {{2, 2, "河东村"}, {3, 3, "3.5"}})});
    CHECK(Questions(mended) == "");
    CHECK(Findings(mended, true) == "");
    CHECK(town.Count("orchard") == 3);
    CHECK(Value(town.Rows("orchard", "code = 'J3'").at(0), "area") == "3.50");
}

TEST_CASE(
    "titles, sheets' names, tiers and units come back with the rows: what stood around them still "
    "speaks"
) {
    OrchardTown town;
    const std::filesystem::path file = town.folder / "产销.xlsx";
    sheet::XlsxWriter writer(file);
    sheet::SheetLayout layout;
    using sheet::NumberCell;
    using sheet::TextCell;
    for (const char* year : {"2021年", "2022年"}) {
        layout.name = year;
        layout.merges = {{1, 1, 1, 3}, {2, 1, 3, 1}, {2, 2, 2, 3}};
        writer.BeginSheet(layout);
        writer.Row({TextCell("果品产销年报")});
        writer.Row({TextCell("所属村"), TextCell("产销"), TextCell("")});
        writer.Row({TextCell(""), TextCell("采收量(公斤)"), TextCell("销售收入(元)")});
        writer.Row({TextCell("河东村"), TextCell("不详"), NumberCell("98765")});
        writer.Row({TextCell("河西村"), NumberCell("5000"), NumberCell("20000")});
        writer.Row({TextCell("合计"), NumberCell("5000"), NumberCell("118765")});
    }
    writer.Close();
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const auto result = town.Import({file}, options);
    CHECK(Questions(result) == "");
    CHECK(Findings(result) == "4 B not_a_number; 4 B not_a_number; ");
    const std::filesystem::path back = result.files.at(0).rejects;
    CHECK(RowsOf(back, 1).size() == 4);
    const auto mended = town.Import({Mended(back, {{4, 1, "123456"}})});
    CHECK(Questions(mended) == "");
    CHECK(Findings(mended) == "");
    REQUIRE(town.Count("orchard_return") == 4);
    const auto rows = town.Rows("orchard_return", "picked > 100");
    REQUIRE(rows.size() == 2);
    CHECK(Value(rows[0], "picked") == "123.456");
    CHECK(Value(rows[0], "income") == "9.8765");
    CHECK(Value(rows[0], "year") != Value(rows[1], "year"));
}

TEST_CASE("nothing refused, no workbook") {
    OrchardTown town;
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const auto result =
        town.Csv("果园.csv", "园号,园主,所属村,园地规模(亩)\nJ1,张三,河东村,1\n", options);
    CHECK(result.files.at(0).rejects.empty());
}

TEST_CASE("files of one name are not one file; one file under two names is") {
    OrchardTown town;
    const std::string heading = "园号,园主,所属村,园地规模(亩)\n";
    std::filesystem::create_directories(town.folder / "甲");
    std::filesystem::create_directories(town.folder / "乙");
    const auto first = town.Write("甲/果园.csv", heading + "K1,张三,河东村,1\nK2,张三,约,1\n");
    const auto second = town.Write("乙/果园.csv", heading + "K1,张三,河东村,2\n");
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const auto result = town.Import({first, second}, options);
    CHECK(Findings(result) == "3 C unknown_place; ");
    CHECK(result.files.at(0).file == "甲/果园.csv");
    CHECK(result.files.at(1).sheets.at(0).rows.changed == 1);
    CHECK(Value(town.Rows("orchard", "code = 'K1'").at(0), "area") == "2.00");

    const auto copy = town.Write("抄件.csv", heading + "K1,张三,河东村,2\n");
    CHECK(Findings(town.Import({second, copy})) == "2  duplicate_same; ");
}
