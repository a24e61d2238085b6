#pragma once
// Office tables as they are stored, row by row: .xlsx, .xls (BIFF8), .csv, the tables of a .docx.
// Nothing is interpreted here but the file format: text stays as typed, numbers keep their stored
// digits. Rows are streamed, so memory does not grow with them (.xlsx, .csv).

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace zw::sheet {

enum class CellKind { kEmpty, kText, kNumber, kBool, kError };

// Text of an error cell that is a formula whose result was never computed.
constexpr std::string_view kNotComputed = "=?";

struct Cell {
    CellKind kind = CellKind::kEmpty;
    std::string text;      // kText: as typed; kNumber: the stored number, shortest form ("43398",
                           // "6.21099199311104E+17"); kError: "#N/A"
    std::string shown;     // kNumber: as Excel would show it where that matters (dates, %, fixed
                           // decimals), else empty
    std::string format;    // number format code, "" = General
    bool is_date = false;  // a date/time format: `date` is set when the serial is a real date
    bool is_percent = false;
    int decimals = -1;  // decimals of the number format, -1 unknown/General
    Date date;
    bool formula = false;  // cached result of a formula
};

struct RowData {
    int number = 0;  // from 1
    bool hidden = false;
    std::vector<Cell> cells;  // from column 1; trailing empty ones left out
};

struct Merge {
    int first_row, first_column, last_row, last_column;  // from 1, inclusive
};

// Known before the first row is delivered.
struct SheetInfo {
    std::string name;  // exactly as in the file; a csv's is "Sheet1", a text's tables are 表1 …
    bool hidden = false;
    int index = 0;  // from 0
    std::vector<Merge> merges;
    std::vector<int> hidden_columns;  // from 1
    int64_t rows = 0;                 // declared size, 0 unknown: for progress only
};

// Bounds against hostile files; exceeding one throws Problem "file_too_large" or "file_hostile"
// (zip bomb, entity bomb, …).
struct Limits {
    int64_t cells = 10'000'000;
    int64_t unpacked_bytes = 1LL << 30;
    int64_t compression_ratio = 200;  // only judged above 10 MB unpacked
};

class Workbook {
public:
    virtual ~Workbook() = default;
    // Format by content, not by name. Throws Problem: "file_unknown", "file_no_table",
    // "file_encrypted", "file_damaged", "file_too_large", "file_hostile".
    static std::unique_ptr<Workbook> Open(
        const std::filesystem::path& file, const Limits& limits = {}
    );

    virtual const std::vector<SheetInfo>& sheets() const = 0;
    // Rows of a sheet in order, rows without any cell left out; `row` returns false to stop. May be
    // called again.
    virtual void Read(int sheet, const std::function<bool(const RowData&)>& row) = 0;
    virtual std::string encoding() const { return {}; }  // csv: utf-8, gb18030
};

std::string ColumnLetters(int column);  // 1 → A, 27 → AA

}  // namespace zw::sheet
