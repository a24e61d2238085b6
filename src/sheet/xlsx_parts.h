#pragma once
// The small parts of an .xlsx workbook (ECMA-376): its sheets, number formats and shared strings.

#include <string>
#include <vector>

#include "sheet/number_format.h"
#include "sheet/string_table.h"
#include "sheet/zip_archive.h"

namespace zw::sheet {

struct XlsxSheet {
    std::string name;
    std::string part;  // "xl/worksheets/sheet1.xml"
    bool hidden = false;
};

struct XlsxWorkbookPart {
    std::vector<XlsxSheet> sheets;  // chart sheets left out
    bool from_1904 = false;
    std::string styles_part;   // empty when there is none
    std::string strings_part;  // same
};

// The part that an office file is about (xl/workbook.xml, word/document.xml); empty when the
// archive does not say.
std::string OfficePart(const ZipArchive& archive);

// All throw Problem as ZipArchive does; "file_unknown" when the archive holds no workbook.
XlsxWorkbookPart ReadWorkbookPart(const ZipArchive& archive, const std::string& file);
std::vector<NumberFormat> ReadCellFormats(
    const ZipArchive& archive, const std::string& part
);  // by cell style number
void ReadSharedStrings(const ZipArchive& archive, const std::string& part, StringTable& strings);

// _x000D_ and the like are how XML holds characters that it cannot.
std::string DecodeEscapes(std::string text);

}  // namespace zw::sheet
