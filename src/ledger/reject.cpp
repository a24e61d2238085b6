#include "ledger/reject.h"

#include <algorithm>
#include <fstream>
#include <memory>

#include "base/problem.h"
#include "base/text.h"
#include "ledger/import_propose.h"
#include "sheet/grid.h"
#include "sheet/table.h"

namespace zw::ledger {
namespace {

constexpr std::string_view kByteOrderMark =
    "\xEF\xBB\xBF";  // Excel and WPS take a csv for UTF-8 by it only

using Line = std::vector<std::string>;

std::string TextOf(const sheet::Cell& cell) {
    const bool as_shown =
        cell.kind == sheet::CellKind::kNumber && cell.is_date && !cell.shown.empty();
    return as_shown ? cell.shown : cell.text;
}

Line LineOf(const std::vector<sheet::Cell>& cells) {
    Line line;
    for (const sheet::Cell& cell : cells) {
        line.push_back(TextOf(cell));
    }
    return line;
}

void PutAt(Line& line, size_t column, const std::string& text) {
    line.resize(std::max(line.size(), column));
    line.push_back(text);
}

// Where the table begins and ends, and its refused rows with merged cells filled in.
class RejectedRows final : public sheet::TableSink {
public:
    explicit RejectedRows(const RejectedTable& wanted) : wanted_(wanted) {}

    void BeginTable(const sheet::TableInfo& table) override {
        ++table_;
        if (table_ == wanted_.table) {
            heading_last = table.heading_last;
            for (const sheet::Column& column : table.columns) {
                const bool own = !IsReasonColumn(column);
                width = own ? std::max(width, static_cast<size_t>(column.index)) : width;
            }
        }
    }

    void Row(const sheet::TableRow& row) override {
        const auto reason =
            table_ == wanted_.table ? wanted_.reasons.find(row.number) : wanted_.reasons.end();
        if (reason == wanted_.reasons.end() || row.kind != sheet::RowKind::kData) {
            return;
        }
        Line line = LineOf(row.cells);
        line.resize(std::min(line.size(), width));
        PutAt(line, width, Join(reason->second, "；"));
        lines.push_back(std::move(line));
    }

    void Total(const sheet::TotalCheck& /*total*/) override {}
    void EndTable() override {}

    int heading_last = 0;
    size_t width = 0;
    std::vector<Line> lines;

private:
    const RejectedTable& wanted_;
    int table_ = 0;
};

// Titles and heading as they stand, the refused rows, the reasons in a last column.
std::vector<Line> Layout(
    sheet::Workbook& workbook, const RejectedTable& table, const sheet::Vocabulary& vocabulary
) {
    RejectedRows rejected(table);
    sheet::ReadTables(workbook, table.sheet, vocabulary, rejected);
    std::vector<Line> lines;
    workbook.Read(table.sheet, [&](const sheet::RowData& row) {
        if (row.number > rejected.heading_last) {
            return false;
        }
        lines.resize(static_cast<size_t>(row.number));
        lines.back() = LineOf(row.cells);
        lines.back().resize(std::min(lines.back().size(), rejected.width));
        return true;
    });
    if (!lines.empty()) {
        PutAt(lines.back(), rejected.width, std::string(kReasonHeading));
    }
    lines.insert(lines.end(), rejected.lines.begin(), rejected.lines.end());
    return lines;
}

std::string Quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    return "\"" + ReplaceAll(text, "\"", "\"\"") + "\"";
}

void WriteCsv(const std::filesystem::path& file, const std::vector<Line>& lines) {
    std::ofstream out(file, std::ios::binary);
    out << kByteOrderMark;
    for (const Line& line : lines) {
        std::vector<std::string> cells;
        std::transform(line.begin(), line.end(), std::back_inserter(cells), Quoted);
        out << Join(cells, ",") << "\r\n";
    }
    out.flush();
    if (!out) {
        throw Problem("io_failed", {{"path", file.string()}, {"what", "写入失败"}});
    }
}

}  // namespace

std::filesystem::path WriteRejects(
    const std::filesystem::path& file,
    const std::vector<RejectedTable>& tables,
    const sheet::Vocabulary& vocabulary,
    const std::filesystem::path& folder
) {
    if (tables.empty()) {
        return {};
    }
    std::vector<std::filesystem::path> written;
    std::filesystem::create_directories(folder);
    const auto workbook = sheet::Workbook::Open(file);
    for (const RejectedTable& table : tables) {
        const std::string sheet = ReplaceAll(
            Normalise(workbook->sheets().at(static_cast<size_t>(table.sheet)).name), "/", "_"
        );
        const std::string part = table.table > 1 ? "_" + std::to_string(table.table) : "";
        // Period and place may stand in the sheet's name only: it is kept in the file's.
        written.push_back(folder / (file.stem().string() + "_" + sheet + part + "_退回.csv"));
        WriteCsv(written.back(), Layout(*workbook, table, vocabulary));
    }
    return written.size() == 1 ? written.front() : folder;
}

}  // namespace zw::ledger
