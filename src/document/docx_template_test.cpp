#include "document/docx_template.h"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include "base/problem.h"
#include "document/docx_read.h"
#include "document/test_docx.h"

using namespace zw::document;

namespace {

Span Text(std::string text) {
    Span span;
    span.text = std::move(text);
    return span;
}

Span Marked(std::string text, std::string mark) {
    Span span = Text(std::move(text));
    span.mark = std::move(mark);
    return span;
}

Filling Values(std::map<std::string, std::vector<Span>> values) {
    Filling filling;
    filling.value = [values = std::move(values)](std::string_view name) -> std::optional<Content> {
        const auto found = values.find(std::string(name));
        return found == values.end() ? std::nullopt : std::optional<Content>(found->second);
    };
    return filling;
}

struct Filled {
    std::vector<std::string> unknown;
    std::string xml;
    ReadDocument document;
};

Filled FillBody(const std::string& body, const Filling& filling, const std::string& styles = "") {
    DocxTemplate form(HandMade(body, styles));
    Filled result;
    result.unknown = form.Fill(filling);
    const Package package = Package::Read(form.Bytes(), "filled");
    result.xml = package.Part("word/document.xml");
    result.document = ReadDocx(package);
    return result;
}

std::string FaultOf(const std::string& body, const Filling& filling) {
    try {
        FillBody(body, filling);
    } catch (const zw::Problem& problem) {
        return problem.code();
    }
    return "";
}

}  // namespace

TEST_CASE("a placeholder split over runs at every place is replaced, its neighbours stay") {
    const std::string text = "建成{{p9}}座，其中{{p10}}座";
    for (size_t first = 1; first < text.size(); ++first) {
        if ((static_cast<unsigned char>(text[first]) & 0xC0U) == 0x80) {
            continue;
        }
        for (size_t second = first; second < text.size(); second += 5) {
            if ((static_cast<unsigned char>(text[second]) & 0xC0U) == 0x80) {
                continue;
            }
            const std::string body = Para(
                Run(text.substr(0, first), "<w:b/>") + "<w:proofErr/>" +
                Run(text.substr(first, second - first), "<w:i/>") + Run(text.substr(second))
            );
            const auto filled =
                FillBody(body, Values({{"p9", {Marked("508", "p9")}}, {"p10", {Text("8")}}}));
            CHECK(filled.document.Paragraphs()[0]->text == "建成508座，其中8座");
            REQUIRE(filled.document.Paragraphs()[0]->bookmarks.size() == 1);
            const auto& mark = filled.document.Paragraphs()[0]->bookmarks[0];
            CHECK(mark.name == "zw_p9");
            CHECK(
                filled.document.Paragraphs()[0]->text.substr(mark.begin, mark.end - mark.begin) ==
                "508"
            );
            CHECK(filled.unknown.empty());
        }
    }
}

TEST_CASE("the value takes the type face of the placeholder's first character") {
    const auto filled =
        FillBody(Para(Run("a{{", "<w:b/>") + Run("x}}c", "<w:i/>")), Values({{"x", {Text("V")}}}));
    pugi::xml_document xml;
    REQUIRE(xml.load_string(filled.xml.c_str()));
    std::vector<std::string> faces;
    for (const auto& run : xml.child("w:document").child("w:body").child("w:p").children("w:r")) {
        faces.push_back(
            std::string(run.child("w:rPr").first_child().name()) + ":" +
            run.child("w:t").text().get()
        );
    }
    CHECK(faces == std::vector<std::string>{"w:b:a", "w:b:V", "w:i:c"});
}

TEST_CASE("an unknown placeholder stays and is reported once, in order") {
    const auto filled = FillBody(Para(Run("{{ b }}{{a}}{{b}}")), Values({}));
    CHECK(filled.unknown == std::vector<std::string>{"b", "a"});
    CHECK(filled.document.Paragraphs()[0]->text == "{{ b }}{{a}}{{b}}");
}

TEST_CASE("braces of a value are text, never a placeholder") {
    const auto filled =
        FillBody(Para(Run("{{a}}")), Values({{"a", {Text("{{b}}<&>")}}, {"b", {Text("no")}}}));
    CHECK(filled.document.Paragraphs()[0]->text == "{{b}}<&>");
}

TEST_CASE("pending is yellow, line breaks and tabs survive") {
    Span pending = Text("【待填：产值】\n1\t2");
    pending.pending = true;
    const auto filled = FillBody(
        Para(Run("{{v}}", "<w:sz w:val=\"32\"/><w:u w:val=\"single\"/>")),
        Values({{"v", {pending}}})
    );
    CHECK(filled.document.Paragraphs()[0]->text == "【待填：产值】\n1\t2");
    CHECK(
        filled.xml.find(R"(<w:sz w:val="32"/><w:highlight w:val="yellow"/><w:u w:val="single"/>)"
        ) != std::string::npos
    );
}

