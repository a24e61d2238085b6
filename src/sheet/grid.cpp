#include "sheet/grid.h"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/csv_workbook.h"
#include "sheet/docx_workbook.h"
#include "sheet/xls_workbook.h"
#include "sheet/xlsx_workbook.h"

namespace zw::sheet {

std::unique_ptr<Workbook> Workbook::Open(const std::filesystem::path& file, const Limits& limits) {
    const std::string name = file.filename().string();
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        throw Problem(
            "io_failed",
            {{"path", file.string()},
             {"what", "打不开，请核对文件名，并关掉正开着它的程序"},
             {"what_en",
              "it does not open: check the name, and close the program that has it open"}}
        );
    }
    std::string head(64, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    in.close();
    if (StartsWith(head, "PK\x03\x04") || StartsWith(head, "PK\x05\x06")) {
        return IsDocx(file, limits) ? OpenDocx(file, limits) : OpenXlsx(file, limits);
    }
    if (StartsWith(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
        return OpenXls(file, limits);
    }
    std::string start = Trim(head);
    std::transform(start.begin(), start.end(), start.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    if (StartsWith(head, "\x09\x08") || StartsWith(head, "\x09\x04") ||
        StartsWith(head, "\x09\x02")) {
        throw Problem("file_unknown", {{"file", name}, {"what", "Excel 5.0/95"}});
    }
    for (const std::string_view web : {"<html", "<!doctype", "<table", "<?xml", "%pdf", "{\\rtf"}) {
        if (StartsWith(start, web)) {
            throw Problem("file_unknown", {{"file", name}, {"what", std::string(web)}});
        }
    }
    return OpenCsv(file, limits);
}

std::string ColumnLetters(int column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    }
    return letters;
}

}  // namespace zw::sheet
