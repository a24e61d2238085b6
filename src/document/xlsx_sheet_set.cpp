// Writing into a worksheet.

#include <algorithm>

#include "base/text.h"
#include "document/xlsx_sheet.h"
#include "document/xml.h"

namespace zw::document {

XlsxSheet::RowEntry& XlsxSheet::MakeRow(int row) {
    const auto found = rows_.find(row);
    if (found != rows_.end()) {
        return found->second;
    }
    const auto next = rows_.upper_bound(row);
    const std::string name = Name("row");
    auto node = next == rows_.end() ? data_.append_child(name.c_str())
                                    : data_.insert_child_before(name.c_str(), next->second.node);
    node.append_attribute("r") = row;
    // A row that leaves its number out would now follow this one.
    if (next != rows_.end() && !next->second.node.attribute("r")) {
        next->second.node.append_attribute("r") = next->first;
    }
    RowEntry& entry = rows_[row];
    entry.node = node;
    return entry;
}

pugi::xml_node XlsxSheet::Make(const CellRef& cell) {
    if (const auto there = Find(cell)) {
        return there;
    }
    const int style = Style(cell);
    RowEntry& row = MakeRow(cell.row);
    const auto next = row.cells.upper_bound(cell.column);
    const std::string name = Name("c");
    auto node = next == row.cells.end() ? row.node.append_child(name.c_str())
                                        : row.node.insert_child_before(name.c_str(), next->second);
    node.append_attribute("r") = CellName(cell).c_str();
    if (next != row.cells.end() && !next->second.attribute("r")) {
        next->second.append_attribute("r") = CellName({cell.row, next->first}).c_str();
    }
    if (style != 0) {
        node.append_attribute("s") = style;
    }
    row.node.remove_attribute("spans");  // only a hint, which might now be wrong
    row.cells[cell.column] = node;
    WidenDimension(cell);
    return node;
}

void XlsxSheet::WidenDimension(const CellRef& cell) {
    auto dimension = LocalChild(document_->document_element(), "dimension");
    auto range = ParseRange(dimension.attribute("ref").value());
    if (!range || range->Has(cell)) {
        return;
    }
    range->first.row = std::min(range->first.row, cell.row);
    range->first.column = std::min(range->first.column, cell.column);
    range->last.row = std::max(range->last.row, cell.row);
    range->last.column = std::max(range->last.column, cell.column);
    dimension.attribute("ref") = (CellName(range->first) + ":" + CellName(range->last)).c_str();
}

void XlsxSheet::Clear(const CellRef& cell) {
    auto node = Make(cell);
    for (const char* attribute : {"t", "cm", "vm"}) {
        node.remove_attribute(attribute);
    }
    for (const char* child : {"v", "is"}) {
        while (const auto old = LocalChild(node, child)) {
            node.remove_child(old);
        }
    }
}

void XlsxSheet::SetNumber(const CellRef& cell, std::string_view number) {
    Clear(cell);
    // Before what may stand behind a value (extLst).
    auto value = Find(cell).prepend_child(Name("v").c_str());
    value.text().set(std::string(number).c_str());
}

void XlsxSheet::SetText(const CellRef& cell, std::string_view text) {
    Clear(cell);
    auto node = Find(cell);
    node.append_attribute("t") = "inlineStr";
    auto written = node.prepend_child(Name("is").c_str()).append_child(Name("t").c_str());
    written.append_attribute("xml:space") = "preserve";
    std::string clean;  // what XML cannot hold at all is left out
    for (const char32_t point : ToCodePoints(text)) {
        const bool control = point < 0x20 && point != U'\t' && point != U'\n';
        if (!control && point != 0xFFFE && point != 0xFFFF) {
            AppendUtf8(clean, point);
        }
    }
    written.text().set(clean.c_str());
}

bool XlsxSheet::HasFormulas() const {
    for (const auto& [number, row] : rows_) {
        for (const auto& [column, node] : row.cells) {
            if (LocalChild(node, "f")) {
                return true;
            }
        }
    }
    return false;
}

bool XlsxSheet::ForgetResults() {
    bool any = false;
    for (auto& [number, row] : rows_) {
        for (auto& [column, node] : row.cells) {
            const bool result = static_cast<bool>(LocalChild(node, "v"));
            const bool array = std::any_of(
                arrays_.begin(),
                arrays_.end(),
                [at = CellRef{number, column}](const CellRange& range) { return range.Has(at); }
            );
            if (result && (array || LocalChild(node, "f"))) {
                node.remove_child(LocalChild(node, "v"));
                node.remove_attribute("t");
                any = true;
            }
        }
    }
    return any;
}

std::string XlsxSheet::Xml() const {
    return WriteXml(*document_);
}

}  // namespace zw::document
