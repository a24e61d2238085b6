// Workbooks that LibreOffice wrote (tests/sheet/files/make.py): the same contents as .xls and
// .xlsx, both day counts, strings over many records, passwords; and all of them cut short.
#include <doctest/doctest.h>

#include <map>

#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

const std::filesystem::path kFiles =
    std::filesystem::path(ZW_SOURCE_DIR) / "tests" / "sheet" / "files";

std::string Bytes(const std::string& name) {
    std::ifstream in(kFiles / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Cells by address ("B3"), of one sheet.
std::map<std::string, Cell> CellsOf(Workbook& workbook, int sheet) {
    std::map<std::string, Cell> cells;
    workbook.Read(sheet, [&](const RowData& row) {
        for (size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].kind != CellKind::kEmpty) {
                cells[ColumnLetters(static_cast<int>(i) + 1) + std::to_string(row.number)] =
                    row.cells[i];
            }
        }
        return true;
    });
    return cells;
}

TEST_CASE("merges, hidden rows and columns, error cells, dates, percents and formulas") {
    for (const std::string name : {"layout.xls", "layout.xlsx"}) {
        CAPTURE(name);
        const auto workbook = Workbook::Open(kFiles / name);
        REQUIRE(workbook->sheets().size() == 2);
        const SheetInfo& info = workbook->sheets()[0];
        CHECK(info.name == "花名册");
        CHECK_FALSE(info.hidden);
        CHECK(workbook->sheets()[1].hidden);
        CHECK(info.hidden_columns == std::vector<int>{3});
        std::vector<std::string> merges;
        for (const Merge& merge : info.merges) {
            merges.push_back(
                ColumnLetters(merge.first_column) + std::to_string(merge.first_row) + ":" +
                ColumnLetters(merge.last_column) + std::to_string(merge.last_row)
            );
        }
        std::sort(merges.begin(), merges.end());
        CHECK(merges == std::vector<std::string>{"A1:A2", "B1:D1"});

        std::map<std::string, Cell> cells = CellsOf(*workbook, 0);
        CHECK(cells["B3"].text == "1200.5");
        CHECK(cells["D3"].is_date);
        CHECK(ToText(cells["D3"].date) == "2023-04-12");
        CHECK(ToText(cells["D4"].date) == "2024-02-29");
        CHECK(cells["B4"].kind == CellKind::kError);
        CHECK(cells["B4"].text == "#DIV/0!");
        CHECK(cells["B4"].formula);
        CHECK(cells["B5"].text == "#N/A");
        CHECK(cells["B6"].is_percent);
        CHECK(cells["B6"].text == "0.125");
        CHECK(cells["B6"].shown == "12.5%");
        CHECK(cells["C6"].text == "-7");
        CHECK(cells["D6"].text == "😀𠀀");
        CHECK(cells["B7"].text == "2401");
        CHECK(cells["B7"].formula);
        CHECK(cells["C7"].text == "第1批");
        CHECK(cells["C7"].kind == CellKind::kText);
        CHECK(cells["D7"].kind == CellKind::kBool);
        CHECK(cells["D7"].text == "TRUE");

        const KeptSheet kept = ReadSheet(*workbook, 0);
        REQUIRE(kept.tables.size() == 1);
        CHECK(kept.tables[0].info.heading_last == 2);
        CHECK(kept.tables[0].Rows(RowKind::kData) == std::vector<int>{3, 4, 5, 6, 7});
        std::vector<int> hidden;
        for (const TableRow& row : kept.tables[0].rows) {
            if (row.hidden) {
                hidden.push_back(row.number);
            }
        }
        CHECK(hidden == std::vector<int>{5});
    }
}

TEST_CASE("a workbook that counts its days from 1904 has the same dates") {
    for (const std::string kind : {"xls", "xlsx"}) {
        CAPTURE(kind);
        const auto usual = Workbook::Open(kFiles / ("layout." + kind));
        const auto other = Workbook::Open(kFiles / ("from_1904." + kind));
        std::map<std::string, Cell> a = CellsOf(*usual, 0);
        std::map<std::string, Cell> b = CellsOf(*other, 0);
        for (const char* at : {"D3", "D4", "D5"}) {
            CHECK(b[at].is_date);
            CHECK(ToText(b[at].date) == ToText(a[at].date));
            CHECK(std::stol(a[at].text) - std::stol(b[at].text) == 1462);
        }
        CHECK(ToText(b["D5"].date) == "1999-12-31");
    }
}

// As long_text() of make.py.
std::string LongText(int n) {
    const int length = n == 17 ? 12000 : 40 + n * 13 % 700;
    const std::vector<std::string> letters =
        n % 3 == 0 ? std::vector<std::string>{"镇", "村", "户", "亩", "吨"}
                   : std::vector<std::string>{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    std::string text = std::to_string(n) + ":";
    for (int i = 0; i < length; ++i) {
        text += letters[static_cast<size_t>(n + i) % letters.size()];
    }
    return text;
}

TEST_CASE("shared strings over many records, of one and of two bytes a character") {
    const auto workbook = Workbook::Open(kFiles / "strings.xls");
    std::map<std::string, Cell> cells = CellsOf(*workbook, 0);
    CHECK(cells.size() == 120);
    for (int n = 0; n < 120; ++n) {
        CAPTURE(n);
        CHECK(cells["A" + std::to_string(n + 1)].text == LongText(n));
    }
}

TEST_CASE("a workbook with a password is refused, and says that this is why") {
    for (const std::string name : {"encrypted.xlsx", "encrypted.xls"}) {
        CHECK_THROWS_WITH_AS(
            Workbook::Open(kFiles / name), doctest::Contains(name.c_str()), Problem
        );
        CHECK(CodeOfOpening(Bytes(name)) == "file_encrypted");
    }
}

TEST_CASE("files cut short anywhere are refused or read as far as they say, never worse") {
    for (const std::string name : {"layout.xls", "strings.xls", "layout.xlsx", "encrypted.xlsx"}) {
        CAPTURE(name);
        const std::string whole = Bytes(name);
        int refused = 0;
        constexpr size_t kCuts = 40;
        for (size_t cut = 0; cut < kCuts; ++cut) {
            const TempFile file("cut", whole.substr(0, 1 + whole.size() * cut / kCuts));
            try {
                const auto workbook = Workbook::Open(file.path());
                for (const SheetInfo& info : workbook->sheets()) {
                    ReadSheet(*workbook, info.index);
                }
            } catch (const Problem& problem) {
                CAPTURE(problem.code());
                CHECK(
                    (problem.code() == "file_damaged" || problem.code() == "file_unknown" ||
                     problem.code() == "file_encrypted")
                );
                ++refused;
            }
        }
        CHECK(refused >= 30);
    }
}

}  // namespace
}  // namespace zw::sheet::test
