#include "document/html.h"

#include <doctest/doctest.h>
#include <pugixml.hpp>

using namespace zw::document;

namespace {

Span Figure() {
    Span span;
    span.text = "508";
    span.mark = "p9";
    span.data = {
        {"indicator", "steel"}, {"value", "508"}, {"note", "\"><script>alert(1)</script>"}};
    return span;
}

bool Has(const std::string& text, std::string_view what) {
    return text.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("headings, paragraphs and figures are elements of their own") {
    Paragraph body;
    body.spans = {Span{}, Figure()};
    body.spans[0].text = "建成<大棚> & \"座\"";
    const std::string html = WriteHtml(
        {"题<目>",
         {TextParagraph(style::kTitle, "标题"),
          TextParagraph(style::kHeading1, "一、"),
          Block(body)}}
    );
    CHECK(Has(html, "<title>题&lt;目&gt;</title>"));
    CHECK(Has(html, "<h1>标题</h1>"));
    CHECK(Has(html, "<h2>一、</h2>"));
    CHECK(Has(html, "建成&lt;大棚&gt; &amp; &quot;座&quot;"));
    CHECK(Has(html, R"(<data class="figure" id="zw_p9" data-indicator="steel")"));
    CHECK(Has(html, R"( value="508">508</data>)"));
    CHECK_FALSE(Has(html, "<script"));
    CHECK_FALSE(Has(html, "http://"));
    CHECK_FALSE(Has(html, "https://"));
    CHECK(Has(html, "@page{size:A4;margin:37mm 26mm 35mm 28mm}"));
}

TEST_CASE("pending, links and tables") {
    Span pending;
    pending.text = "【待填：产值】";
    pending.pending = true;
    Span link = Figure();
    link.link = "#zw_annex_p9";
    Table table;
    Cell head;
    head.spans = {Span{}};
    head.spans[0].text = "列";
    head.heading = true;
    head.columns = 2;
    Cell cell;
    cell.spans = {pending, link};
    cell.right = true;
    table.rows = {{head}, {cell, cell}};
    const std::string html = WriteHtmlFragment({Block(table)});
    CHECK(Has(html, R"(<th colspan="2">列</th>)"));
    CHECK(Has(html, R"(<td class="right"><span class="pending">【待填：产值】</span>)"));
    CHECK(Has(html, R"(href="#zw_annex_p9">508</a>)"));
    pugi::xml_document xml;
    CHECK(xml.load_string(html.c_str()));
}
