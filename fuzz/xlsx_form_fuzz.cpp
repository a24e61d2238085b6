// links: document
// seeds: tests/sheet/files/*.xlsx
// Any bytes as a form in .xlsx, or as its parts: it is read and filled, and what was filled can be
// read again, or it is refused by a Problem.
#include <cstdlib>

#include "base/problem.h"
#include "document/xlsx_form.h"
#include "fuzz/package_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace zw::document;
    const std::string bytes = zw::fuzz::PackageBytes(
        data,
        size,
        {"[Content_Types].xml",
         "_rels/.rels",
         "xl/workbook.xml",
         "xl/_rels/workbook.xml.rels",
         "xl/worksheets/sheet1.xml",
         "xl/sharedStrings.xml",
         "xl/styles.xml"}
    );
    try {
        XlsxForm form = XlsxForm::Read(bytes, "fuzz");
        form.Sheets();
        const std::string sheet = form.SheetNames().front();
        for (const CellRef& cell : {CellRef{1, 1}, CellRef{3, 2}, CellRef{kMaxRows, kMaxColumns}}) {
            if (!form.Refusal(sheet, cell)) {
                form.SetNumber(sheet, cell, "1.5");
            }
        }
        const std::string filled = form.Bytes();
        try {
            XlsxForm::Read(filled, "filled");
        } catch (const zw::Problem&) {
            std::abort();  // what was sound is so after filling
        }
    } catch (const zw::Problem&) {
    }
    return 0;
}
