// links: sheet document
// Any bytes as a .docx file whose tables are read, or as its text.
#include "fuzz/package_parts.h"
#include "fuzz/workbook_body.h"
#include "sheet/docx_workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string bytes =
        zw::fuzz::PackageBytes(data, size, {"word/document.xml", "_rels/.rels"});
    return zw::fuzz::ReadAny(bytes.data(), bytes.size(), zw::sheet::OpenDocx);
}
