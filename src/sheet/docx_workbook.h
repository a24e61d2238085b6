#pragma once
// .docx: each table of the text is a sheet 表1, 表2 …, in order. The lines of text right above a
// table are the first rows of its sheet (as titles stand in a workbook), so the rows of the table
// are numbered behind them. Every cell is text. A table inside a cell is text of that cell; cells
// joined in Word are merges. What was deleted or moved away under tracked changes is left out, and
// so are headers, footers and notes.

#include <memory>

#include "sheet/grid.h"

namespace zw::sheet {

// Whether the zip holds a text rather than a workbook. Throws as ZipArchive does.
bool IsDocx(const std::filesystem::path& file, const Limits& limits);

// As Workbook::Open, for a file that IsDocx. Throws "file_no_table" too. The tables are held in
// memory: a text of more than 128 MB is "file_too_large".
std::unique_ptr<Workbook> OpenDocx(const std::filesystem::path& file, const Limits& limits);

}  // namespace zw::sheet
