#include "document/docx_read.h"

#include <doctest/doctest.h>

#include "base/problem.h"
#include "document/test_docx.h"

using namespace zw::document;

namespace {

const ReadParagraph& First(const ReadDocument& document) {
    return *document.Paragraphs().at(0);
}

std::string CodeOf(const Package& package) {
    try {
        ReadDocx(package);
    } catch (const zw::Problem& problem) {
        return problem.code();
    }
    return "";
}

}  // namespace

TEST_CASE("runs, tabs and breaks are one text") {
    const auto document = ReadDocx(HandMade(
        Para(Run("建成") + Run("大棚") + "<w:r><w:tab/><w:t>1</w:t><w:br/><w:t>2</w:t></w:r>")
    ));
    CHECK(First(document).text == "建成大棚\t1\n2");
}

TEST_CASE("insertions are read, deletions and field codes are not") {
    const auto document = ReadDocx(HandMade(Para(
        Run("a") + "<w:ins>" + Run("b") +
        "</w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del>" +
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>" + Run("d") + "</w:hyperlink>" +
        "<w:sdt><w:sdtContent>" + Run("e") + "</w:sdtContent></w:sdt>"
    )));
    CHECK(First(document).text == "abde");
}

TEST_CASE("bookmarks name ranges of the text, in bytes") {
    const auto document = ReadDocx(HandMade(
        Para(
            Run("共") + R"(<w:bookmarkStart w:id="7" w:name="zw_p9"/>)" + Run("5") + Run("08") +
            R"(<w:bookmarkEnd w:id="7"/>)" + Run("座") +
            R"(<w:bookmarkStart w:id="8" w:name="long"/>)" + Run("尾")
        ) +
        Para(Run("后") + R"(<w:bookmarkEnd w:id="8"/>)") +
        R"(<w:bookmarkStart w:id="9" w:name="between"/>)" +
        Para(Run("x") + R"(<w:bookmarkEnd w:id="9"/>)")
    ));
    const auto paragraphs = document.Paragraphs();
    REQUIRE(paragraphs[0]->bookmarks.size() == 2);
    const auto& mark = paragraphs[0]->bookmarks[0];
    CHECK(mark.name == "zw_p9");
    CHECK(paragraphs[0]->text.substr(mark.begin, mark.end - mark.begin) == "508");
    const auto& open = paragraphs[0]->bookmarks[1];
    CHECK(paragraphs[0]->text.substr(open.begin, open.end - open.begin) == "尾");
    REQUIRE(paragraphs[2]->bookmarks.size() == 1);
    CHECK(paragraphs[2]->bookmarks[0].name == "between");
    CHECK(paragraphs[2]->bookmarks[0].end == 1);
}

TEST_CASE("styles are given by name, the default one too") {
    const auto document = ReadDocx(HandMade(
        Para(R"(<w:pPr><w:pStyle w:val="a3"/><w:pageBreakBefore/></w:pPr>)" + Run("题")) +
            Para(Run("文")),
        R"(<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="公文标题"/></w:style>)"
        R"(<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>)"
    ));
    CHECK(document.Paragraphs()[0]->style == "公文标题");
    CHECK(document.Paragraphs()[0]->page_break_before);
    CHECK(document.Paragraphs()[1]->style == "Normal");
}

TEST_CASE("tables are rows of cells, merges included") {
    const std::string cell_a =
        R"(<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>)" +
        Para(Run("甲")) + Para(Run("乙")) + "</w:tc>";
    const std::string cell_b = R"(<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>)";
    const std::string cell_c = "<w:tc>" + Para(Run("丙")) + "</w:tc>";
    const auto document = ReadDocx(HandMade(
        "<w:tbl><w:tr>" + cell_a + cell_c + "</w:tr><w:tr>" + cell_b + cell_c + "</w:tr></w:tbl>"
    ));
    const auto tables = document.Tables();
    REQUIRE(tables.size() == 1);
    const auto& rows = tables[0]->rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0][0].Text() == "甲\n乙");
    CHECK(rows[0][0].columns == 2);
    CHECK_FALSE(rows[0][0].continues);
    CHECK(rows[0][1].column == 2);
    CHECK(rows[1][0].continues);
    CHECK(document.Paragraphs().size() == 5);
}

TEST_CASE("a text box is read once, after its paragraph") {
    const std::string box = "<w:txbxContent>" + Para(Run("框")) + "</w:txbxContent>";
    const auto document = ReadDocx(HandMade(Para(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box +
        "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box +
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + Run("正文")
    )));
    REQUIRE(document.Paragraphs().size() == 2);
    CHECK(document.Paragraphs()[0]->text == "正文");
    CHECK(document.Paragraphs()[1]->text == "框");
}

TEST_CASE("hostile XML is refused") {
    Package entities = HandMade("");
    entities.Set(
        "word/document.xml",
        R"(<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document><w:body>&b;</w:body></w:document>)"
    );
    CHECK(CodeOf(entities) == "document_damaged");
    Package open = HandMade("");
    open.Set("word/document.xml", "<w:document><w:body>");
    CHECK(CodeOf(open) == "document_damaged");
    std::string deep;
    for (int i = 0; i < 100000; ++i) {
        deep += "<w:sdt>";
    }
    for (int i = 0; i < 100000; ++i) {
        deep += "</w:sdt>";
    }
    CHECK(CodeOf(HandMade(deep)) == "document_damaged");
    CHECK(CodeOf(Package()) == "document_damaged");
}
