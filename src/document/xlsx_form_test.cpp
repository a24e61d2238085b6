#include "document/xlsx_form.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "base/problem.h"
#include "base/text.h"

using zw::Problem;
using namespace zw::document;

namespace {

constexpr const char* kMain =
    R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
    R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
constexpr const char* kOffice =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string Relation(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kOffice + type + "\" Target=\"" + target +
           "\"/>";
}

// By hand, so that the writer under test is not what makes the form: a title over three columns
// (A1:C1), a heading from shared strings, a row with a formula that has a stored result, a percent.
Package HandMade() {
    Package package;
    package.Set(
        "[Content_Types].xml",
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)"
    );
    package.Set(
        "_rels/.rels",
        "<Relationships>" + Relation("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"
    );
    package.Set(
        "xl/workbook.xml",
        std::string("<workbook ") + kMain +
            R"(><sheets><sheet name="表一" sheetId="1" r:id="r1"/><sheet name="合计" sheetId="2" state="hidden" r:id="r2"/></sheets>)"
            R"(<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">表一!$A$1:$C$9</definedName></definedNames></workbook>)"
    );
    package.Set(
        "xl/_rels/workbook.xml.rels",
        "<Relationships>" + Relation("r1", "worksheet", "worksheets/sheet1.xml") +
            Relation("r2", "worksheet", "/xl/worksheets/sheet2.xml") +
            Relation("r3", "sharedStrings", "sharedStrings.xml") +
            Relation("r4", "styles", "styles.xml") + "</Relationships>"
    );
    package.Set(
        "xl/sharedStrings.xml",
        std::string("<sst ") + kMain +
            "><si><t>农业 &amp; "
            "牧业</t></si><si><r><t>产</t></r><r><t>量</t></r><rPh><t>no</t></rPh></si></sst>"
    );
    package.Set(
        "xl/styles.xml",
        std::string("<styleSheet ") + kMain +
            R"(><numFmts><numFmt numFmtId="170" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="171" formatCode="0.0%"/></numFmts>)"
            R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="171"/><xf numFmtId="170"/></cellXfs></styleSheet>)"
    );
    package.Set(
        "xl/worksheets/sheet1.xml",
        std::string("<worksheet ") + kMain +
            R"(><dimension ref="A1:C4"/><cols><col min="2" max="2" width="12.5" style="2"/></cols><sheetData>)"
            R"(<row r="1" spans="1:3" ht="30"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1" s="1"/></row>)"
            R"(<row r="2"><c t="s"><v>1</v></c><c s="1"><v>0.25</v></c><c t="inlineStr"><is><t>吨</t></is></c></row>)"
            R"(<row r="4"><c r="A4" s="2"><v>7</v></c><c r="C4"><f>SUM(A4:B4)</f><v>7</v></c></row>)"
            R"(</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells><pageSetup paperSize="9" orientation="landscape"/></worksheet>)"
    );
    package.Set(
        "xl/worksheets/sheet2.xml",
        std::string("<x:worksheet xmlns:x=\"") +
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row><x:c "
            "t=\"str\"><x:f>表一!C4</x:f><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    );
    return package;
}

XlsxForm Form() {
    return XlsxForm::Read(HandMade().Bytes(), "表.xlsx");
}

std::string CodeOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Problem& problem) {
        return problem.code();
    }
    return "";
}

std::string Without(std::string text, const std::string& part) {
    REQUIRE_MESSAGE(text.find(part) != std::string::npos, part << " in " << text);
    return zw::ReplaceAll(std::move(text), part, "");
}

}  // namespace

TEST_CASE("cells by name") {
    CHECK(ParseCell("AA10") == CellRef{10, 27});
    CHECK(ParseCell("$b$7") == CellRef{7, 2});
    CHECK(CellName({10, 27}) == "AA10");
    CHECK(CellName({1, 16384}) == "XFD1");
    for (const char* wrong : {"", "A", "7", "A0", "A01", "7A", "XFE1", "A1048577", "A1:B2"}) {
        CHECK_FALSE(ParseCell(wrong).has_value());
    }
    CHECK(ParseRange("A1:C1")->last == CellRef{1, 3});
    CHECK_FALSE(ParseRange("C1:A1").has_value());
}

TEST_CASE("a form is a grid: texts, merges, widths, formulas") {
    const auto sheets = Form().Sheets();
    REQUIRE(sheets.size() == 2);
    const FormSheet& first = sheets[0];
    CHECK(first.name == "表一");
    CHECK(first.rows == 4);
    CHECK(first.columns == 3);
    CHECK(first.widths == std::vector<int>{84, 125, 84});
    REQUIRE(first.cells.size() == 6);  // B1 and C1 are covered
    CHECK(first.cells[0].text == "农业 & 牧业");
    CHECK(first.cells[0].column_span == 3);
    CHECK(first.cells[1].text == "产量");
    CHECK(first.cells[2].at == CellRef{2, 2});
    CHECK(first.cells[2].text == "0.25");
    CHECK(first.cells[3].text == "吨");
    CHECK(first.cells[5].formula);
    CHECK(first.cells[5].text.empty());
    CHECK(sheets[1].hidden);
    CHECK(sheets[1].cells[0].formula);
}

TEST_CASE("what a percent is shown by") {
    const XlsxForm form = Form();
    CHECK(form.ShowsPercent("表一", {2, 2}));
    CHECK_FALSE(form.ShowsPercent("表一", {4, 1}));  // "%" is a word there
    CHECK_FALSE(form.ShowsPercent("表一", {9, 9}));
}

