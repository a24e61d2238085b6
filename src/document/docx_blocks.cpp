#include "document/docx_blocks.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"
#include "document/docx_template.h"
#include "document/xml.h"

namespace zw::document {

namespace {

constexpr size_t kMostBookmarkLetters = 40;

// The order that the schema asks for inside w:rPr (ECMA-376-1 CT_RPr).
constexpr std::array kRunOrder = {
    "w:rStyle",    "w:rFonts", "w:b",       "w:bCs", "w:i",    "w:iCs",       "w:caps", "w:strike",
    "w:vanish",    "w:color",  "w:spacing", "w:w",   "w:kern", "w:position",  "w:sz",   "w:szCs",
    "w:highlight", "w:u",      "w:effect",  "w:bdr", "w:shd",  "w:vertAlign", "w:lang",
};

size_t RunOrder(std::string_view name) {
    const auto* found = std::find(kRunOrder.begin(), kRunOrder.end(), name);
    return static_cast<size_t>(found - kRunOrder.begin());
}

// The child `name` of w:rPr, made at its place when missing.
pugi::xml_node RunProperty(pugi::xml_node properties, const char* name) {
    if (auto present = properties.child(name)) {
        return present;
    }
    for (const auto& child : properties.children()) {
        if (RunOrder(child.name()) > RunOrder(name)) {
            return properties.insert_child_before(name, child);
        }
    }
    return properties.append_child(name);
}

void SetAttribute(pugi::xml_node node, const char* name, const std::string& value) {
    auto attribute = node.attribute(name);
    if (!attribute) {
        attribute = node.append_attribute(name);
    }
    attribute.set_value(value.c_str());
}

void TakeFace(pugi::xml_node properties, const pugi::xml_node& face) {
    for (const char* name : {"w:rFonts", "w:b"}) {
        if (const auto source = face.child(name)) {
            pugi::xml_node target = RunProperty(properties, name);
            for (const auto& attribute : source.attributes()) {
                SetAttribute(target, attribute.name(), attribute.value());
            }
        }
    }
}

void PutText(pugi::xml_node run, const std::string& text) {
    std::string piece;
    const auto flush = [&] {
        if (!piece.empty()) {
            pugi::xml_node node = run.append_child("w:t");
            SetAttribute(node, "xml:space", "preserve");
            node.text().set(piece.c_str());
            piece.clear();
        }
    };
    for (const char c : text) {
        if (c == '\n' || c == '\t') {
            flush();
            run.append_child(c == '\n' ? "w:br" : "w:tab");
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            piece += c;
        }
    }
    flush();
}

void CollectBookmarks(const pugi::xml_node& parent, std::set<std::string>& names, int& next_id) {
    for (const auto& node : parent.children()) {
        if (Is(node, "w:bookmarkStart")) {
            names.insert(node.attribute("w:name").value());
        }
        if (Is(node, "w:bookmarkStart") || Is(node, "w:bookmarkEnd")) {
            next_id = std::max(next_id, node.attribute("w:id").as_int() + 1);
        }
        CollectBookmarks(node, names, next_id);
    }
}

void PutBorders(pugi::xml_node properties) {
    pugi::xml_node borders = properties.append_child("w:tblBorders");
    for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
        pugi::xml_node border = borders.append_child(side);
        SetAttribute(border, "w:val", "single");
        SetAttribute(border, "w:sz", "4");
        SetAttribute(border, "w:space", "0");
        SetAttribute(border, "w:color", "000000");
    }
}

// Shares of the width as twips; equal ones when the table names none.
std::vector<int> ColumnWidths(const Table& table, int text_width) {
    size_t columns = 0;
    for (const auto& row : table.rows) {
        size_t here = 0;
        for (const auto& cell : row) {
            here += static_cast<size_t>(std::max(cell.columns, 1));
        }
        columns = std::max(columns, here);
    }
    std::vector<int> shares = table.widths;
    shares.resize(columns, shares.empty() ? 1 : shares.back());
    const int sum = std::max(1, std::accumulate(shares.begin(), shares.end(), 0));
    for (int& share : shares) {
        share = text_width * share / sum;
    }
    return shares;
}

}  // namespace

