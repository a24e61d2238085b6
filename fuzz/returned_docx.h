#pragma once
// A report as the program printed it, and a .docx made of lines of text: mutations of XML seldom
// change what people change, words and figures.
//
// A line is a paragraph; "\x01" begins the figure whose number is the next byte, "\x02" ends it.

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "document/docx_template.h"
#include "report/reports.h"

namespace zw::fuzz {

inline const std::vector<std::string>& SlotIds() {
    static const std::vector<std::string> ids = {"s1", "s2", "s3", "s4", "s5"};
    return ids;
}

// Text and figures by turns: figures at odd places.
inline std::vector<document::Span> Spans(const std::vector<std::string>& texts, size_t first) {
    std::vector<document::Span> spans;
    for (size_t i = 0; i < texts.size(); ++i) {
        document::Span span;
        span.text = texts[i];
        span.mark = i % 2 == 0 ? "" : SlotIds()[first + i / 2];
        spans.push_back(span);
    }
    return spans;
}

inline report::Rendered Printed() {
    report::Rendered rendered;
    rendered.title_spans = Spans({"柳湾镇", "2023", "年工作报告"}, 0);
    const std::vector<std::pair<size_t, std::vector<std::string>>> paragraphs = {
        {1, {"一、农业"}},
        {1, {"蔬菜产量", "2,440吨", "，增长", "3.2%", "。种植面积不变；"}},
        {3, {"牛舍", "276座", "。推进大户承包。加快新农村建设。"}},
        {4, {"全镇", "18", "个村"}},
    };
    for (size_t i = 0; i < paragraphs.size(); ++i) {
        report::RenderedParagraph paragraph;
        paragraph.paragraph = static_cast<int64_t>(i + 1);
        paragraph.chapter = "a";
        paragraph.content.spans = Spans(paragraphs[i].second, paragraphs[i].first);
        rendered.paragraphs.push_back(paragraph);
    }
    for (const std::string& id : SlotIds()) {
        report::ResolvedSlot slot;
        slot.id = id;
        slot.kind = "figure";
        slot.label = "数" + id;
        rendered.slots.push_back(slot);
    }
    return rendered;
}

// The same paragraphs as a draft holds them.
inline std::vector<report::EditionParagraph> Written() {
    const std::vector<std::string> texts = {
        "一、农业",
        "蔬菜产量{{s2=output}}，增长{{s3=output|同比}}。种植面积不变；",
        "牛舍{{s4=sheds}}。推进大户承包。{{if sheds > 1}}加快新农村建设。{{end}}",
        "全镇{{s5=villages}}个村"};
    std::vector<report::EditionParagraph> paragraphs;
    for (size_t i = 0; i < texts.size(); ++i) {
        report::EditionParagraph paragraph;
        paragraph.id = static_cast<int64_t>(i + 1);
        paragraph.position = static_cast<int>(i + 1) * 10;
        paragraph.chapter = "a";
        paragraph.style = "body";
        paragraph.text = texts[i];
        paragraphs.push_back(paragraph);
    }
    return paragraphs;
}

inline std::string Bookmark(const char* end, size_t number) {
    const std::string id = std::to_string(number);
    return std::string("<w:bookmark") + end + " w:id=\"" + id + "\" w:name=\"" +
           document::BookmarkName(SlotIds()[number]) + "\"/>";
}

inline std::string Run(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        escaped += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    }
    return "<w:r><w:t xml:space=\"preserve\">" + escaped + "</w:t></w:r>";
}

inline std::string DocumentOf(std::string_view lines) {
    std::string xml = "<w:document xmlns:w=\"w\"><w:body>";
    for (const std::string& line : Split(lines, '\n')) {
        xml += "<w:p>";
        std::string text;
        size_t open = SlotIds().size();
        const auto flush = [&] {
            xml += text.empty() ? "" : Run(text);
            text.clear();
        };
        for (size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '\x01' && i + 1 < line.size()) {
                flush();
                open = static_cast<unsigned char>(line[++i]) % SlotIds().size();
                xml += Bookmark("Start", open);
            } else if (line[i] == '\x02' && open < SlotIds().size()) {
                flush();
                xml += Bookmark("End", open);
            } else {
                text += line[i];
            }
        }
        flush();
        xml += "</w:p>";
    }
    return xml + "</w:body></w:document>";
}

}  // namespace zw::fuzz
