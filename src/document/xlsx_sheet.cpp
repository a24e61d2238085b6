#include "document/xlsx_sheet.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/problem.h"
#include "base/text.h"
#include "document/xml.h"

namespace zw::document {

std::string_view LocalName(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool IsLocal(const pugi::xml_node& node, std::string_view name) {
    return LocalName(node) == name;
}

pugi::xml_node LocalChild(const pugi::xml_node& parent, std::string_view name) {
    for (const auto& child : parent.children()) {
        if (IsLocal(child, name)) {
            return child;
        }
    }
    return {};
}

std::string RichText(const pugi::xml_node& item) {
    std::string text;
    for (const auto& child : item.children()) {
        if (IsLocal(child, "t")) {
            text += child.text().get();
        } else if (IsLocal(child, "r")) {
            text += LocalChild(child, "t").text().get();
        }
    }
    return text;
}

XlsxSheet::XlsxSheet(std::string_view content, std::string_view file, const std::string& part)
    : document_(std::make_unique<pugi::xml_document>()), file_(file) {
    ParseXml(content, file, part, *document_);
    if (auto encoding = document_->first_child().attribute("encoding")) {
        encoding = "UTF-8";  // in which it is written again
    }
    const auto root = document_->document_element();
    const std::string_view name = root.name();
    prefix_ = name.substr(0, name.size() - LocalName(root).size());
    data_ = LocalChild(root, "sheetData");
    if (!IsLocal(root, "worksheet") || !data_) {
        throw Problem("document_damaged", {{"name", std::string(file)}, {"what", part}});
    }
    Index();
    IndexMerges();
}

// Rows and cells may leave out where they stand: then they follow the one before.
void XlsxSheet::Index() {
    int row_number = 0;
    for (const auto& row : data_.children()) {
        if (!IsLocal(row, "row")) {
            continue;
        }
        const auto written_row = row.attribute("r");
        row_number = written_row ? written_row.as_int() : row_number + 1;
        if (row_number < 1 || row_number > kMaxRows) {
            throw Problem("document_damaged", {{"name", file_}, {"what", "row"}});
        }
        RowEntry& entry = rows_[row_number];
        entry.node = row;
        int column = 0;
        for (const auto& cell : row.children()) {
            if (!IsLocal(cell, "c")) {
                continue;
            }
            const auto written = ParseCell(cell.attribute("r").value());
            column = written ? written->column : column + 1;
            entry.cells[column] = cell;
            const auto formula = LocalChild(cell, "f");
            const std::string_view kind = formula.attribute("t").value();
            if (kind == "array" || kind == "dataTable") {
                if (const auto range = ParseRange(formula.attribute("ref").value())) {
                    arrays_.push_back(*range);
                }
            }
        }
    }
}

void XlsxSheet::IndexMerges() {
    constexpr size_t kMost = 20'000;  // each is looked up by every cell that is set
    for (const auto& merge : LocalChild(document_->document_element(), "mergeCells").children()) {
        if (merges_.size() == kMost) {
            throw Problem("document_too_large", {{"name", file_}, {"what", "mergeCells"}});
        }
        if (const auto range = ParseRange(merge.attribute("ref").value())) {
            merges_.push_back(*range);
        }
    }
}

pugi::xml_node XlsxSheet::Find(const CellRef& cell) const {
    const auto row = rows_.find(cell.row);
    if (row == rows_.end()) {
        return {};
    }
    const auto found = row->second.cells.find(cell.column);
    return found == row->second.cells.end() ? pugi::xml_node() : found->second;
}

std::string XlsxSheet::TextOf(const pugi::xml_node& cell, const std::vector<std::string>& shared)
    const {
    if (LocalChild(cell, "f")) {
        return "";
    }
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") {
        return RichText(LocalChild(cell, "is"));
    }
    const auto value = LocalChild(cell, "v").text();
    if (type != "s") {
        return value.get();
    }
    const auto index = value.as_ullong(shared.size());
    return index < shared.size() ? shared[index] : "";
}

std::string XlsxSheet::Text(const CellRef& cell, const std::vector<std::string>& shared) const {
    return TextOf(Find(cell), shared);
}

std::vector<int> XlsxSheet::Widths(int columns) const {
    constexpr int kUsual = 84;
    constexpr size_t kDigits = 8;  // enough for a tenth of a character
    constexpr int kWidest = 2550;
    std::vector<int> widths(static_cast<size_t>(columns), kUsual);
    for (const auto& column : LocalChild(document_->document_element(), "cols").children()) {
        const std::string_view text = column.attribute("width").value();
        const auto width = ParseDecimal(text.substr(0, kDigits));
        const int last = std::min(column.attribute("max").as_int(), columns);
        for (int i = std::max(1, column.attribute("min").as_int(1)); width && i <= last; ++i) {
            const auto tenths = std::clamp<int64_t>(Rescale(*width, 1).units, 0, kWidest);
            widths[static_cast<size_t>(i) - 1] = static_cast<int>(tenths);
        }
    }
    return widths;
}

FormSheet XlsxSheet::Grid(const std::vector<std::string>& shared) const {
    FormSheet grid;
    const auto reach = [&](int row, int column) {
        grid.cut = grid.cut || row > kFormRows || column > kFormColumns;
        grid.rows = std::max(grid.rows, std::min(row, kFormRows));
        grid.columns = std::max(grid.columns, std::min(column, kFormColumns));
    };
    std::map<CellRef, FormCell> cells;
    for (const auto& [number, row] : rows_) {
        for (const auto& [column, node] : row.cells) {
            reach(number, column);
            FormCell cell;
            cell.at = {number, column};
            cell.text = TextOf(node, shared);
            cell.formula = static_cast<bool>(LocalChild(node, "f"));
            cells[cell.at] = std::move(cell);
        }
    }
    for (const CellRange& merge : merges_) {
        reach(merge.last.row, merge.last.column);
        const auto from = cells.lower_bound({merge.first.row, 0});
        const auto to = cells.upper_bound({merge.last.row, kMaxColumns});
        for (auto at = from; at != to;) {
            const bool covered = merge.Has(at->first) && at->first != merge.first;
            at = covered ? cells.erase(at) : std::next(at);
        }
        FormCell& first = cells[merge.first];
        first.at = merge.first;
        first.row_span = std::min(merge.last.row, kFormRows) - merge.first.row + 1;
        first.column_span = std::min(merge.last.column, kFormColumns) - merge.first.column + 1;
    }
    for (auto& [at, cell] : cells) {
        if (at.row <= kFormRows && at.column <= kFormColumns) {
            grid.cells.push_back(std::move(cell));
        }
    }
    grid.widths = Widths(grid.columns);
    return grid;
}

std::optional<Words> XlsxSheet::Refusal(const CellRef& cell) const {
    for (const CellRange& merge : merges_) {
        if (merge.Has(cell) && cell != merge.first) {
            return CatalogueWords("form_merged", {{"first", CellName(merge.first)}});
        }
    }
    const bool array = std::any_of(arrays_.begin(), arrays_.end(), [&](const CellRange& range) {
        return range.Has(cell);
    });
    if (array || LocalChild(Find(cell), "f")) {
        return CatalogueWords("form_computes");
    }
    return std::nullopt;
}

CellRef XlsxSheet::Span(const CellRef& cell) const {
    for (const CellRange& merge : merges_) {
        if (merge.first == cell) {
            return {merge.last.row - cell.row + 1, merge.last.column - cell.column + 1};
        }
    }
    return {1, 1};
}

int XlsxSheet::Style(const CellRef& cell) const {
    if (const auto node = Find(cell)) {
        return node.attribute("s").as_int();
    }
    const auto row = rows_.find(cell.row);
    if (row != rows_.end() && row->second.node.attribute("customFormat").as_bool()) {
        return row->second.node.attribute("s").as_int();
    }
    for (const auto& column : LocalChild(document_->document_element(), "cols").children()) {
        if (cell.column >= column.attribute("min").as_int() &&
            cell.column <= column.attribute("max").as_int()) {
            return column.attribute("style").as_int();
        }
    }
    return 0;
}

}  // namespace zw::document
