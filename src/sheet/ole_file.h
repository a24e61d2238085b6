#pragma once
// The container of .xls files ([MS-CFB]), read with libgsf.

#include <filesystem>
#include <string>

#include "sheet/grid.h"

namespace zw::sheet {

// The stream of a BIFF8 workbook. Throws Problem "file_damaged", "file_too_large", "file_encrypted"
// (an .xlsx with a password stands in such a container), "file_unknown" (Excel 5.0/95, no
// workbook).
std::string ReadOleBook(const std::filesystem::path& file, const Limits& limits);

}  // namespace zw::sheet