TEST_CASE("rows repeat, inner values first, outer ones where the item knows none") {
    Filling filling = Values({{"town", {Text("镇")}}});
    filling.each = [](std::string_view name) -> std::optional<std::vector<Filling>> {
        if (name != "villages") {
            return std::nullopt;
        }
        return std::vector<Filling>{Values({{"n", {Text("1")}}}), Values({{"n", {Text("2")}}})};
    };
    const auto row = [](const std::string& a, const std::string& b) {
        return "<w:tr><w:tc>" + Para(Run(a)) + "</w:tc><w:tc>" + Para(Run(b)) + "</w:tc></w:tr>";
    };
    const std::string table = "<w:tbl>" + row("号", "镇") +
                              row("{{each villages}}{{n}}", "{{town}}{{end}}") + row("合计", "") +
                              "</w:tbl>";
    const auto filled = FillBody(table, filling);
    const auto& rows = filled.document.Tables()[0]->rows;
    REQUIRE(rows.size() == 4);
    CHECK(rows[1][0].Text() == "1");
    CHECK(rows[1][1].Text() == "镇");
    CHECK(rows[2][0].Text() == "2");
    CHECK(rows[3][0].Text() == "合计");
    CHECK(filled.unknown.empty());
}

TEST_CASE("paragraphs repeat, nested, and none when there are no items") {
    Filling filling;
    filling.each = [](std::string_view name) -> std::optional<std::vector<Filling>> {
        if (name == "none") {
            return std::vector<Filling>{};
        }
        if (name != "outer") {
            return std::nullopt;
        }
        std::vector<Filling> items;
        for (const char* text : {"甲", "乙"}) {
            Filling item = Values({{"o", {Text(text)}}});
            item.each = [](std::string_view inner) -> std::optional<std::vector<Filling>> {
                if (inner != "inner") {
                    return std::nullopt;
                }
                return std::vector<Filling>{
                    Values({{"i", {Text("x")}}}), Values({{"i", {Text("y")}}})};
            };
            items.push_back(std::move(item));
        }
        return items;
    };
    const std::string body =
        Para(Run("{{each outer}}")) + Para(Run("{{o}}")) + Para(Run("{{each inner}}")) +
        Para(Run("{{o}}{{i}}")) + Para(Run("{{end}}")) + Para(Run("{{end}}")) +
        Para(Run("{{each none}}")) + Para(Run("gone")) + Para(Run("{{end}}")) + Para(Run("尾"));
    const auto filled = FillBody(body, filling);
    std::vector<std::string> texts;
    for (const auto* paragraph : filled.document.Paragraphs()) {
        texts.push_back(paragraph->text);
    }
    CHECK(texts == std::vector<std::string>{"甲", "甲x", "甲y", "乙", "乙x", "乙y", "尾"});
}

TEST_CASE("blocks take the place of a paragraph, in the template's own styles") {
    Filling filling;
    filling.value = [](std::string_view name) -> std::optional<Content> {
        if (name != "body") {
            return std::nullopt;
        }
        Table table;
        table.widths = {1, 3};
        Cell wide;
        wide.spans = {Text("宽")};
        wide.columns = 2;
        wide.heading = true;
        Cell number;
        number.spans = {Text("12")};
        number.right = true;
        table.rows = {{wide}, {number, number}};
        return std::vector<Block>{
            TextParagraph(style::kHeading1, "一、标题"),
            TextParagraph("无此样式", "正文"),
            Block(table),
            Block(table)};
    };
    const auto filled = FillBody(
        Para("<w:pPr><w:ind w:left=\"5\"/></w:pPr>" + Run("{{body}}", "<w:sz w:val=\"20\"/>")) +
            Para(Run("尾")),
        filling,
        R"(<w:style w:type="paragraph" w:styleId="q"><w:name w:val="公文一级标题"/></w:style>)"
    );
    const auto paragraphs = filled.document.Paragraphs();
    CHECK(paragraphs[0]->style == "公文一级标题");
    CHECK(paragraphs[1]->text == "正文");
    CHECK(paragraphs.back()->text == "尾");
    CHECK(filled.xml.find("{{body}}") == std::string::npos);
    // A style that the template does not know: the placeholder's own properties.
    CHECK(
        filled.xml.find(
            R"(<w:pPr><w:ind w:left="5"/></w:pPr><w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">正文)"
        ) != std::string::npos
    );
    REQUIRE(filled.document.Tables().size() == 2);
    CHECK(filled.document.Tables()[0]->rows[0][0].columns == 2);
    CHECK(filled.document.Tables()[0]->rows[1][1].Text() == "12");
    CHECK(filled.xml.find("<w:tblHeader/>") != std::string::npos);
}