TEST_CASE("a cell set keeps its style, and nothing else changes") {
    XlsxForm form = Form();
    form.SetNumber("表一", {4, 1}, "12.50");
    form.SetText("表一", {3, 2}, "甲<乙>\x01 丙");
    const Package was = HandMade();
    const Package now = Package::Read(form.Bytes(), "x");
    CHECK(now.Names() == was.Names());
    for (const char* part : {"xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"}) {
        CHECK(now.Part(part) == was.Part(part));
    }
    std::string sheet = now.Part("xl/worksheets/sheet1.xml");
    sheet = Without(sheet, R"(<?xml version="1.0"?>)");
    sheet = Without(
        sheet,
        R"(<row r="3"><c r="B3" s="2" t="inlineStr"><is><t xml:space="preserve">甲&lt;乙&gt; 丙</t></is></c></row>)"
    );
    sheet = zw::ReplaceAll(sheet, "<v>12.50</v>", "<v>7</v>");
    sheet = zw::ReplaceAll(sheet, "<f>SUM(A4:B4)</f>", "<f>SUM(A4:B4)</f><v>7</v>");
    sheet = zw::ReplaceAll(sheet, " />", "/>");
    CHECK(sheet == was.Part("xl/worksheets/sheet1.xml"));
    // Stored results are gone on every sheet, and the workbook asks to be computed.
    CHECK(now.Part("xl/worksheets/sheet2.xml").find("<x:v>") == std::string::npos);
    CHECK(zw::EndsWith(
        now.Part("xl/workbook.xml"), R"(</definedNames><calcPr fullCalcOnLoad="1"/></workbook>)"
    ));
    CHECK(XlsxForm::Read(form.Bytes(), "x").Text("表一", {3, 2}) == "甲<乙> 丙");
}

TEST_CASE("a new cell stands in order, and what left out its place gets it") {
    XlsxForm form = Form();
    form.SetNumber("表一", {4, 2}, "3");
    form.SetNumber("表一", {9, 5}, "4");
    const std::string sheet = Package::Read(form.Bytes(), "x").Part("xl/worksheets/sheet1.xml");
    const size_t a = sheet.find(R"(r="A4")");
    const size_t b = sheet.find(R"(<c r="B4" s="2"><v>3</v></c>)");  // the column's style
    const size_t c = sheet.find(R"(r="C4")");
    CHECK(a < b);
    CHECK(b < c);
    CHECK(c < sheet.find(R"(<row r="9"><c r="E9"><v>4</v></c></row>)"));
    CHECK(sheet.find(R"(<dimension ref="A1:E9")") != std::string::npos);
}

TEST_CASE("last year's number goes when a cell is cleared") {
    XlsxForm form = Form();
    form.Clear("表一", {4, 1});
    CHECK(form.Text("表一", {4, 1}).empty());
    CHECK(
        Package::Read(form.Bytes(), "x")
            .Part("xl/worksheets/sheet1.xml")
            .find(R"(<c r="A4" s="2"/>)") != std::string::npos
    );
}

TEST_CASE("an untouched form comes back part by part") {
    const Package was = HandMade();
    const Package now = Package::Read(Form().Bytes(), "x");
    for (const std::string& part : was.Names()) {
        CHECK(now.Part(part) == was.Part(part));
    }
}

TEST_CASE("what cannot be set is refused with the reason") {
    XlsxForm form = Form();
    CHECK(form.Refusal("表一", {1, 2})->zh.find("A1") != std::string::npos);
    CHECK(CodeOf([&] { form.SetNumber("表一", {1, 2}, "1"); }) == "form_cell");
    CHECK(CodeOf([&] { form.Clear("表一", {4, 3}); }) == "form_cell");  // a formula
    CHECK(CodeOf([&] { form.SetText("表九", {1, 1}, "x"); }) == "form_cell");
    CHECK_FALSE(form.Refusal("表一", {1, 1}).has_value());
    CHECK(form.Span("表一", {1, 1}) == CellRef{1, 3});
    CHECK(form.Span("表一", {2, 1}) == CellRef{1, 1});
}

TEST_CASE("files that are no form are told what they are") {
    const auto code = [](const std::string& bytes) {
        return CodeOf([&] { XlsxForm::Read(bytes, "f"); });
    };
    CHECK(code("") == "document_damaged");
    CHECK(code("PK nothing") == "document_damaged");
    const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    CHECK(code(compound + "Workbook") == "file_unknown");
    std::string wide;
    for (const char letter : std::string("EncryptedPackage")) {
        wide += letter;
        wide += '\0';
    }
    CHECK(code(compound + wide) == "file_encrypted");
    Package macros = HandMade();
    macros.Set(
        "[Content_Types].xml",
        R"(<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>)"
    );
    CHECK(code(macros.Bytes()) == "file_unknown");
    Package broken = HandMade();
    broken.Set("xl/worksheets/sheet2.xml", "<worksheet><sheetData>");
    CHECK(code(broken.Bytes()) == "document_damaged");
    Package text = HandMade();
    text.Set("xl/workbook.xml", "<document/>");
    CHECK(code(text.Bytes()) == "file_unknown");
    Package far = HandMade();
    far.Set(
        "xl/worksheets/sheet2.xml", R"(<worksheet><sheetData><row r="0"/></sheetData></worksheet>)"
    );
    CHECK(code(far.Bytes()) == "document_damaged");
    std::string merges;
    for (int i = 1; i <= 20'001; ++i) {
        merges += "<mergeCell ref=\"A" + std::to_string(i) + ":B" + std::to_string(i) + "\"/>";
    }
    Package many = HandMade();
    many.Set(
        "xl/worksheets/sheet2.xml",
        "<worksheet><sheetData/><mergeCells>" + merges + "</mergeCells></worksheet>"
    );
    CHECK(code(many.Bytes()) == "document_too_large");
}
