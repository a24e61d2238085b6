#include "sheet/xls_workbook.h"

#include <algorithm>
#include <map>

#include "base/problem.h"
#include "sheet/biff.h"
#include "sheet/number_format.h"
#include "sheet/ole_file.h"
#include "sheet/string_table.h"

namespace zw::sheet {

namespace {

constexpr uint16_t kVersionBiff8 = 0x0600;
constexpr int kLastColumn = 256;
constexpr size_t kMostMerges = 1'000'000;

[[noreturn]] void Fail(const char* code, const std::string& name, const char* what) {
    throw Problem(code, {{"file", name}, {"what", what}});
}

const char* ErrorName(uint8_t code) {
    switch (code) {
        case 0x00:
            return "#NULL!";
        case 0x07:
            return "#DIV/0!";
        case 0x0F:
            return "#VALUE!";
        case 0x17:
            return "#REF!";
        case 0x1D:
            return "#NAME?";
        case 0x24:
            return "#NUM!";
        default:
            return "#N/A";
    }
}

bool IsCell(uint16_t id) {
    switch (id) {
        case kBiffFormula:
        case kBiffMulRk:
        case kBiffRString:
        case kBiffLabelSst:
        case kBiffNumber:
        case kBiffLabel:
        case kBiffBoolErr:
        case kBiffRk:
            return true;
        default:
            return false;
    }
}

class XlsWorkbook final : public Workbook {
public:
    XlsWorkbook(const std::filesystem::path& file, const Limits& limits)
        : name_(file.filename().string()), limits_(limits), stream_(ReadOleBook(file, limits)) {
        ReadGlobals();
        for (size_t i = 0; i < sheets_.size(); ++i) {
            Scan(i);
        }
    }

    const std::vector<SheetInfo>& sheets() const override { return sheets_; }
    void Read(int sheet, const std::function<bool(const RowData&)>& row) override;

private:
    // What is known of a sheet before its cells are read.
    struct Place {
        size_t offset = 0;          // of its first record
        std::vector<bool> hidden;   // by row from 0
        std::vector<size_t> cells;  // where the records of cells stand, by row
    };

    void ReadGlobals();
    void ReadGlobal(
        BiffCursor& cursor, std::map<int, std::string>& codes, std::vector<int>& styles
    );
    void ReadBoundSheet(BiffCursor& cursor);
    void Scan(size_t sheet);
    void ReadMerges(BiffReader reader, SheetInfo& info) const;
    void ReadCell(BiffCursor& cursor, RowData& row, int64_t& cells) const;
    void ReadFormula(BiffCursor& cursor, BiffReader reader, Cell& cell, int style) const;
    Cell& CellAt(RowData& row, int column, int64_t& cells) const;
    const NumberFormat& Format(int style) const;
    void SetText(Cell& cell, std::string text) const;

