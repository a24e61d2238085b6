#pragma once
// .csv: UTF-8 with or without a byte order mark, or GB18030 (RFC 4180 quotes; comma, tab or
// semicolon). Every cell is text; a row is a record, which may span lines.

#include <memory>

#include "sheet/grid.h"

namespace zw::sheet {

// As Workbook::Open, for a file that is neither zip nor OLE. Throws "file_damaged" when it is valid
// in neither encoding.
std::unique_ptr<Workbook> OpenCsv(const std::filesystem::path& file, const Limits& limits);

}  // namespace zw::sheet
