#pragma once
// One worksheet part as a tree that cells are found in and set. For this module's own files.

#include <pugixml.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "document/xlsx_cell.h"
#include "document/xlsx_form.h"

namespace zw::document {

// The name without a prefix: some programs write x:row.
std::string_view LocalName(const pugi::xml_node& node);
bool IsLocal(const pugi::xml_node& node, std::string_view name);
pugi::xml_node LocalChild(const pugi::xml_node& parent, std::string_view name);
// Text of an <si> or <is>: its runs joined, without readings (rPh).
std::string RichText(const pugi::xml_node& item);

class XlsxSheet {
public:
    // Throws document_damaged.
    XlsxSheet(std::string_view content, std::string_view file, const std::string& part);

    FormSheet Grid(const std::vector<std::string>& shared) const;
    std::string Text(const CellRef& cell, const std::vector<std::string>& shared) const;
    std::optional<Words> Refusal(const CellRef& cell) const;
    CellRef Span(const CellRef& cell) const;
    // Index of the cell's format; of a cell that is not there that of its row or column.
    int Style(const CellRef& cell) const;

    // The cell is there after it, empty, with its style.
    void Clear(const CellRef& cell);
    void SetNumber(const CellRef& cell, std::string_view number);
    void SetText(const CellRef& cell, std::string_view text);

    // Leaves out stored results of formulas; whether there were any.
    bool ForgetResults();
    bool HasFormulas() const;
    std::string Xml() const;

private:
    struct RowEntry {
        pugi::xml_node node;
        std::map<int, pugi::xml_node> cells;  // by column
    };

    void Index();
    std::vector<int> Widths(int columns) const;
    void IndexMerges();
    pugi::xml_node Find(const CellRef& cell) const;
    pugi::xml_node Make(const CellRef& cell);
    RowEntry& MakeRow(int row);
    std::string Name(const char* local) const { return prefix_ + local; }
    std::string TextOf(const pugi::xml_node& cell, const std::vector<std::string>& shared) const;
    void WidenDimension(const CellRef& cell);

    std::unique_ptr<pugi::xml_document> document_;
    std::string file_;     // for messages
    pugi::xml_node data_;  // sheetData
    std::string prefix_;   // "x:" or empty
    std::map<int, RowEntry> rows_;
    std::vector<CellRange> merges_;
    std::vector<CellRange> arrays_;  // ranges of array formulas and data tables
};

}  // namespace zw::document
