#pragma once
// Reads the text of a .docx (ECMA-376 WordprocessingML) as people see it: tracked insertions are
// text, deletions are not.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "document/package.h"

namespace zw::document {

// A named range of a paragraph's text, in bytes. One that goes on in later paragraphs ends with its
// first one.
struct Bookmark {
    std::string name;
    size_t begin = 0;
    size_t end = 0;
};

struct ReadParagraph {
    std::string
        style;         // the style's name, not its id; that of the default style when none is named
    std::string text;  // runs joined; tab "\t", line break "\n"
    std::vector<Bookmark> bookmarks;
    bool page_break_before = false;
};

struct ReadCell {
    size_t column = 0;   // from 0; cells that are covered by wider ones have no entry
    size_t columns = 1;  // columns covered
    bool continues =
        false;  // goes on the cell above (vertical merge): its text is that of the cell above
    std::vector<ReadParagraph> paragraphs;

    std::string Text() const;  // paragraphs joined by "\n"
};

struct ReadTable {
    std::vector<std::vector<ReadCell>> rows;
};

using ReadBlock = std::variant<ReadParagraph, ReadTable>;

struct ReadDocument {
    std::vector<ReadBlock> blocks;  // text boxes follow the paragraph that they hang on

    // All paragraphs in order, those in cells too.
    std::vector<const ReadParagraph*> Paragraphs() const;
    std::vector<const ReadTable*> Tables() const;
};

// Throws document_damaged, document_too_large.
ReadDocument ReadDocx(const Package& package);
ReadDocument ReadDocx(std::string_view bytes, std::string_view name);

}  // namespace zw::document
