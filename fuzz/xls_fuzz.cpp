// links: sheet
// seeds: tests/sheet/files/*.xls
// Any bytes as a .xls file.
#include "fuzz/workbook_body.h"
#include "sheet/xls_workbook.h"

// libgsf 1.14.50 forgets what it has read of a directory when a later entry of it is damaged (some
// 180 bytes a file). What this program itself would forget is found by the tests of whole and of
// hostile files, which run with LeakSanitizer.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libglib";
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    return zw::fuzz::ReadAny(reinterpret_cast<const char*>(data), size, zw::sheet::OpenXls);
}