std::string BookmarkName(std::string_view mark) {
    std::string name = "zw_";
    for (const char c : mark) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name += plain ? c : '_';
    }
    return name.substr(0, kMostBookmarkLetters);
}

BlockWriter::BlockWriter(const pugi::xml_document& main, const pugi::xml_document& styles) {
    CollectBookmarks(main, bookmarks_, next_id_);
    for (const auto& node : styles.document_element().children("w:style")) {
        if (std::string_view(node.attribute("w:type").value()) == "paragraph") {
            styles_[node.child("w:name").attribute("w:val").value()] = {
                node.attribute("w:styleId").value(), node.child("w:rPr")};
        }
    }
    const auto section = main.document_element().child("w:body").child("w:sectPr");
    const int width = section.child("w:pgSz").attribute("w:w").as_int() -
                      section.child("w:pgMar").attribute("w:left").as_int() -
                      section.child("w:pgMar").attribute("w:right").as_int();
    if (width > 0) {
        text_width_ = width;
    }
}

std::vector<std::string> BlockWriter::StyleNames() const {
    std::vector<std::string> names;
    names.reserve(styles_.size());
    for (const auto& [name, style] : styles_) {
        names.push_back(name);
    }
    return names;
}

const BlockWriter::Style* BlockWriter::FindStyle(const std::string& name) const {
    const auto found = styles_.find(name);
    return found == styles_.end() ? nullptr : &found->second;
}

std::string BlockWriter::FreshBookmark(std::string_view mark) {
    const std::string name = BookmarkName(mark);
    std::string fresh = name;
    for (int n = 2; !bookmarks_.insert(fresh).second; ++n) {
        const std::string tail = "_" + std::to_string(n);
        fresh = name.substr(0, kMostBookmarkLetters - tail.size()) + tail;
    }
    return fresh;
}

void BlockWriter::PutRun(pugi::xml_node hole, const Span& span, const pugi::xml_node& base) {
    pugi::xml_node run = hole.parent().insert_child_before("w:r", hole);
    pugi::xml_node properties = base ? run.append_copy(base) : run.append_child("w:rPr");
    if (const Style* look = span.look.empty() ? nullptr : FindStyle(span.look)) {
        TakeFace(properties, look->face);
    }
    if (span.bold) {
        RunProperty(properties, "w:b").remove_attribute("w:val");
    }
    if (span.pending) {
        SetAttribute(RunProperty(properties, "w:highlight"), "w:val", "yellow");
    }
    if (!properties.first_child()) {
        run.remove_child(properties);
    }
    PutText(run, span.text);
}

void BlockWriter::PutSpans(pugi::xml_node hole, const std::vector<Span>& spans) {
    const pugi::xml_node base = hole.child("w:rPr");
    for (const auto& span : spans) {
        if (span.mark.empty()) {
            PutRun(hole, span, base);
            continue;
        }
        const std::string id = std::to_string(next_id_++);
        pugi::xml_node start = hole.parent().insert_child_before("w:bookmarkStart", hole);
        SetAttribute(start, "w:id", id);
        SetAttribute(start, "w:name", FreshBookmark(span.mark));
        PutRun(hole, span, base);
        SetAttribute(hole.parent().insert_child_before("w:bookmarkEnd", hole), "w:id", id);
    }
}

void BlockWriter::PutParagraph(pugi::xml_node place, const Paragraph& paragraph) {
    pugi::xml_node node = place.parent().insert_child_before("w:p", place);
    const Style* style = FindStyle(paragraph.style);
    pugi::xml_node properties;
    if (style != nullptr) {
        properties = node.append_child("w:pPr");
        SetAttribute(properties.append_child("w:pStyle"), "w:val", style->id);
    } else if (const auto own = place.child("w:pPr")) {
        properties = node.append_copy(own);
        properties.remove_child("w:sectPr");
    } else {
        properties = node.append_child("w:pPr");
    }
    if (paragraph.page_break_before && !properties.child("w:pageBreakBefore")) {
        const auto first = properties.child("w:pStyle");
        if (first) {
            properties.insert_child_after("w:pageBreakBefore", first);
        } else {
            properties.prepend_child("w:pageBreakBefore");
        }
    }
    pugi::xml_node hole = node.append_child("w:r");
    if (style == nullptr) {
        for (const auto& run : place.children("w:r")) {
            if (const auto face = run.child("w:rPr")) {
                hole.append_copy(face);
                break;
            }
        }
    }
    PutSpans(hole, paragraph.spans);
    node.remove_child(hole);
}