    const std::string name_;
    const Limits limits_;
    const std::string stream_;
    std::vector<NumberFormat> formats_;
    StringTable strings_;
    bool from_1904_ = false;
    std::vector<SheetInfo> sheets_;
    std::vector<Place> places_;
};

void XlsWorkbook::ReadGlobals() {
    BiffCursor cursor(stream_, 0);
    if (!cursor.Next() || cursor.id() != kBiffBof) {
        Fail("file_unknown", name_, "Excel 4.0");
    }
    if (BiffReader(cursor.bytes()).U16() != kVersionBiff8) {
        Fail("file_unknown", name_, "Excel 5.0/95");
    }
    std::map<int, std::string> codes;
    std::vector<int> styles;
    while (cursor.Next() && cursor.id() != kBiffEof) {
        ReadGlobal(cursor, codes, styles);
    }
    for (const int id : styles) {
        const auto own = codes.find(id);
        formats_.push_back(
            AnalyseFormat(own != codes.end() ? std::string_view(own->second) : BuiltinFormat(id))
        );
    }
}

void XlsWorkbook::ReadGlobal(
    BiffCursor& cursor, std::map<int, std::string>& codes, std::vector<int>& styles
) {
    BiffReader reader(cursor.bytes());
    switch (cursor.id()) {
        case kBiffFilePass:
            Fail("file_encrypted", name_, "BIFF8");
        case kBiffDate1904:
            from_1904_ = reader.U16() == 1;
            break;
        case kBiffBoundSheet:
            ReadBoundSheet(cursor);
            break;
        case kBiffXf:
            reader.Skip(2);
            styles.push_back(reader.U16());
            break;
        case kBiffFormat: {
            BiffStringReader strings(cursor);
            const int id = strings.U16();
            codes[id] = strings.Text();
            break;
        }
        case kBiffSst: {
            BiffStringReader strings(cursor);
            strings.U32();
            const uint32_t count = strings.U32();
            for (uint32_t i = 0; i < count; ++i) {
                strings_.Add(strings.Text());
            }
            break;
        }
        default:
            break;
    }
}

void XlsWorkbook::ReadBoundSheet(BiffCursor& cursor) {
    BiffStringReader reader(cursor);
    const uint32_t offset = reader.U32();
    const uint16_t state = reader.U16();
    if ((state >> 8U) != 0) {
        return;  // a chart, a macro sheet
    }
    SheetInfo info;
    info.name = reader.Text(true);
    info.hidden = (state & 3U) != 0;
    info.index = static_cast<int>(sheets_.size());
    sheets_.push_back(std::move(info));
    Place place;
    place.offset = offset;
    places_.push_back(std::move(place));
}

void XlsWorkbook::ReadMerges(BiffReader reader, SheetInfo& info) const {
    for (int left = reader.U16(); left > 0; --left) {
        const int first_row = reader.U16();
        const int last_row = reader.U16();
        const int first_column = reader.U16();
        const int last_column = reader.U16();
        if (last_row < first_row || last_column < first_column ||
            info.merges.size() > kMostMerges) {
            Fail("file_damaged", name_, "merged cells");
        }
        info.merges.push_back({first_row + 1, first_column + 1, last_row + 1, last_column + 1});
    }
}

// Merges stand behind the cells, and some writers disorder the cells: both must be known before the
// first row.
void XlsWorkbook::Scan(size_t sheet) {
    SheetInfo& info = sheets_[sheet];
    Place& place = places_[sheet];
    BiffCursor cursor(stream_, place.offset);
    if (!cursor.Next() || cursor.id() != kBiffBof ||
        BiffReader(cursor.bytes()).U16() != kVersionBiff8) {
        Fail("file_damaged", name_, "a sheet is not where the workbook says");
    }
    std::vector<std::pair<int, size_t>> cells;
    bool ordered = true;
    int depth = 1;
    while (depth > 0 && cursor.Next()) {
        BiffReader reader(cursor.bytes());
        if (cursor.id() == kBiffBof) {
            ++depth;  // a chart inside the sheet
        } else if (cursor.id() == kBiffEof) {
            --depth;
        } else if (depth > 1) {
            continue;
        } else if (cursor.id() == kBiffRow) {
            const size_t row = reader.U16();
            reader.Skip(10);
            place.hidden.resize(std::max(place.hidden.size(), row + 1));
            place.hidden[row] = (reader.U16() & 0x20U) != 0;
        } else if (cursor.id() == kBiffColInfo) {
            const int first = reader.U16();
            const int last = std::min<int>(reader.U16(), kLastColumn - 1);
            reader.Skip(4);
            for (int column = first;
                 (reader.left() >= 2) && column <= last && (BiffReader(reader).U16() & 1U) != 0;
                 ++column) {
                info.hidden_columns.push_back(column + 1);
            }
        } else if (cursor.id() == kBiffMergedCells) {
            ReadMerges(reader, info);
        } else if (IsCell(cursor.id())) {
            const int row = reader.U16();
            ordered = ordered && (cells.empty() || cells.back().first <= row);
            info.rows += cells.empty() || cells.back().first != row ? 1 : 0;
            cells.emplace_back(row, cursor.offset());
        }
    }
    if (!ordered) {
        std::stable_sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) {
            return a.first < b.first;
        });
    }
    place.cells.reserve(cells.size());
    for (const auto& [row, offset] : cells) {
        place.cells.push_back(offset);
    }
}

