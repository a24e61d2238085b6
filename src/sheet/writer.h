#pragma once
// Writes tables row by row: .xlsx and .csv. Memory does not grow with the rows. Used by the export,
// the sheet of refused rows and the made-up town's workbooks.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "sheet/grid.h"

namespace zw::sheet {

enum class WriteKind { kEmpty, kText, kNumber, kDate, kError };

struct WriteCell {
    WriteKind kind = WriteKind::kEmpty;
    std::string text;    // kText: stays text whatever it begins with; kNumber: its digits ("43398",
                         // "6.21E+17"); kError: "#N/A"
    std::string format;  // number format code; dates default to yyyy-mm-dd
    std::string formula;  // without "=": kept in .xlsx with the number as its cached result
    Date date;
    bool bold = false;
    bool centred = false;
};

WriteCell TextCell(std::string text);
WriteCell NumberCell(const Decimal& value, std::string format = {});
WriteCell NumberCell(std::string digits, std::string format = {});
WriteCell DateCell(const Date& date, std::string format = {});
WriteCell HeadingCell(std::string text);  // bold, centred

struct SheetLayout {
    std::string name = "Sheet1";
    bool hidden = false;
    std::vector<double> widths;  // of columns from the first, in characters; 0 leaves the default
    std::vector<int> hidden_columns;  // from 1
    std::vector<Merge> merges;        // more may be added while rows are written
};

// One file. Sheets one after the other; rows in growing order. Call Close() to finish: a writer
// destroyed before leaves no file. All throw Problem "io_failed".
class XlsxWriter {
public:
    explicit XlsxWriter(std::filesystem::path file);
    ~XlsxWriter();
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    void BeginSheet(const SheetLayout& layout);  // ends the one before
    // `number`: 0 is the row after the last one.
    void Row(const std::vector<WriteCell>& cells, bool hidden = false, int number = 0);
    void AddMerge(const Merge& merge);
    int last_row() const;
    void Close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

enum class CsvEncoding { kUtf8, kUtf8Bom, kGb18030 };

// Text cells that begin with = + - @ or a tab get an apostrophe in front, lest a spreadsheet run
// them; Workbook takes it away again.
class CsvWriter {
public:
    CsvWriter(std::filesystem::path file, CsvEncoding encoding = CsvEncoding::kUtf8Bom);
    ~CsvWriter();
    CsvWriter(const CsvWriter&) = delete;
    CsvWriter& operator=(const CsvWriter&) = delete;

    void Row(const std::vector<WriteCell>& cells);
    void Close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace zw::sheet
