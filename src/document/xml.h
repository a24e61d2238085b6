#pragma once
// XML parts of a package through pugixml, which knows no external or declared entities; parts that
// carry a document type are refused. For this module's own files.

#include <pugixml.hpp>

#include <string>
#include <string_view>

#include "document/package.h"

namespace zw::document {

// Throws document_damaged: not well-formed, a document type, nested deeper than 256 elements.
void ParseXml(
    std::string_view content, std::string_view file, std::string_view part, pugi::xml_document& out
);
// Without added white space, UTF-8, with a declaration.
std::string WriteXml(const pugi::xml_document& document);
// & < > " and ' as references; characters that XML 1.0 cannot hold are dropped.
std::string EscapeXml(std::string_view text);

inline bool Is(const pugi::xml_node& node, const char* name) {
    return std::string_view(node.name()) == name;
}

// The part that holds the main text: by the package's relationships, "word/document.xml" as a rule.
std::string MainPart(const Package& package);

// Text that a run (w:r) shows: w:t, tabs as "\t", breaks as "\n"; field codes and deleted text are
// not shown.
std::string RunText(const pugi::xml_node& run);

}  // namespace zw::document
