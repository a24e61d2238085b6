#pragma once
// The text of a paragraph (w:p) over its runs, and cutting a range out of it wherever Word has
// split it. For this module's own files. Offsets are bytes of the paragraph's text.

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace zw::document {

struct RunPiece {
    pugi::xml_node run;
    size_t begin = 0;
    std::string text;
};

// Runs of the paragraph itself, in order: not those of paragraphs in its text boxes, not deleted
// ones.
std::vector<RunPiece> RunsOf(const pugi::xml_node& paragraph);
std::string ParagraphText(const pugi::xml_node& paragraph);

// Takes the text [begin, end), which must not be empty, out of the paragraph and leaves an empty
// run with the type face of its first character in its place. Runs around it keep their own.
pugi::xml_node CutRange(const pugi::xml_node& paragraph, size_t begin, size_t end);

struct Placeholder {
    size_t begin = 0;  // of the first brace
    size_t end = 0;    // behind the last one
    std::string name;  // trimmed
};

// Innermost {{…}} of a text, in order.
std::vector<Placeholder> FindPlaceholders(std::string_view text);

}  // namespace zw::document
