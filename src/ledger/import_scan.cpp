#include "ledger/import_scan.h"

#include "base/problem.h"

namespace zw::ledger {
namespace {

constexpr size_t kSamples = 60;
constexpr size_t kAmbiguousRows = 10;
constexpr size_t kLoneRows = 50;

class Scanner final : public sheet::TableSink {
public:
    explicit Scanner(const sheet::Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    void BeginTable(const sheet::TableInfo& table) override {
        tables.emplace_back();
        tables.back().info = table;
        tables.back().columns.resize(table.columns.size());
    }

    void Row(const sheet::TableRow& row) override {
        if (tables.empty()) {
            return;
        }
        if (row.kind == sheet::RowKind::kNote || row.named_only) {
            const auto lone = LoneText(row, vocabulary_);
            if (lone && tables.back().lone.size() < kLoneRows) {
                tables.back().lone.push_back(*lone);
            }
        }
        if (row.kind != sheet::RowKind::kData) {
            return;
        }
        TableScan& table = tables.back();
        ++table.rows;
        for (size_t i = 0; i < table.columns.size(); ++i) {
            const size_t at = static_cast<size_t>(table.info.columns[i].index - 1);
            if (at < row.cells.size()) {
                Look(row, row.cells[at], table.columns[i]);
            }
            Compare(table.rows, row, at, table.columns[i]);
        }
    }

    void Total(const sheet::TotalCheck& /*total*/) override {}
    void EndTable() override {}

    std::vector<TableScan> tables;

private:
    void Look(const sheet::TableRow& row, const sheet::Cell& cell, ColumnStats& stats) const {
        if (!sheet::ReadText(cell, vocabulary_)) {
            return;
        }
        ++stats.filled;
        if (stats.samples.size() < kSamples && cell.kind != sheet::CellKind::kError) {
            stats.samples.push_back(cell);
        }
        if (IsNumber(cell)) {
            ++stats.numbers;
        }
        stats.counts_up = stats.counts_up && cell.kind != sheet::CellKind::kError &&
                          cell.text == std::to_string(stats.filled);
        if (cell.kind == sheet::CellKind::kNumber && stats.ambiguous_rows.size() < kAmbiguousRows &&
            IsAmbiguous(cell)) {
            stats.ambiguous_rows.push_back(row.number);
        }
    }

    // Whether a column names each thing once, over its rows, or in every row.
    void Compare(int64_t rows, const sheet::TableRow& row, size_t at, ColumnStats& stats) const {
        const auto text =
            at < row.cells.size() ? sheet::ReadText(row.cells[at], vocabulary_) : std::nullopt;
        const bool own = at >= row.filled.size() || !row.filled[at];
        stats.begins = stats.begins || (rows == 1 && text.has_value());
        stats.repeats += text && own && *text == stats.above ? 1 : 0;
        stats.above = own ? text.value_or("") : "";
    }

    bool IsNumber(const sheet::Cell& cell) const {
        if (cell.kind == sheet::CellKind::kNumber) {
            return !cell.is_date;
        }
        try {
            return cell.kind == sheet::CellKind::kText &&
                   sheet::ReadNumber(cell, vocabulary_).has_value();
        } catch (const Problem&) {
            return false;
        }
    }

    bool IsAmbiguous(const sheet::Cell& cell) const {
        if (cell.text.size() != 6 || cell.text[4] != '.') {
            return false;
        }
        try {
            const auto date = sheet::ReadDate(cell, vocabulary_);
            return date && date->ambiguous;
        } catch (const Problem&) {
            return false;
        }
    }

    const sheet::Vocabulary& vocabulary_;
};

}  // namespace

std::optional<std::string> LoneText(
    const sheet::TableRow& row, const sheet::Vocabulary& vocabulary
) {
    std::optional<std::string> found;
    for (size_t i = 0; i < row.cells.size(); ++i) {
        const bool own = i >= row.filled.size() || !row.filled[i];
        const auto text = own ? sheet::ReadText(row.cells[i], vocabulary) : std::nullopt;
        if (text && found) {
            return std::nullopt;
        }
        found = text ? text : found;
    }
    return found;
}

std::vector<TableScan> ScanSheet(
    sheet::Workbook& workbook, int sheet, const sheet::Vocabulary& vocabulary
) {
    Scanner scanner(vocabulary);
    sheet::ReadTables(workbook, sheet, vocabulary, scanner);
    return std::move(scanner.tables);
}

}  // namespace zw::ledger
