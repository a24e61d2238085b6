#pragma once
// .xlsx: a zip of XML parts, each sheet streamed.

#include <memory>

#include "sheet/grid.h"

namespace zw::sheet {

// As Workbook::Open, for a file known to be a zip.
std::unique_ptr<Workbook> OpenXlsx(const std::filesystem::path& file, const Limits& limits);

}  // namespace zw::sheet
