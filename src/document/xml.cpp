#include "document/xml.h"

#include <sstream>

#include "base/problem.h"
#include "base/text.h"

namespace zw::document {

namespace {

constexpr int kMaxDepth = 256;

[[noreturn]] void Damaged(std::string_view file, std::string_view part, std::string_view what) {
    throw Problem(
        "document_damaged",
        {{"name", std::string(file)}, {"what", std::string(part) + ": " + std::string(what)}}
    );
}

// Deeper nesting is refused before any recursive walk. Steps through the tree without recursion.
bool TooDeep(const pugi::xml_document& document) {
    int depth = 0;
    pugi::xml_node node = document.first_child();
    while (node) {
        if (node.first_child()) {
            node = node.first_child();
            if (++depth > kMaxDepth) {
                return true;
            }
            continue;
        }
        while (node && !node.next_sibling()) {
            node = node.parent();
            --depth;
        }
        if (node) {
            node = node.next_sibling();
        }
    }
    return false;
}

}  // namespace

void ParseXml(
    std::string_view content, std::string_view file, std::string_view part, pugi::xml_document& out
) {
    constexpr unsigned kFlags =
        pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype | pugi::parse_declaration;
    const auto result = out.load_buffer(content.data(), content.size(), kFlags);
    if (!result) {
        Damaged(file, part, result.description());
    }
    for (const auto& node : out.children()) {
        if (node.type() == pugi::node_doctype) {
            Damaged(file, part, "document type");
        }
    }
    if (!out.document_element()) {
        Damaged(file, part, "empty");
    }
    if (TooDeep(out)) {
        Damaged(file, part, "nesting");
    }
}

std::string WriteXml(const pugi::xml_document& document) {
    std::ostringstream out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    return out.str();
}

std::string EscapeXml(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char32_t point : ToCodePoints(text)) {
        switch (point) {
            case U'&':
                out += "&amp;";
                break;
            case U'<':
                out += "&lt;";
                break;
            case U'>':
                out += "&gt;";
                break;
            case U'"':
                out += "&quot;";
                break;
            case U'\'':
                out += "&#39;";
                break;
            default: {
                const bool control = point < 0x20 && point != U'\t' && point != U'\n';
                if (!control && point != 0xFFFE && point != 0xFFFF) {
                    AppendUtf8(out, point);
                }
            }
        }
    }
    return out;
}

std::string MainPart(const Package& package) {
    constexpr std::string_view kRelations = "_rels/.rels";
    if (package.Has(kRelations)) {
        pugi::xml_document relations;
        ParseXml(package.Part(kRelations), package.name(), kRelations, relations);
        for (const auto& relation : relations.document_element().children("Relationship")) {
            if (EndsWith(relation.attribute("Type").value(), "/officeDocument")) {
                std::string target = relation.attribute("Target").value();
                if (StartsWith(target, "/")) {
                    target.erase(0, 1);
                }
                return target;
            }
        }
    }
    return "word/document.xml";
}

std::string RunText(const pugi::xml_node& run) {
    std::string text;
    for (const auto& child : run.children()) {
        if (Is(child, "w:t")) {
            text += child.text().get();
        } else if (Is(child, "w:tab") || Is(child, "w:ptab")) {
            text += '\t';
        } else if (Is(child, "w:br") || Is(child, "w:cr")) {
            text += '\n';
        } else if (Is(child, "w:noBreakHyphen")) {
            text += '-';
        }
    }
    return text;
}

}  // namespace zw::document
