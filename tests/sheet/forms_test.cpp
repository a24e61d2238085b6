// A county's real yearbook against shared/data/forms/EXPECTED.md. Skipped where ../shared is
// absent.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/sheet/support.h"

namespace zw::sheet::test {
namespace {

const std::filesystem::path kForms = std::filesystem::path(ZW_SOURCE_DIR) / "../shared/data/forms";

// Number of the sheet, last heading row, data rows from and to, those with figures. Sheet 4 stands
// apart, below.
struct Expected {
    int sheet, heading, first, last, with_figures;
};
constexpr Expected kSheets[] = {
    {3, 10, 15, 23, 8}, {5, 9, 14, 22, 9},   {6, 9, 14, 22, 8},   {7, 10, 15, 23, 8},
    {8, 10, 15, 23, 8}, {9, 10, 15, 23, 8},  {10, 10, 15, 23, 8}, {11, 9, 14, 22, 9},
    {12, 9, 14, 22, 7}, {13, 9, 14, 22, 9},  {14, 9, 14, 22, 8},  {15, 9, 14, 22, 7},
    {16, 9, 14, 22, 7}, {17, 10, 15, 23, 6}, {18, 7, 12, 20, 6},  {19, 9, 14, 22, 4},
    {20, 9, 14, 22, 6}, {21, 8, 13, 21, 8},  {22, 6, 11, 19, 5},  {23, 8, 13, 21, 9},
    {24, 9, 14, 22, 7}, {25, 6, 11, 19, 3},  {26, 6, 11, 19, 8},  {27, 7, 12, 20, 8},
    {28, 9, 14, 22, 5},
};

TEST_CASE("the yearbook's headings, units in rows and wrong figures are found") {
    if (!std::filesystem::exists(kForms)) {
        MESSAGE("skipped: ../shared/data/forms is absent");
        return;
    }
    const auto workbook = Workbook::Open(kForms / "农村统计年报_2016.xls");
    REQUIRE(workbook->sheets().size() == 29);
    for (const int empty : {1, 2, 29}) {
        CHECK(ReadSheet(*workbook, empty - 1).tables.empty());
    }
    for (const Expected& expected : kSheets) {
        CAPTURE(expected.sheet);
        const KeptSheet kept = ReadSheet(*workbook, expected.sheet - 1);
        REQUIRE(kept.tables.size() == 1);
        const KeptTable& table = kept.tables[0];
        CHECK(table.info.heading_last == expected.heading);
        const std::vector<int> data = table.Rows(RowKind::kData);
        REQUIRE(data.size() == 9);
        CHECK(data.front() == expected.first);
        CHECK(data.back() == expected.last);
        const auto with_figures =
            std::count_if(table.rows.begin(), table.rows.end(), [](const TableRow& row) {
                return row.kind == RowKind::kData && !row.named_only;
            });
        CHECK(with_figures == expected.with_figures);
    }
}

// Column A of sheet 4 holds lines of the contents instead of names: 增减 and 横向合计 are
// overwritten and known by their numbers only. Row 24, in other sheets without a name, has one here
// and nothing else: nobody who reads this sheet alone can tell it from a unit that did not return.
TEST_CASE("a sheet whose names are overwritten keeps its units and its totals apart") {
    if (!std::filesystem::exists(kForms)) {
        MESSAGE("skipped: ../shared/data/forms is absent");
        return;
    }
    const auto workbook = Workbook::Open(kForms / "农村统计年报_2016.xls");
    const KeptSheet kept = ReadSheet(*workbook, 3);
    REQUIRE(kept.tables.size() == 1);
    const KeptTable& table = kept.tables[0];
    CHECK(table.info.heading_last == 10);
    CHECK(table.Rows(RowKind::kTotal) == std::vector<int>{11, 25});
    CHECK(table.Rows(RowKind::kComparison) == std::vector<int>{12, 13, 14});
    std::vector<int> with_figures;
    for (const TableRow& row : table.rows) {
        if (row.kind == RowKind::kData && !row.named_only) {
            with_figures.push_back(row.number);
        }
    }
    CHECK(with_figures == std::vector<int>{15, 17, 18, 19, 20, 21, 22});
    CHECK(table.Rows(RowKind::kData) == std::vector<int>{15, 16, 17, 18, 19, 20, 21, 22, 23, 24});
    CHECK(kept.findings.empty());  // both totals are the sum
}

// Added up in other software (LibreOffice's values, summed by a script): every printed 本年 or
// 横向合计 of the yearbook that is not the sum of its nine units, columns that do not add left out.
TEST_CASE("the wrong totals of the whole yearbook are found, and no right one is called wrong") {
    if (!std::filesystem::exists(kForms)) {
        MESSAGE("skipped: ../shared/data/forms is absent");
        return;
    }
    const auto workbook = Workbook::Open(kForms / "农村统计年报_2016.xls");
    std::string wrong;
    std::string parts;
    for (const SheetInfo& info : workbook->sheets()) {
        for (const Finding& finding : ReadSheet(*workbook, info.index).findings) {
            (finding.code == "total_mismatch" ? wrong : parts) +=
                std::to_string(info.index + 1) + ":" + std::to_string(finding.row) +
                finding.column + " ";
        }
    }
    // A total above its rows is judged when they have all been read.
    CHECK(
        wrong ==
        "3:25E 3:25F 3:11E 3:11F 5:10D 5:10N 7:11H 9:11E 10:11D 11:24J 11:24K 21:9M 23:9Z 24:10E "
        "27:8K "
    );
    CHECK(
        parts ==
        "5:21G 6:16N 6:19N 6:21N 8:15L 8:15N 8:18L 8:18N 8:20L 8:20N 8:21L 8:21N 11:20I 14:15L "
        "14:15M 14:15R 14:15S 16:16W 16:21F 23:19M 23:19W 23:19AE 23:19AG 24:19E "
    );
}

TEST_CASE("the printed total of beef is wrong, and chickens exceed the poultry they are part of") {
    if (!std::filesystem::exists(kForms)) {
        MESSAGE("skipped: ../shared/data/forms is absent");
        return;
    }
    const auto workbook = Workbook::Open(kForms / "农村统计年报_2016.xls");
    const KeptSheet kept = ReadSheet(*workbook, 22);
    std::vector<std::string> wrong;
    for (const Finding& finding : kept.findings) {
        if (finding.code == "total_mismatch") {
            wrong.push_back(std::to_string(finding.row) + finding.column);
            CHECK(finding.message.find("221.95") != std::string::npos);
            CHECK(finding.severity == Severity::kTotal);
        }
    }
    CHECK(wrong == std::vector<std::string>{"9Z"});
    CHECK(std::any_of(kept.findings.begin(), kept.findings.end(), [](const Finding& finding) {
        return finding.code == "part_exceeds_whole" && finding.row == 19 && finding.column == "M" &&
               finding.value == "71720";
    }));
}

}  // namespace
}  // namespace zw::sheet::test
