// Tables of .docx texts; what each must read as is worked out by hand.
#include <doctest/doctest.h>

#include "sheet/sheet_report.h"
#include "tests/sheet/docx_files.h"

namespace zw::sheet::test {
namespace {

std::vector<KeptSheet> ReadDocx(const std::string& body) {
    const TempFile file("text.docx");
    WriteZip(file.path(), DocxParts(body));
    const auto workbook = Workbook::Open(file.path());
    std::vector<KeptSheet> sheets;
    for (const SheetInfo& info : workbook->sheets()) {
        sheets.push_back(ReadSheet(*workbook, info.index));
    }
    return sheets;
}

// Every row of every sheet: "name! 1: a|b; 2: …", and its merges as "A1:B1".
std::string Grid(const std::string& body, const Limits& limits = {}) {
    const TempFile file("grid.docx");
    WriteZip(file.path(), DocxParts(body));
    try {
        const auto workbook = Workbook::Open(file.path(), limits);
        std::string out;
        for (const SheetInfo& info : workbook->sheets()) {
            out += info.name + "!";
            workbook->Read(info.index, [&](const RowData& row) {
                out += " " + std::to_string(row.number) + (row.hidden ? "h:" : ":");
                for (const Cell& cell : row.cells) {
                    out += cell.text + "|";
                }
                return true;
            });
            for (const Merge& merge : info.merges) {
                out += " " + ColumnLetters(merge.first_column) + std::to_string(merge.first_row) +
                       ":" + ColumnLetters(merge.last_column) + std::to_string(merge.last_row);
            }
            out += "\n";
        }
        return out;
    } catch (const Problem& problem) {
        return problem.code();
    }
}

TEST_CASE("a table of a text is read like a sheet: title, unit, merged heading, wrong total") {
    const std::vector<KeptSheet> sheets = ReadDocx(
        WordParagraph("现将有关情况报告如下。") + WordParagraph("2023年大棚情况表") +
        WordParagraph("单位：亩") +
        WordTable(
            {{{"村名", 1, Down::kBegins}, {"大棚", 2}, {"备注", 1, Down::kBegins}},
             {{"", 1, Down::kContinues}, {"旧棚"}, {"新棚"}, {"", 1, Down::kContinues}},
             {{"甲村", 1, Down::kBegins}, {"1.5"}, {"20"}, {"已查"}},
             {{"", 1, Down::kContinues}, {"2.5"}, {"30"}, {""}},
             {{"合计"}, {"4"}, {"51"}, {""}}}
        ) +
        WordParagraph("填表人：张三")
    );
    REQUIRE(sheets.size() == 1);
    REQUIRE(sheets[0].tables.size() == 1);
    const KeptTable& table = sheets[0].tables[0];
    CHECK(table.info.titles == std::vector<std::string>{"2023年大棚情况表", "单位：亩"});
    REQUIRE(table.info.title_period);
    CHECK(ToText(*table.info.title_period) == "2023");
    CHECK(table.info.heading_first == 3);
    CHECK(table.info.heading_last == 4);
    REQUIRE(table.info.columns.size() == 4);
    CHECK(table.info.columns[0].name == "村名");
    CHECK(table.info.columns[2].name == "大棚/新棚");
    CHECK(table.info.columns[2].unit == "亩");
    CHECK(table.Rows(RowKind::kData) == std::vector<int>{5, 6});
    CHECK(table.rows.at(1).cells.at(0).text == "甲村");  // filled down
    REQUIRE(sheets[0].findings.size() == 1);
    CHECK(sheets[0].findings[0].code == "total_mismatch");
    CHECK(sheets[0].findings[0].row == 7);
    CHECK(sheets[0].findings[0].column == "C");
    CHECK(sheets[0].findings[0].value == "51");
}

TEST_CASE("each table is a sheet; prose above it is no title, nor what stands below another") {
    CHECK(
        Grid(
            WordParagraph("一、基本情况") + WordTable({{{"村名"}, {"户数"}}, {{"甲村"}, {"3"}}}) +
            WordParagraph("以上数据截至2022年底。") + WordTable({{{"乙"}}}) + WordTable({{{""}}})
        ) == "表1! 1:一、基本情况| 2:村名|户数| 3:甲村|3| A1:B1\n表2! 1:乙|\n"
    );
}

TEST_CASE("an edge that one row alone has keeps its column, one that none has goes") {
    // The title's cell spans what no other row divides: one column is left of two.
    CHECK(
        Grid(WordTable({{{"甲", 2}, {"乙"}}, {{"丙", 2}, {"丁"}}})) == "表1! 1:甲|乙| 2:丙|丁|\n"
    );
    CHECK(
        Grid(WordTable({{{"甲", 2}, {"乙"}}, {{"丙"}, {"戊"}, {"丁"}}})) ==
        "表1! 1:甲||乙| 2:丙|戊|丁| A1:B1\n"
    );
    // A row that begins later, and a merge of two columns over two rows.
    CHECK(
        Grid(
            "<w:tbl><w:tr>" + WordCellXml(WordParagraph("甲"), 2, Down::kBegins) +
            WordCellXml(WordParagraph("乙")) + "</w:tr><w:tr>" +
            WordCellXml(WordParagraph("看不见"), 2, Down::kContinues) +
            WordCellXml(WordParagraph("丙")) + "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/>" +
            "<w:hidden/></w:trPr>" + WordCellXml(WordParagraph("丁")) +
            WordCellXml(WordParagraph("戊"), 1, Down::kContinues) + "</w:tr></w:tbl>"
        ) == "表1! 1:甲||乙| 2:||丙| 3h:|丁|戊| A1:B2\n"
    );
}

TEST_CASE("a cell holds what Word shows: several lines, a table inside, no old text, no hint") {
    const std::string inner = "<w:tbl><w:tr>" + WordCellXml(WordParagraph("内一"), 3) +
                              WordCellXml(WordParagraph("内二")) + "</w:tr></w:tbl>";
    CHECK(
        Grid(
            "<w:tbl><w:tr>" + WordCellXml(WordParagraph("上") + inner + WordParagraph("下")) +
            WordCellXml("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>1"
                        "</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:moveFrom>"
                        "<w:r><w:t>8</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>2</w:t></w:r>"
                        "</w:ins></w:p>") +
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" +
            WordCellXml(WordParagraph("单击此处输入")) + "</w:sdtContent></w:sdt>" +
            "<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val=\"7\"/></w:tcPr></w:tcPrChange>"
            "</w:tcPr>" +
            WordParagraph("末") + "</w:tc></w:tr></w:tbl>"
        ) == "表1! 1:上\n内一\n内二\n下|12||末|\n"
    );
}

TEST_CASE("a text without a table is refused and told so, a broken one is damaged") {
    const TempFile plain("plain.docx");
    WriteZip(plain.path(), DocxParts(WordParagraph("2023年工作总结")));
    CHECK_THROWS_WITH_AS(
        ReportSheets(plain.path(), Words()), doctest::Contains("没有表格"), Problem
    );
    CHECK(Grid(WordParagraph("2023年工作总结")) == "file_no_table");
    CHECK(Grid(WordTable({{{""}, {""}}})) == "file_no_table");
    CHECK(Grid("<w:tbl><w:tr>") == "file_damaged");
    Parts parts = DocxParts("");
    parts.pop_back();
    const TempFile hollow("hollow.docx");
    WriteZip(hollow.path(), parts);
    CHECK_THROWS_WITH_AS(
        Workbook::Open(hollow.path()), doctest::Contains("word/document.xml"), Problem
    );
}

// Gone through element by element in other software: no w:tbl in either.
TEST_CASE("the two real texts among the forms hold no table") {
    const std::filesystem::path forms =
        std::filesystem::path(ZW_SOURCE_DIR) / "../shared/data/forms";
    if (!std::filesystem::exists(forms)) {
        MESSAGE("skipped: ../shared/data/forms is absent");
        return;
    }
    for (const char* name :
         {"2024例会资料.docx", "党建专栏｜秋日迎新正当时，党旗领航显担当.docx"}) {
        CHECK_THROWS_WITH_AS(
            ReportSheets(forms / name, Words()), doctest::Contains("没有表格"), Problem
        );
    }
}

TEST_CASE("a text that means harm is refused") {
    const std::string cell = WordCellXml(WordParagraph("1"));
    CHECK(
        Grid(
            "<w:tbl><w:tr>" + WordCellXml(WordParagraph("1"), 2'000'000'000) + "</w:tr></w:tbl>"
        ) == "file_damaged"
    );
    CHECK(
        Grid(
            "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"99999999999\"/></w:trPr>" + cell +
            "</w:tr></w:tbl>"
        ) == "file_damaged"
    );
    std::string wide = "<w:tbl>";
    for (int i = 0; i < 5; ++i) {
        wide += "<w:tr>" + WordCellXml(WordParagraph("1"), 10'000) + "</w:tr>";
    }
    CHECK(Grid(wide + "</w:tbl>").find("5:1|") != std::string::npos);
    Limits limits;
    limits.cells = 49'999;
    CHECK(Grid(wide + "</w:tbl>", limits) == "file_too_large");
    CHECK(Grid("<w:p>" + std::string(20U << 20U, ' ') + "</w:p>") == "file_hostile");
    std::string deep;
    for (int i = 0; i < 300; ++i) {
        deep += "<w:tbl><w:tr><w:tc>";
    }
    CHECK(Grid(deep) == "file_hostile");
    Parts parts = DocxParts("");
    parts.back().second.insert(0, "<!DOCTYPE l [<!ENTITY a \"haha\">]>");
    const TempFile laughs("laughs.docx");
    WriteZip(laughs.path(), parts);
    CHECK_THROWS_WITH_AS(
        Workbook::Open(laughs.path()), doctest::Contains("document type"), Problem
    );
}

}  // namespace
}  // namespace zw::sheet::test
