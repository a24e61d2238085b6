// links: sheet
// seeds: tests/sheet/files/*.xls
// Any bytes as a .xls file.
#include "fuzz/workbook_body.h"
#include "sheet/xls_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    return zw::fuzz::ReadAny(reinterpret_cast<const char*>(data), size, zw::sheet::OpenXls);
}
