#include "sheet/csv_workbook.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "base/text.h"

namespace zw::sheet {

namespace {

constexpr size_t kPiece = 64U << 10U;
constexpr size_t kLongestRow = 4U << 20U;
constexpr char kJoint = '\x1F';  // between the fields of a row while it is converted as one
constexpr std::string_view kBom = "\xEF\xBB\xBF";

[[noreturn]] void Fail(const char* code, const std::string& name, const char* what) {
    throw Problem(code, {{"file", name}, {"what", what}});
}

// Counts, over the whole file, what decides how it is read.
struct Survey {
    bool bom = false;
    bool utf8 = true;
    int64_t lines = 0;
    char separator = ',';
};

char GuessSeparator(std::string_view head) {
    std::array<size_t, 3> counts{};
    constexpr std::string_view kSeparators = ",\t;";
    bool quoted = false;
    for (const char c : head) {
        quoted = quoted != (c == '"');
        const size_t found = kSeparators.find(c);
        if (!quoted && found != std::string_view::npos) {
            ++counts[found];
        }
    }
    return kSeparators[static_cast<size_t>(
        std::max_element(counts.begin(), counts.end()) - counts.begin()
    )];
}

Survey SurveyFile(const std::filesystem::path& file, const Limits& limits) {
    const std::string name = file.filename().string();
    std::ifstream in(file, std::ios::binary);
    std::string piece(kPiece, '\0');
    std::string rest;  // a line's tail: a UTF-8 sequence never spans a line end
    Survey survey;
    int64_t total = 0;
    while (in.read(piece.data(), kPiece) || in.gcount() > 0) {
        const std::string_view got(piece.data(), static_cast<size_t>(in.gcount()));
        if (total == 0) {
            survey.bom = StartsWith(got, kBom);
            survey.separator = GuessSeparator(got.substr(0, 4096));
        }
        total += in.gcount();
        if (total > limits.unpacked_bytes) {
            Fail("file_too_large", name, "bytes");
        }
        if (got.find('\0') != std::string_view::npos) {
            Fail("file_unknown", name, "binary");
        }
        survey.lines += std::count(got.begin(), got.end(), '\n');
        rest += got;
        const size_t end = rest.rfind('\n');
        if (end != std::string::npos) {
            survey.utf8 = survey.utf8 && IsValidUtf8(std::string_view(rest).substr(0, end));
            rest.erase(0, end + 1);
        } else if (rest.size() > kLongestRow) {
            Fail("file_damaged", name, "a line without end");
        }
    }
    survey.utf8 = survey.utf8 && IsValidUtf8(rest);
    if (survey.bom && !survey.utf8) {
        Fail("file_damaged", name, "UTF-8");
    }
    return survey;
}

// Splits bytes into records. Quotes, separators and line ends are bytes that never occur inside a
// GB18030 or UTF-8 sequence.
class RecordParser {
public:
    explicit RecordParser(char separator) : separator_(separator) {}

    // Takes one byte; true when it ended a record.
    bool Take(char c) {
        if (after_quote_) {
            after_quote_ = false;
            if (c == '"') {
                bytes_ += '"';
                return false;
            }
            quoted_ = false;
        }
        if (quoted_) {
            if (c == '"') {
                after_quote_ = true;
            } else if (c != '\r') {
                bytes_ += c;
            }
            return false;
        }
        if (c == '"' && (bytes_.empty() || bytes_.back() == kJoint || EndsWith(bytes_, "\x1F=") ||
                         bytes_ == "=")) {
            quoted_ = true;
        } else if (c == separator_) {
            bytes_ += kJoint;
        } else if (c == '\n') {
            return true;
        } else if (c != '\r') {
            bytes_ += c;
        }
        return false;
    }

