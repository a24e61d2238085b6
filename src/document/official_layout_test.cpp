// The page of GB/T 9704-2012, in the XML always and on paper where LibreOffice is present.
#include "document/official_layout.h"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/environment.h"
#include "base/text.h"
#include "document/docx_read.h"
#include "document/docx_template.h"

using namespace zw::document;
namespace fs = std::filesystem;

namespace {

const fs::path kTemplate = fs::path(ZW_SOURCE_DIR) / "reports/annual/template.docx";

Filling Body(const std::vector<Block>& blocks) {
    Filling filling;
    filling.value = [blocks](std::string_view name) -> std::optional<Content> {
        if (name == "body") {
            return blocks;
        }
        if (name == "title") {
            Span span;
            span.text = "标题";
            return std::vector<Span>{span};
        }
        return std::vector<Block>{};
    };
    return filling;
}

bool HasLibreOffice() {
    return std::system("command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1"
           ) == 0;
}

// Pages of lines as they fall on paper.
std::vector<std::vector<std::string>> Render(const std::string& docx) {
    std::string folder = "/tmp/zw_render_XXXXXX";
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    SaveFile(fs::path(folder) / "a.docx", docx);
    const std::string command = "cd " + folder + " && soffice -env:UserInstallation=file://" +
                                folder +
                                "/profile --headless --convert-to pdf a.docx >/dev/null 2>&1 && "
                                "pdftotext -layout a.pdf a.txt";
    REQUIRE(std::system(command.c_str()) == 0);
    std::vector<std::vector<std::string>> pages;
    for (const auto& page : zw::Split(LoadFile(fs::path(folder) / "a.txt", 1U << 24U), '\f')) {
        std::vector<std::string> lines;
        for (const auto& line : zw::Split(page, '\n')) {
            if (!zw::Trim(line).empty()) {
                lines.push_back(line);
            }
        }
        if (!lines.empty()) {
            pages.push_back(std::move(lines));
        }
    }
    fs::remove_all(folder);
    return pages;
}

}  // namespace

TEST_CASE("the committed template is what the generator makes") {
    // ZW_WRITE_TEMPLATE=1 writes it anew.
    const std::string made = MakeReportTemplate();
    if (std::getenv("ZW_WRITE_TEMPLATE") != nullptr) {
        SaveFile(kTemplate, made);
    }
    const Package committed = Package::Open(kTemplate);
    const Package fresh = Package::Read(made, "fresh");
    REQUIRE(committed.Names() == fresh.Names());
    for (const auto& name : fresh.Names()) {
        CAPTURE(name);
        CHECK(committed.Part(name) == fresh.Part(name));
    }
}

TEST_CASE("page, margins, grid and type of the template are those of the standard") {
    const Package package = Package::Open(kTemplate);
    pugi::xml_document xml;
    REQUIRE(xml.load_string(package.Part("word/document.xml").c_str()));
    const auto section = xml.child("w:document").child("w:body").child("w:sectPr");
    const auto page = section.child("w:pgSz");
    const auto margins = section.child("w:pgMar");
    CHECK(page.attribute("w:w").as_int() == 11906);
    CHECK(page.attribute("w:h").as_int() == 16838);
    CHECK(margins.attribute("w:top").as_int() == 2098);
    CHECK(margins.attribute("w:left").as_int() == 1587);
    CHECK(margins.attribute("w:right").as_int() == 1474);
    CHECK(margins.attribute("w:bottom").as_int() == 1984);
    // 版心 156 × 225 mm, within a tenth of a millimetre (1 mm = 56.69 twips).
    CHECK(std::abs((11906 - 1587 - 1474) / 56.6929 - 156.0) < 0.1);
    CHECK(std::abs((16838 - 2098 - 1984) / 56.6929 - 225.0) < 0.1);
    const auto grid = section.child("w:docGrid");
    CHECK(std::string(grid.attribute("w:type").value()) == "lines");
    CHECK(grid.attribute("w:linePitch").as_int() == 579);

    pugi::xml_document styles;
    REQUIRE(styles.load_string(package.Part("word/styles.xml").c_str()));
    const auto find = [&](const char* name) {
        return styles.child("w:styles").find_child([&](const pugi::xml_node& node) {
            return std::string_view(node.child("w:name").attribute("w:val").value()) == name;
        });
    };
    const auto body = find("公文正文");
    REQUIRE(body);
    CHECK(body.child("w:rPr").child("w:sz").attribute("w:val").as_int() == 32);
    CHECK(body.child("w:rPr").child("w:spacing").attribute("w:val").as_int() == -5);
    CHECK(body.child("w:pPr").child("w:ind").attribute("w:firstLineChars").as_int() == 200);
    const auto font = [&](const char* name) {
        return std::string(
            find(name).child("w:rPr").child("w:rFonts").attribute("w:eastAsia").value()
        );
    };
    CHECK(font("公文正文") == "仿宋");
    CHECK(font("公文标题") == "方正小标宋简体");
    CHECK(font("公文一级标题") == "黑体");
    CHECK(font("公文二级标题") == "楷体");
    CHECK(find("公文标题").child("w:rPr").child("w:sz").attribute("w:val").as_int() == 44);
    CHECK(
        std::string(find("公文标题").child("w:pPr").child("w:jc").attribute("w:val").value()) ==
        "center"
    );

    // — 1 — in 4号宋体: odd pages right, even pages left.
    CHECK(package.Part("word/settings.xml").find("<w:evenAndOddHeaders/>") != std::string::npos);
    CHECK(package.Part("word/footer1.xml").find(R"(w:jc w:val="right")") != std::string::npos);
    CHECK(package.Part("word/footer2.xml").find(R"(w:jc w:val="left")") != std::string::npos);
    CHECK(find("footer").child("w:rPr").child("w:sz").attribute("w:val").as_int() == 28);
    for (const auto& name : package.Names()) {
        CHECK_FALSE(zw::EndsWith(name, ".odttf"));  // no font is embedded
    }
}

TEST_CASE("printed: 22 lines of 28 characters, page numbers at their sides") {
    if (!HasLibreOffice()) {
        MESSAGE("skipped: no LibreOffice here");
        return;
    }
    std::string text;
    for (int i = 0; i < 28 * 22 * 3; ++i) {
        text += "汉";
    }
    DocxTemplate form(Package::Open(kTemplate));
    CHECK(form.Fill(Body({TextParagraph(style::kBody, text)})).empty());
    const auto pages = Render(form.Bytes());
    REQUIRE(pages.size() >= 3);
    // The second page: 22 full lines and the number.
    REQUIRE(pages[1].size() == 23);
    for (size_t i = 0; i < 22; ++i) {
        CHECK(zw::Length(zw::Trim(pages[1][i])) == 28);
    }
    CHECK(zw::RemoveSpaces(pages[1][22]) == "—2—");
    CHECK(zw::RemoveSpaces(pages[0].back()) == "—1—");
    const auto indent = [](const std::string& line) { return line.find_first_not_of(' '); };
    CHECK(indent(pages[0].back()) > 20);
    CHECK(indent(pages[1].back()) < 10);
    // The first line of a paragraph is two characters in.
    const auto first = std::find_if(pages[0].begin(), pages[0].end(), [](const std::string& line) {
        return line.find("汉") != std::string::npos;
    });
    REQUIRE(first != pages[0].end());
    CHECK(zw::Length(zw::Trim(*first)) == 26);
}
