// links: sheet
// Any bytes as a .csv file.
#include "fuzz/workbook_body.h"
#include "sheet/csv_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    return zw::fuzz::ReadAny(reinterpret_cast<const char*>(data), size, zw::sheet::OpenCsv);
}
