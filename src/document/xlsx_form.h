#pragma once
// An .xlsx laid out by somebody else (ECMA-376 SpreadsheetML), into which values are written: a
// sheet's cells as a grid, and single cells set. Styles, merges, widths, print set-up, other cells
// and their formulas stay; parts that hold no cell stay byte for byte. Not shared between threads.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "document/package.h"
#include "document/xlsx_cell.h"

namespace zw::document {

struct FormCell {
    CellRef at;
    std::string text;  // as stored: numbers by their digits, a formula's is empty
    int row_span = 1;  // of the merge that begins here
    int column_span = 1;
    bool formula = false;
};

struct FormSheet {
    std::string name;
    bool hidden = false;
    int rows = 0;  // the used range begins at A1
    int columns = 0;
    std::vector<int> widths;      // of its columns, in tenths of a character
    std::vector<FormCell> cells;  // in order, without those that another covers
    bool cut = false;             // there is more than kFormRows or kFormColumns
};

constexpr int kFormRows = 2000;  // what a grid shows at most
constexpr int kFormColumns = 256;

class XlsxForm {
public:
    // Throws document_damaged, document_too_large; file_encrypted; file_unknown for an .xls, an
    // .xlsm (its macros might do anything) and what else is no .xlsx.
    static XlsxForm Read(std::string_view bytes, std::string_view name);
    ~XlsxForm();
    XlsxForm(XlsxForm&&) noexcept;
    XlsxForm& operator=(XlsxForm&&) noexcept;

    std::vector<std::string> SheetNames() const;  // worksheets only, in order
    std::vector<FormSheet> Sheets() const;
    // What stands in a cell now; of a formula nothing.
    std::string Text(const std::string& sheet, const CellRef& cell) const;
    // Why the cell cannot be set: no such sheet, covered by a merge, holds a formula.
    // Absent: it can be.
    std::optional<Words> Refusal(const std::string& sheet, const CellRef& cell) const;
    // Rows and columns of the merge that begins there; else 1 and 1.
    CellRef Span(const std::string& sheet, const CellRef& cell) const;
    // Whether its number format shows 0.5 as 50%.
    bool ShowsPercent(const std::string& sheet, const CellRef& cell) const;

    // Each throws form_cell where Refusal has a reason. `number`: digits as they shall stand,
    // "-12.50".
    void SetNumber(const std::string& sheet, const CellRef& cell, std::string_view number);
    void SetText(const std::string& sheet, const CellRef& cell, std::string_view text);
    void Clear(const std::string& sheet, const CellRef& cell);

    // The .xlsx. When a cell was set, results of formulas that were stored are left out and the
    // workbook asks to be computed when it is opened.
    std::string Bytes() const;

private:
    struct Impl;
    explicit XlsxForm(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw::document