TEST_CASE("a template that cannot be filled is refused") {
    Filling blocks;
    blocks.value = [](std::string_view) -> std::optional<Content> {
        return std::vector<Block>{TextParagraph(style::kBody, "x")};
    };
    CHECK(FaultOf(Para(Run("前{{body}}")), blocks) == "template_fault");
    CHECK(FaultOf(Para(Run("{{each a}}")) + Para(Run("x")), Values({})) == "template_fault");
}

TEST_CASE("bookmark names fit Word and never meet twice") {
    CHECK(BookmarkName("p9") == "zw_p9");
    CHECK(BookmarkName("s12@柳湾").find_first_not_of("zws12_") == std::string::npos);
    CHECK(BookmarkName(std::string(100, 'a')).size() == 40);
    const auto filled = FillBody(
        Para(
            R"(<w:bookmarkStart w:id="5" w:name="zw_a"/><w:bookmarkEnd w:id="5"/>)" +
            Run("{{a}}{{b}}")
        ),
        Values({{"a", {Marked("1", "a")}}, {"b", {Marked("2", "a")}}})
    );
    const auto& marks = filled.document.Paragraphs()[0]->bookmarks;
    REQUIRE(marks.size() == 3);
    CHECK(marks[1].name == "zw_a_2");
    CHECK(marks[2].name == "zw_a_3");
    CHECK(filled.xml.find(R"(w:id="6")") != std::string::npos);
}

TEST_CASE("placeholders are listed, headers, footers and properties too") {
    Package package = HandMade(Para(Run("{{t") + Run("own}}")));
    const std::string space =
        R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
    package.Set("word/footer1.xml", "<w:ftr" + space + ">" + Para(Run("{{foot}}")) + "</w:ftr>");
    package.Set(
        "docProps/core.xml",
        R"(<cp:p xmlns:cp="c" xmlns:dc="d"><dc:title>《{{town}}》{{title}}</dc:title></cp:p>)"
    );
    DocxTemplate form(package);
    CHECK(form.Placeholders() == std::vector<std::string>{"town", "foot", "title"});
    CHECK(
        form.Fill(Values({{"town", {Text("镇")}}, {"foot", {Text("脚")}}})) ==
        std::vector<std::string>{"title"}
    );
    const Package filled = Package::Read(form.Bytes(), "x");
    CHECK(filled.Part("word/footer1.xml").find("脚") != std::string::npos);
    CHECK(filled.Part("docProps/core.xml").find("《镇》{{title}}") != std::string::npos);
}

TEST_CASE("conditions keep the branch that holds, inside a paragraph and over whole ones") {
    Filling filling = Values({{"n", {Text("286人")}}});
    filling.holds = [](std::string_view formula) -> std::optional<bool> {
        if (formula == "yes") {
            return true;
        }
        return formula == "no" ? std::optional(false) : std::nullopt;
    };
    const auto text = [&](const std::string& body) {
        std::string all;
        const Filled filled = FillBody(body, filling);
        for (const auto* paragraph : filled.document.Paragraphs()) {
            all += paragraph->text + "|";
        }
        return all;
    };
    // Word splits marks over runs.
    CHECK(
        text(Para(Run("现有{{i") + Run("f yes}}{{n}}{{el") + Run("se}}无{{end}}。"))) ==
        "现有286人。|"
    );
    CHECK(text(Para(Run("现有{{if no}}{{n}}{{else}}无{{end}}。"))) == "现有无。|");
    CHECK(text(Para(Run("甲{{if no}}乙{{end}}丙"))) == "甲丙|");
    CHECK(text(Para(Run("{{if yes}}甲{{if no}}乙{{else}}丙{{end}}丁{{end}}"))) == "甲丙丁|");
    const auto block = [&](const std::string& formula) {
        return text(
            Para(Run("头")) + Para(Run("{{if " + formula + "}}")) + Para(Run("是{{n}}")) +
            Para(Run("{{if no}}")) + Para(Run("内")) + Para(Run("{{end}}")) +
            Para(Run("{{else}}")) + Para(Run("否")) + Para(Run("{{end}}")) + Para(Run("尾"))
        );
    };
    CHECK(block("yes") == "头|是286人|尾|");
    CHECK(block("no") == "头|否|尾|");
    // A formula that nobody knows stays and is told.
    const auto filled = FillBody(Para(Run("甲{{if what}}乙{{end}}丙")), filling);
    CHECK(filled.unknown == std::vector<std::string>{"if what", "end"});
    CHECK(FaultOf(Para(Run("甲{{if yes}}乙")), filling) == "template_fault");
    CHECK(FaultOf(Para(Run("{{if yes}}")) + Para(Run("乙")), filling) == "template_fault");
}
