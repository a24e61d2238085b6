#include <fstream>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/writer.h"

namespace zw::sheet {

namespace {

std::string Field(const WriteCell& cell) {
    std::string text;
    switch (cell.kind) {
        case WriteKind::kEmpty:
            return {};
        case WriteKind::kDate:
            text = ToText(cell.date);
            break;
        case WriteKind::kText:
            text = cell.text;
            if (!text.empty() &&
                std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) {
                text.insert(0, "'");
            }
            break;
        default:
            text = cell.text;
            break;
    }
    if (text.find_first_of("\",\r\n\t;") == std::string::npos && text == Trim(text)) {
        return text;
    }
    return "\"" + ReplaceAll(text, "\"", "\"\"") + "\"";
}

}  // namespace

struct CsvWriter::State {
    std::filesystem::path file;
    CsvEncoding encoding;
    std::ofstream out;
    bool closed = false;
};

CsvWriter::CsvWriter(std::filesystem::path file, CsvEncoding encoding)
    : state_(std::make_unique<State>()) {
    state_->file = std::move(file);
    state_->encoding = encoding;
    state_->out.open(state_->file, std::ios::binary | std::ios::trunc);
    if (encoding == CsvEncoding::kUtf8Bom) {
        state_->out << "\xEF\xBB\xBF";
    }
}

CsvWriter::~CsvWriter() {
    if (!state_->closed) {
        state_->out.close();
        std::error_code ignored;
        std::filesystem::remove(state_->file, ignored);
    }
}

void CsvWriter::Row(const std::vector<WriteCell>& cells) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
        line += (i == 0 ? "" : ",") + Field(cells[i]);
    }
    line += "\r\n";
    state_->out << (state_->encoding == CsvEncoding::kGb18030 ? ToGb18030(line) : line);
}

void CsvWriter::Close() {
    state_->out.close();
    if (!state_->out) {
        throw Problem(
            "io_failed",
            {{"path", state_->file.string()},
             {"what", "写不进去，请核对磁盘空间"},
             {"what_en", "it cannot be written: is the disk full?"}}
        );
    }
    state_->closed = true;
}

WriteCell TextCell(std::string text) {
    WriteCell cell;
    cell.kind = text.empty() ? WriteKind::kEmpty : WriteKind::kText;
    cell.text = std::move(text);
    return cell;
}

WriteCell NumberCell(const Decimal& value, std::string format) {
    return NumberCell(ToShortText(value), std::move(format));
}

WriteCell NumberCell(std::string digits, std::string format) {
    WriteCell cell;
    cell.kind = WriteKind::kNumber;
    cell.text = std::move(digits);
    cell.format = std::move(format);
    return cell;
}

WriteCell DateCell(const Date& date, std::string format) {
    WriteCell cell;
    cell.kind = WriteKind::kDate;
    cell.date = date;
    cell.format = format.empty() ? "yyyy-mm-dd" : std::move(format);
    return cell;
}

WriteCell HeadingCell(std::string text) {
    WriteCell cell = TextCell(std::move(text));
    cell.bold = true;
    cell.centred = true;
    return cell;
}

}  // namespace zw::sheet
