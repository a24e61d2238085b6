#pragma once
// Small .docx files, made as Word makes them.

#include <string>
#include <vector>

#include "tests/sheet/made_files.h"

namespace zw::sheet::test {

enum class Down { kAlone, kBegins, kContinues };  // vMerge

struct WordCell {
    std::string text;
    int span = 1;
    Down down = Down::kAlone;
};

inline std::string WordParagraph(const std::string& text) {
    return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

// `inside`: the XML of the cell's content.
inline std::string WordCellXml(const std::string& inside, int span = 1, Down down = Down::kAlone) {
    std::string properties;
    if (span > 1) {
        properties += "<w:gridSpan w:val=\"" + std::to_string(span) + "\"/>";
    }
    if (down != Down::kAlone) {
        properties += down == Down::kBegins ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>";
    }
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + inside + "</w:tc>";
}

inline std::string WordTable(const std::vector<std::vector<WordCell>>& rows) {
    std::string xml = "<w:tbl><w:tblPr/>";
    for (const auto& row : rows) {
        xml += "<w:tr>";
        for (const WordCell& cell : row) {
            xml += WordCellXml(WordParagraph(cell.text), cell.span, cell.down);
        }
        xml += "</w:tr>";
    }
    return xml + "</w:tbl>";
}

inline Parts DocxParts(const std::string& body) {
    const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {
        {"_rels/.rels",
         "<Relationships><Relationship Id=\"rId1\" Type=\"" + type +
             "officeDocument\" Target=\"word/document.xml\"/></Relationships>"},
        {"word/document.xml",
         "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
         "<w:body>" +
             body + "</w:body></w:document>"}};
}

}  // namespace zw::sheet::test
