#pragma once
// What a document says, whatever it is written as: paragraphs of spans, and tables. Plain values.

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace zw::document {

// Names of paragraph styles that the official layout (GB/T 9704-2012) defines; a template may
// define others.
namespace style {
inline constexpr const char* kTitle = "公文标题";         // 2号小标宋, centred
inline constexpr const char* kSubtitle = "公文副标题";    // 3号楷体, centred
inline constexpr const char* kHeading1 = "公文一级标题";  // 一、 黑体
inline constexpr const char* kHeading2 = "公文二级标题";  // （一） 楷体
inline constexpr const char* kHeading3 = "公文三级标题";  // 1. 仿宋
inline constexpr const char* kBody = "公文正文";          // 3号仿宋, indent 2
inline constexpr const char* kFlush = "公文顶格";         // 3号仿宋, no indent
inline constexpr const char* kSigned = "公文落款";        // right, 4 characters in
inline constexpr const char* kTableTitle = "公文表题";
inline constexpr const char* kTableText = "公文表格";
inline constexpr const char* kNote = "公文附注";
}  // namespace style

struct Span {
    std::string text;      // UTF-8; "\n" is a line break, "\t" a tab
    std::string mark;      // id of a figure: bookmark zw_<mark> in .docx, an element of its own in
                           // .html; empty: plain text
    bool pending = false;  // 待填: yellow
    bool bold = false;
    std::string look;  // name of a paragraph style whose type face the span takes (a heading run
                       // into its paragraph)
    std::string
        link;  // where the .html element leads, "#zw_…" within the page; a .docx carries no links
    std::map<std::string, std::string> data;  // data-… attributes of the .html element of a mark
};

struct Paragraph {
    std::string style = style::kBody;
    std::vector<Span> spans;
    bool page_break_before = false;
};

struct Cell {
    std::vector<Span> spans;
    int columns = 1;     // columns it covers
    bool right = false;  // numbers
    bool heading = false;
};

struct Table {
    std::vector<std::vector<Cell>> rows;
    size_t heading_rows = 1;  // repeated on each page
    std::vector<int> widths;  // shares of the text width, one per column
};

using Block = std::variant<Paragraph, Table>;

inline Paragraph TextParagraph(std::string style_name, std::string text) {
    Span span;
    span.text = std::move(text);
    return {std::move(style_name), {std::move(span)}, false};
}

inline Cell TextCell(std::string text, bool right = false, bool heading = false) {
    Cell cell;
    Span span;
    span.text = std::move(text);
    cell.spans.push_back(std::move(span));
    cell.right = right;
    cell.heading = heading;
    return cell;
}

inline std::string PlainText(const std::vector<Span>& spans) {
    std::string text;
    for (const auto& span : spans) {
        text += span.text;
    }
    return text;
}

}  // namespace zw::document