    size_t size() const { return bytes_.size(); }
    bool unfinished() const { return quoted_ && !after_quote_; }
    std::string TakeRecord() {
        after_quote_ = quoted_ = false;
        return std::exchange(bytes_, {});
    }

private:
    const char separator_;
    std::string bytes_;
    bool quoted_ = false;
    bool after_quote_ = false;
};

// ="0012" and '=x are how texts are kept texts in a csv: the first by Excel's users, the second by
// our own writer.
std::string Unwrapped(std::string field) {
    constexpr std::string_view kDefused = "=+-@\t";
    const bool by_formula =
        StartsWith(field, "=") && field.find_first_not_of("0123456789Xx", 1) == std::string::npos;
    const bool by_quote =
        field.size() > 1 && field[0] == '\'' && kDefused.find(field[1]) != std::string_view::npos;
    if (by_formula || by_quote) {
        field.erase(0, 1);
    }
    return field;
}

class CsvWorkbook final : public Workbook {
public:
    CsvWorkbook(const std::filesystem::path& file, const Limits& limits)
        : file_(file), limits_(limits), survey_(SurveyFile(file, limits)) {
        SheetInfo info;
        info.name = "Sheet1";
        info.rows = survey_.lines;
        sheets_.push_back(std::move(info));
        if (!survey_.utf8) {
            Read(0, [](const RowData&) {
                return true;
            });  // a file that is no GB18030 either is refused before its first row
        }
    }

    const std::vector<SheetInfo>& sheets() const override { return sheets_; }
    std::string encoding() const override { return survey_.utf8 ? "utf-8" : "gb18030"; }

    void Read(int, const std::function<bool(const RowData&)>& row) override {
        std::ifstream in(file_, std::ios::binary);
        if (survey_.bom) {
            in.ignore(static_cast<std::streamsize>(kBom.size()));
        }
        RecordParser parser(survey_.separator);
        RowData data;
        int64_t cells = 0;
        std::string piece(kPiece, '\0');
        while (in.read(piece.data(), kPiece) || in.gcount() > 0) {
            for (std::streamsize i = 0; i < in.gcount(); ++i) {
                if (parser.Take(piece[static_cast<size_t>(i)]) &&
                    !Deliver(parser.TakeRecord(), data, cells, row)) {
                    return;
                }
            }
            if (parser.size() > kLongestRow) {
                Fail("file_damaged", file_.filename().string(), "a quote that is never closed");
            }
        }
        if (parser.unfinished()) {
            Fail("file_damaged", file_.filename().string(), "a quote that is never closed");
        }
        if (parser.size() > 0) {
            Deliver(parser.TakeRecord(), data, cells, row);
        }
    }

private:
    bool Deliver(
        std::string bytes,
        RowData& data,
        int64_t& cells,
        const std::function<bool(const RowData&)>& row
    ) const {
        ++data.number;
        data.cells.clear();
        if (!survey_.utf8 &&
            std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; })) {
            const std::optional<std::string> text = FromGb18030(bytes);
            if (!text) {
                Fail("file_damaged", file_.filename().string(), "neither UTF-8 nor GB18030");
            }
            bytes = *text;
        }
        for (std::string& field : Split(bytes, kJoint)) {
            Cell cell;
            cell.text = Unwrapped(std::move(field));
            cell.kind = cell.text.empty() ? CellKind::kEmpty : CellKind::kText;
            data.cells.push_back(std::move(cell));
        }
        cells += static_cast<int64_t>(data.cells.size());
        if (cells > limits_.cells) {
            Fail("file_too_large", file_.filename().string(), "cells");
        }
        while (!data.cells.empty() && data.cells.back().kind == CellKind::kEmpty) {
            data.cells.pop_back();
        }
        return data.cells.empty() || row(data);
    }

    const std::filesystem::path file_;
    const Limits limits_;
    const Survey survey_;
    std::vector<SheetInfo> sheets_;
};

}  // namespace

std::unique_ptr<Workbook> OpenCsv(const std::filesystem::path& file, const Limits& limits) {
    return std::make_unique<CsvWorkbook>(file, limits);
}

}  // namespace zw::sheet
