#include "sheet/xlsx_workbook.h"

#include <algorithm>
#include <charconv>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/xlsx_parts.h"
#include "sheet/xml_reader.h"

namespace zw::sheet {

namespace {

constexpr int kLastRow = 1'048'576;
constexpr int kLastColumn = 16'384;

struct Address {
    int row = 0;
    int column = 0;
};

// "AB12" → 12, 28; zeros when it is no address.
Address ParseAddress(std::string_view text) {
    Address address;
    size_t at = 0;
    while (at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && address.column <= kLastColumn
    ) {
        address.column = address.column * 26 + (text[at] - 'A' + 1);
        ++at;
    }
    const auto result = std::from_chars(text.data() + at, text.data() + text.size(), address.row);
    const bool good = result.ptr == text.data() + text.size() && address.row >= 1 &&
                      address.row <= kLastRow && address.column >= 1 &&
                      address.column <= kLastColumn;
    return good ? address : Address{};
}

std::optional<Merge> ParseMerge(std::string_view reference) {
    const size_t colon = reference.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const Address first = ParseAddress(reference.substr(0, colon));
    const Address last = ParseAddress(reference.substr(colon + 1));
    if (first.row == 0 || last.row < first.row || last.column < first.column) {
        return std::nullopt;
    }
    return Merge{first.row, first.column, last.row, last.column};
}

int ToInt(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// One pass over <row>s: builds each row from its <c>ells and hands it on.
class RowParser {
public:
    RowParser(
        const std::vector<NumberFormat>& formats,
        const StringTable& strings,
        bool from_1904,
        const Limits& limits,
        const std::string& part,
        const std::function<bool(const RowData&)>& row
    )
        : formats_(formats),
          strings_(strings),
          from_1904_(from_1904),
          limits_(limits),
          part_(part),
          row_(row) {}

    bool Start(std::string_view name, const XmlAttributes& attributes) {
        if (name == "row") {
            StartRow(attributes);
        } else if (name == "c") {
            StartCell(attributes);
        } else if (name == "f") {
            cell_.formula = true;
        } else if (name == "rPh") {
            phonetic_ = true;
        }
        in_value_ = name == "v" || (name == "t" && !phonetic_);
        return true;
    }

    bool End(std::string_view name) {
        in_value_ = false;
        if (name == "rPh") {
            phonetic_ = false;
        } else if (name == "c") {
            EndCell();
        } else if (name == "row") {
            while (!data_.cells.empty() && data_.cells.back().kind == CellKind::kEmpty) {
                data_.cells.pop_back();
            }
            return data_.cells.empty() || row_(data_);
        }
        return name != "sheetData";
    }

    void Text(std::string_view piece) {
        if (in_value_) {
            value_ += piece;
        }
    }

private:
    [[noreturn]] void Damaged(const char* what) const {
        throw Problem("file_damaged", {{"file", part_}, {"what", what}});
    }

    void StartRow(const XmlAttributes& attributes) {
        const std::string_view number = attributes.Get("r");
        const int row = number.empty() ? data_.number + 1 : ToInt(number);
        if (row <= data_.number || row > kLastRow) {
            Damaged("row numbers");
        }
        data_.number = row;
        data_.hidden = attributes.Is("hidden");
        data_.cells.clear();
        column_ = 0;
    }

    void StartCell(const XmlAttributes& attributes) {
        const std::string_view reference = attributes.Get("r");
        const int column = reference.empty() ? column_ + 1 : ParseAddress(reference).column;
        if (column <= column_ || column > kLastColumn) {
            Damaged("cell address");
        }
        // A row is as wide as its last cell: the width counts, or a million cells in the last
        // column would cost billions.
        cells_ += column - column_;
        if (cells_ > limits_.cells) {
            throw Problem("file_too_large", {{"file", part_}, {"what", "cells"}});
        }
        column_ = column;
        type_ = attributes.Get("t");
        style_ = ToInt(attributes.Get("s"));
        value_.clear();
        cell_ = Cell{};
    }

    void EndCell() {
        SetValue();
        if (cell_.kind == CellKind::kEmpty && !cell_.formula) {
            return;
        }
        data_.cells.resize(static_cast<size_t>(column_));
        data_.cells.back() = std::move(cell_);
    }

    void SetValue() {
        if (value_.empty()) {
            // Whoever computes a formula to nothing says so by the type "str".
            if (cell_.formula && type_ != "str") {
                cell_.kind = CellKind::kError;
                cell_.text = kNotComputed;
            }
            return;
        }
        if (type_ == "s") {
            cell_.text = strings_.Get(static_cast<size_t>(std::max(ToInt(value_), 0)));
            cell_.kind = cell_.text.empty() ? CellKind::kEmpty : CellKind::kText;
        } else if (type_ == "str" || type_ == "inlineStr" || type_ == "d") {
            cell_.text = DecodeEscapes(value_);
            cell_.kind = CellKind::kText;
        } else if (type_ == "b") {
            cell_.kind = CellKind::kBool;
            cell_.text = value_ == "1" ? "TRUE" : "FALSE";
        } else if (type_ == "e") {
            cell_.kind = CellKind::kError;
            cell_.text = value_;
        } else if (const auto number = ParseDouble(Trim(value_))) {
            static const NumberFormat kGeneral;
            const auto style = static_cast<size_t>(std::max(style_, 0));
            SetNumber(
                cell_, *number, style < formats_.size() ? formats_[style] : kGeneral, from_1904_
            );
        } else {
            cell_.text = value_;
            cell_.kind = CellKind::kText;
        }
    }

    const std::vector<NumberFormat>& formats_;
    const StringTable& strings_;
    const bool from_1904_;
    const Limits& limits_;
    const std::string& part_;
    const std::function<bool(const RowData&)>& row_;
    RowData data_;
    Cell cell_;
    std::string type_;
    std::string value_;
    int style_ = 0;
    int column_ = 0;
    int64_t cells_ = 0;
    bool in_value_ = false;
    bool phonetic_ = false;
};

class XlsxWorkbook final : public Workbook {
public:
    XlsxWorkbook(const std::filesystem::path& file, const Limits& limits)
        : limits_(limits),
          archive_(file, limits),
          book_(ReadWorkbookPart(archive_, file.filename().string())) {
        if (!book_.styles_part.empty() && archive_.Has(book_.styles_part)) {
            formats_ = ReadCellFormats(archive_, book_.styles_part);
        }
        if (!book_.strings_part.empty() && archive_.Has(book_.strings_part)) {
            ReadSharedStrings(archive_, book_.strings_part, strings_);
        }
        for (const XlsxSheet& sheet : book_.sheets) {
            SheetInfo info;
            info.name = sheet.name;
            info.hidden = sheet.hidden;
            info.index = static_cast<int>(sheets_.size());
            Scan(sheet.part, info);
            sheets_.push_back(std::move(info));
        }
    }

    const std::vector<SheetInfo>& sheets() const override { return sheets_; }

    void Read(int sheet, const std::function<bool(const RowData&)>& row) override {
        const std::string& part = book_.sheets.at(static_cast<size_t>(sheet)).part;
        RowParser parser(formats_, strings_, book_.from_1904, limits_, part, row);
        ReadXml(
            part,
            {[&](std::string_view name, const XmlAttributes& attributes) {
                 return parser.Start(name, attributes);
             },
             [&](std::string_view name) { return parser.End(name); },
             [&](std::string_view text) { parser.Text(text); }},
            [&](const auto& piece) { archive_.Read(part, piece); }
        );
    }

private:
    // Merges stand behind the rows, so each sheet is gone through once before it is read.
    void Scan(const std::string& part, SheetInfo& info) const {
        int width = 0;
        std::vector<std::pair<int, int>> hidden;
        const auto start = [&](std::string_view name, const XmlAttributes& attributes) {
            if (name == "row") {
                ++info.rows;
            } else if (name == "c") {
                width = std::max(width, ParseAddress(attributes.Get("r")).column);
            } else if (name == "col" && attributes.Is("hidden")) {
                hidden.emplace_back(ToInt(attributes.Get("min")), ToInt(attributes.Get("max")));
            } else if (name == "mergeCell") {
                if (const auto merge = ParseMerge(attributes.Get("ref"))) {
                    info.merges.push_back(*merge);
                }
                if (static_cast<int64_t>(info.merges.size()) > limits_.cells / 10) {
                    throw Problem("file_too_large", {{"file", part}, {"what", "merged cells"}});
                }
            }
            return true;
        };
        ReadXml(part, {start, [](std::string_view) { return true; }, {}}, [&](const auto& piece) {
            archive_.Read(part, piece);
        });
        for (const auto& [first, last] : hidden) {
            for (int column = std::max(first, 1); column <= std::min(last, width); ++column) {
                info.hidden_columns.push_back(column);
            }
        }
    }

    const Limits limits_;
    const ZipArchive archive_;
    const XlsxWorkbookPart book_;
    std::vector<NumberFormat> formats_;
    StringTable strings_;
    std::vector<SheetInfo> sheets_;
};

}  // namespace

std::unique_ptr<Workbook> OpenXlsx(const std::filesystem::path& file, const Limits& limits) {
    return std::make_unique<XlsxWorkbook>(file, limits);
}

}  // namespace zw::sheet
