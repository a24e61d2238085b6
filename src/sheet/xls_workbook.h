#pragma once
// .xls: BIFF8 records (Excel 97 to 2003, [MS-XLS]) in an OLE file. At most 65,536 rows a sheet, so
// the stream is held in memory.

#include <memory>

#include "sheet/grid.h"

namespace zw::sheet {

// As Workbook::Open, for a file known to be OLE. An encrypted .xlsx is one too. BIFF5 and older:
// "file_unknown".
std::unique_ptr<Workbook> OpenXls(const std::filesystem::path& file, const Limits& limits);

}  // namespace zw::sheet
