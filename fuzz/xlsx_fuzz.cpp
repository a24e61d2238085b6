// links: sheet document
// seeds: tests/sheet/files/*.xlsx
// Any bytes as a .xlsx file, or as its parts.
#include "fuzz/package_parts.h"
#include "fuzz/workbook_body.h"
#include "sheet/xlsx_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string bytes = zw::fuzz::PackageBytes(
        data,
        size,
        {"xl/worksheets/sheet1.xml",
         "xl/sharedStrings.xml",
         "xl/styles.xml",
         "xl/workbook.xml",
         "xl/_rels/workbook.xml.rels"}
    );
    return zw::fuzz::ReadAny(bytes.data(), bytes.size(), zw::sheet::OpenXlsx);
}
