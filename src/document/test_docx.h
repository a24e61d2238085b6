#pragma once
// For this module's tests: small packages written by hand, so that the reader is not tested by the
// writer.

#include <string>

#include "document/package.h"

namespace zw::document {

inline Package HandMade(const std::string& body, const std::string& styles = "") {
    const std::string space =
        R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")"
        R"( xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006")";
    Package package;
    package.Set(
        "[Content_Types].xml",
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)"
    );
    package.Set(
        "word/document.xml", "<w:document" + space + "><w:body>" + body + "</w:body></w:document>"
    );
    if (!styles.empty()) {
        package.Set("word/styles.xml", "<w:styles" + space + ">" + styles + "</w:styles>");
    }
    return package;
}

inline std::string Run(const std::string& text, const std::string& properties = "") {
    return "<w:r>" + (properties.empty() ? "" : "<w:rPr>" + properties + "</w:rPr>") +
           "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}

inline std::string Para(const std::string& inside) {
    return "<w:p>" + inside + "</w:p>";
}

}  // namespace zw::document
