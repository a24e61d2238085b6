#include "document/html.h"

#include <fmt/format.h>

#include "base/text.h"
#include "document/docx_template.h"
#include "document/xml.h"

namespace zw::document {

namespace {

constexpr std::string_view kCss = R"(
@page{size:A4;margin:37mm 26mm 35mm 28mm}
body{margin:2rem auto;max-width:156mm;padding:0 1rem;color:#000;background:#fff;
font:16pt/28.95pt "FangSong","仿宋","STFangsong","Noto Serif CJK SC",serif;text-align:justify}
h1{font:normal 22pt/1.5 "FZXiaoBiaoSong-B05S","方正小标宋简体","STZhongsong","Noto Serif CJK SC",serif;text-align:center}
h2,h3,h4{font-size:16pt;font-weight:normal;margin:0;text-indent:2em}
h2{font-family:"SimHei","黑体","Noto Sans CJK SC",sans-serif}
h3,.kai{font-family:"KaiTi","楷体","STKaiti","Noto Serif CJK SC",serif}
.hei{font-family:"SimHei","黑体","Noto Sans CJK SC",sans-serif}
p{margin:0;text-indent:2em}
p.flush,p.note,p.table-title,p.subtitle{text-indent:0}
p.subtitle,p.table-title{text-align:center}
p.signed{text-align:right;margin-right:4em;text-indent:0}
p.note{font-size:12pt;line-height:1.5}
table{border-collapse:collapse;width:100%;font-size:10.5pt;line-height:1.5;text-align:left}
td,th{border:1px solid #000;padding:2px 4px;vertical-align:middle}
th{text-align:center}
td.right{text-align:right}
.figure{color:inherit;text-decoration:underline dotted 1px;text-underline-offset:3px}
.pending{background:#ff0}
.break{break-before:page}
@media print{body{margin:0;padding:0;max-width:none}.figure{text-decoration:none}thead{display:table-header-group}tr{break-inside:avoid}}
)";

struct Element {
    const char* name;
    const char* css_class;
};

Element ElementOf(const std::string& name) {
    static const std::map<std::string, Element> kElements = {
        {style::kTitle, {"h1", ""}},
        {style::kSubtitle, {"p", "subtitle"}},
        {style::kHeading1, {"h2", ""}},
        {style::kHeading2, {"h3", ""}},
        {style::kHeading3, {"h4", ""}},
        {style::kFlush, {"p", "flush"}},
        {style::kSigned, {"p", "signed"}},
        {style::kTableTitle, {"p", "table-title"}},
        {style::kNote, {"p", "note"}},
    };
    const auto found = kElements.find(name);
    return found == kElements.end() ? Element{"p", ""} : found->second;
}

std::string Attribute(std::string_view name, std::string_view value) {
    return value.empty() ? std::string() : fmt::format(" {}=\"{}\"", name, EscapeXml(value));
}

std::string TextHtml(const std::string& text) {
    return ReplaceAll(EscapeXml(text), "\n", "<br>");
}

std::string SpanHtml(const Span& span) {
    std::string classes = span.mark.empty() ? "" : "figure";
    const auto add = [&](const char* name) {
        classes += (classes.empty() ? "" : " ") + std::string(name);
    };
    if (span.pending) {
        add("pending");
    }
    if (span.look == style::kHeading2) {
        add("kai");
    } else if (span.look == style::kHeading1) {
        add("hei");
    }
    std::string text = TextHtml(span.text);
    if (span.bold) {
        text = "<b>" + text + "</b>";
    }
    if (classes.empty() && span.link.empty()) {
        return text;
    }
    std::string attributes = Attribute("class", classes);
    if (!span.mark.empty()) {
        attributes += Attribute("id", BookmarkName(span.mark));
    }
    for (const auto& [name, value] : span.data) {
        attributes += Attribute("data-" + name, value);
    }
    const char* element = "span";
    if (!span.link.empty()) {
        element = "a";
        attributes += Attribute("href", span.link);
    } else if (!span.mark.empty()) {
        element = "data";
        const auto value = span.data.find("value");
        attributes += fmt::format(
            " value=\"{}\"", EscapeXml(value == span.data.end() ? span.text : value->second)
        );
    }
    return fmt::format("<{0}{1}>{2}</{0}>", element, attributes, text);
}

std::string SpansHtml(const std::vector<Span>& spans) {
    std::string html;
    for (const auto& span : spans) {
        html += SpanHtml(span);
    }
    return html;
}

std::string ParagraphHtml(const Paragraph& paragraph) {
    const Element element = ElementOf(paragraph.style);
    std::string classes = element.css_class;
    if (paragraph.page_break_before) {
        classes += classes.empty() ? "break" : " break";
    }
    return fmt::format(
        "<{0}{1}>{2}</{0}>\n", element.name, Attribute("class", classes), SpansHtml(paragraph.spans)
    );
}

std::string CellHtml(const Cell& cell) {
    const char* element = cell.heading ? "th" : "td";
    std::string attributes = cell.right ? " class=\"right\"" : "";
    if (cell.columns > 1) {
        attributes += fmt::format(" colspan=\"{}\"", cell.columns);
    }
    return fmt::format("<{0}{1}>{2}</{0}>", element, attributes, SpansHtml(cell.spans));
}

std::string TableHtml(const Table& table) {
    std::string html = "<table>\n";
    const auto rows = [&](size_t from, size_t to) {
        for (size_t i = from; i < to; ++i) {
            html += "<tr>";
            for (const auto& cell : table.rows[i]) {
                html += CellHtml(cell);
            }
            html += "</tr>\n";
        }
    };
    const size_t heading = std::min(table.heading_rows, table.rows.size());
    html += "<thead>\n";
    rows(0, heading);
    html += "</thead>\n<tbody>\n";
    rows(heading, table.rows.size());
    return html + "</tbody>\n</table>\n";
}

}  // namespace

std::string WriteHtmlFragment(const std::vector<Block>& blocks) {
    std::string html;
    for (const auto& block : blocks) {
        const auto* table = std::get_if<Table>(&block);
        html += table != nullptr ? TableHtml(*table) : ParagraphHtml(std::get<Paragraph>(block));
    }
    return html;
}

std::string WriteHtml(const HtmlPage& page) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</"
        "html>\n",
        EscapeXml(page.title),
        kCss,
        WriteHtmlFragment(page.blocks)
    );
}

}  // namespace zw::document