void BlockWriter::PutCell(pugi::xml_node row, const Cell& cell, int width) {
    pugi::xml_node node = row.append_child("w:tc");
    pugi::xml_node properties = node.append_child("w:tcPr");
    pugi::xml_node size = properties.append_child("w:tcW");
    SetAttribute(size, "w:w", std::to_string(width));
    SetAttribute(size, "w:type", "dxa");
    if (cell.columns > 1) {
        SetAttribute(properties.append_child("w:gridSpan"), "w:val", std::to_string(cell.columns));
    }
    SetAttribute(properties.append_child("w:vAlign"), "w:val", "center");
    pugi::xml_node paragraph = node.append_child("w:p");
    pugi::xml_node paragraph_properties = paragraph.append_child("w:pPr");
    if (const Style* style = FindStyle(style::kTableText)) {
        SetAttribute(paragraph_properties.append_child("w:pStyle"), "w:val", style->id);
    }
    if (cell.heading || cell.right) {
        SetAttribute(
            paragraph_properties.append_child("w:jc"), "w:val", cell.heading ? "center" : "right"
        );
    }
    pugi::xml_node hole = paragraph.append_child("w:r");
    std::vector<Span> spans = cell.spans;
    for (auto& span : spans) {
        span.bold = span.bold || cell.heading;
    }
    PutSpans(hole, spans);
    paragraph.remove_child(hole);
}

void BlockWriter::PutRow(
    pugi::xml_node table, const Table& what, size_t row, const std::vector<int>& widths
) {
    pugi::xml_node node = table.append_child("w:tr");
    pugi::xml_node properties = node.append_child("w:trPr");
    properties.append_child("w:cantSplit");
    if (row < what.heading_rows) {
        properties.append_child("w:tblHeader");
    }
    size_t column = 0;
    for (const auto& cell : what.rows[row]) {
        int width = 0;
        for (int i = 0; i < std::max(cell.columns, 1); ++i) {
            width += widths[column++];
        }
        PutCell(node, cell, width);
    }
}

void BlockWriter::PutTable(pugi::xml_node place, const Table& table) {
    if (table.rows.empty()) {
        return;
    }
    const auto widths = ColumnWidths(table, text_width_);
    pugi::xml_node node = place.parent().insert_child_before("w:tbl", place);
    pugi::xml_node properties = node.append_child("w:tblPr");
    pugi::xml_node size = properties.append_child("w:tblW");
    SetAttribute(size, "w:w", std::to_string(std::accumulate(widths.begin(), widths.end(), 0)));
    SetAttribute(size, "w:type", "dxa");
    PutBorders(properties);
    SetAttribute(properties.append_child("w:tblLayout"), "w:type", "fixed");
    pugi::xml_node grid = node.append_child("w:tblGrid");
    for (const int width : widths) {
        SetAttribute(grid.append_child("w:gridCol"), "w:w", std::to_string(width));
    }
    for (size_t row = 0; row < table.rows.size(); ++row) {
        PutRow(node, table, row, widths);
    }
}

void BlockWriter::PutBlocks(pugi::xml_node place, const std::vector<Block>& blocks) {
    bool after_table = false;
    for (const auto& block : blocks) {
        if (const auto* table = std::get_if<Table>(&block)) {
            if (after_table) {
                PutParagraph(place, {style::kTableText, {}, false});  // or they would grow together
            }
            PutTable(place, *table);
            after_table = true;
        } else {
            PutParagraph(place, std::get<Paragraph>(block));
            after_table = false;
        }
    }
}

}  // namespace zw::document