void XlsWorkbook::Read(int sheet, const std::function<bool(const RowData&)>& row) {
    const Place& place = places_.at(static_cast<size_t>(sheet));
    RowData data;
    int64_t cells = 0;
    const auto deliver = [&] {
        while (!data.cells.empty() && data.cells.back().kind == CellKind::kEmpty) {
            data.cells.pop_back();
        }
        return data.cells.empty() || row(data);
    };
    for (const size_t offset : place.cells) {
        BiffCursor cursor(stream_, offset);
        cursor.Next();
        const int number = BiffReader(cursor.bytes()).U16() + 1;
        if (number != data.number) {
            if (!deliver()) {
                return;
            }
            data.cells.clear();
            data.number = number;
            const auto index = static_cast<size_t>(number - 1);
            data.hidden = index < place.hidden.size() && place.hidden[index];
        }
        ReadCell(cursor, data, cells);
    }
    deliver();
}

Cell& XlsWorkbook::CellAt(RowData& row, int column, int64_t& cells) const {
    if (column >= kLastColumn) {
        Fail("file_damaged", name_, "a column beyond the last");
    }
    const auto index = static_cast<size_t>(column);
    if (index >= row.cells.size()) {
        cells += static_cast<int64_t>(index + 1 - row.cells.size());
        row.cells.resize(index + 1);
    }
    if (cells > limits_.cells) {
        Fail("file_too_large", name_, "cells");
    }
    return row.cells[index];
}

const NumberFormat& XlsWorkbook::Format(int style) const {
    static const NumberFormat kGeneral;
    const auto index = static_cast<size_t>(style);
    return index < formats_.size() ? formats_[index] : kGeneral;
}

void XlsWorkbook::SetText(Cell& cell, std::string text) const {
    cell.kind = text.empty() ? CellKind::kEmpty : CellKind::kText;
    cell.text = std::move(text);
}

void XlsWorkbook::ReadCell(BiffCursor& cursor, RowData& row, int64_t& cells) const {
    BiffReader reader(cursor.bytes());
    reader.Skip(2);
    int column = reader.U16();
    if (cursor.id() == kBiffMulRk) {
        for (; reader.left() >= 8; ++column) {  // the last two bytes say the last column
            const int style = reader.U16();
            SetNumber(CellAt(row, column, cells), reader.Rk(), Format(style), from_1904_);
        }
        return;
    }
    Cell& cell = CellAt(row, column, cells);
    const int style = reader.U16();
    switch (cursor.id()) {
        case kBiffRk:
            SetNumber(cell, reader.Rk(), Format(style), from_1904_);
            break;
        case kBiffNumber:
            SetNumber(cell, reader.F64(), Format(style), from_1904_);
            break;
        case kBiffLabelSst:
            SetText(cell, strings_.Get(reader.U32()));
            break;
        case kBiffLabel:
        case kBiffRString: {
            BiffStringReader strings(cursor);
            strings.U32();
            strings.U16();
            SetText(cell, strings.Text());
            break;
        }
        case kBiffBoolErr: {
            const uint8_t value = reader.U8();
            const bool error = reader.U8() != 0;
            cell.kind = error ? CellKind::kError : CellKind::kBool;
            cell.text = error ? ErrorName(value) : (value != 0 ? "TRUE" : "FALSE");
            break;
        }
        case kBiffFormula:
            ReadFormula(cursor, reader, cell, style);
            break;
        default:
            break;
    }
}

void XlsWorkbook::ReadFormula(BiffCursor& cursor, BiffReader reader, Cell& cell, int style) const {
    cell.formula = true;
    BiffReader result = reader;
    const uint8_t kind = reader.U8();
    reader.Skip(1);
    const uint8_t value = reader.U8();
    reader.Skip(3);
    if (reader.U16() != 0xFFFF) {
        SetNumber(cell, result.F64(), Format(style), from_1904_);
    } else if (kind == 1) {
        cell.kind = CellKind::kBool;
        cell.text = value != 0 ? "TRUE" : "FALSE";
    } else if (kind == 2) {
        cell.kind = CellKind::kError;
        cell.text = ErrorName(value);
    } else if (kind == 0) {
        // The text follows in its own record, maybe after a shared formula or an array.
        for (int i = 0; i < 3 && cursor.Next(); ++i) {
            if (cursor.id() == kBiffString) {
                BiffStringReader strings(cursor);
                SetText(cell, strings.Text());
                return;
            }
        }
    }
}

}  // namespace

std::unique_ptr<Workbook> OpenXls(const std::filesystem::path& file, const Limits& limits) {
    return std::make_unique<XlsWorkbook>(file, limits);
}

}  // namespace zw::sheet
