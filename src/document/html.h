#pragma once
// A page of its own in HTML: no script, no request to anywhere, printed on A4 like the .docx.

#include <string>
#include <vector>

#include "document/content.h"

namespace zw::document {

struct HtmlPage {
    std::string title;
    std::vector<Block> blocks;
};

// Everything from content is escaped. Titles and headings are h1 to h4; a marked span is an element
// with class "figure", id zw_<mark> and its data-… attributes (a link where `link` is given, else
// <data>); pending ones carry class "pending".
std::string WriteHtml(const HtmlPage& page);

// The blocks alone, without head and style: for a page of the program.
std::string WriteHtmlFragment(const std::vector<Block>& blocks);

}  // namespace zw::document
