// Tables of .docx texts go into ledgers as those of workbooks do.

#include <doctest/doctest.h>

#include "tests/import/line.h"
#include "tests/sheet/docx_files.h"

using namespace zw;
using namespace zw::testing;
using sheet::test::DocxParts;
using sheet::test::WordParagraph;
using sheet::test::WordTable;

TEST_CASE("a table of a text is imported by its title's year and unit, a text without one is told"
) {
    OrchardTown town;
    const std::filesystem::path report = town.folder / "报告.docx";
    sheet::test::WriteZip(
        report,
        DocxParts(
            WordParagraph("2022年果品产销情况") + WordParagraph("单位：公斤") +
            WordTable(
                {{{"所属村"}, {"采收量"}, {"入库量"}},
                 {{"河东村"}, {"10000"}, {"5000"}},
                 {{"不知村"}, {"1"}, {"1"}},
                 {{"合计"}, {"10002"}, {"5001"}}}
            )
        )
    );
    const std::filesystem::path letter = town.folder / "信.docx";
    sheet::test::WriteZip(letter, DocxParts(WordParagraph("各村：请按时上报。")));
    ledger::ImportOptions options;
    options.rejects = town.folder / "退回";
    const auto result = town.Import({report, letter}, options);
    CHECK(Questions(result) == "");
    // The title and the unit are rows 1 and 2 of the sheet, the heading is row 3.
    CHECK(Findings(result) == "5 A unknown_place; 6 B total_mismatch; 0  file_no_table; ");
    const auto rows = town.Rows("orchard_return");
    REQUIRE(rows.size() == 1);
    CHECK(Value(rows[0], "year") == "2022");
    CHECK(Value(rows[0], "picked") == "10.000");
    CHECK(Value(rows[0], "stored") == "5.000");

    // What was refused comes back as a workbook that can be mended and sent again.
    REQUIRE(!result.files.at(0).rejects.empty());
    ledger::ImportOptions mended;
    mended.yes = true;  // one row is too few to be sure of its columns
    mended.mends = {{result.files[0].rejects.filename().string(), "表1", 4, "A", "河西村"}};
    const auto again = town.Import({result.files[0].rejects}, mended);
    CHECK(Findings(again) == "");
    CHECK(town.Count("orchard_return") == 2);
}
