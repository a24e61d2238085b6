#pragma once
// Spans, paragraphs and tables as WordprocessingML. For this module's own files.

#include <pugixml.hpp>

#include <map>
#include <set>
#include <string>

#include "document/content.h"

namespace zw::document {

class BlockWriter {
public:
    // Reads what it must not repeat (bookmark names and numbers) and the width of the text from the
    // main part; style names from the styles part.
    BlockWriter(const pugi::xml_document& main, const pugi::xml_document& styles);

    // Runs before `hole`, in the type face of `hole`'s own w:rPr.
    void PutSpans(pugi::xml_node hole, const std::vector<Span>& spans);
    // Paragraphs and tables before `place`, a w:p whose properties are taken where the template has
    // no such style.
    void PutBlocks(pugi::xml_node place, const std::vector<Block>& blocks);

    std::vector<std::string> StyleNames() const;

private:
    struct Style {
        std::string id;
        pugi::xml_node face;  // its w:rPr
    };

    void PutRun(pugi::xml_node hole, const Span& span, const pugi::xml_node& base);
    void PutParagraph(pugi::xml_node place, const Paragraph& paragraph);
    void PutTable(pugi::xml_node place, const Table& table);
    void PutRow(
        pugi::xml_node table, const Table& what, size_t row, const std::vector<int>& widths
    );
    void PutCell(pugi::xml_node row, const Cell& cell, int width);
    const Style* FindStyle(const std::string& name) const;
    std::string FreshBookmark(std::string_view mark);

    std::map<std::string, Style> styles_;
    std::set<std::string> bookmarks_;
    int next_id_ = 1;
    int text_width_ = 8845;  // twips
};

}  // namespace zw::document
