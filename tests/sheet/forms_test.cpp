// A county's real yearbook against shared/data/forms/EXPECTED.md. Skipped where ../shared is
// absent.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/sheet/support.h"

namespace zw::sheet::test {
namespace {

const std::filesystem::path kForms = std::filesystem::path(ZW_SOURCE_DIR) / "../shared/data/forms";

// Number of the sheet, last heading row, data rows from and to, those with figures. Sheet 4 is left
// out: its column A holds lines of the contents instead of names, so no reader of this sheet alone
// can tell its totals from its units (doc/import-evaluation.md).
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
