#include "ledger/reject.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "sheet/grid.h"
#include "sheet/table.h"
#include "sheet/writer.h"

namespace zw::ledger {
namespace {

constexpr double kReasonWidth = 40;  // characters
constexpr double kColumnWidth = 14;

// A cell as it stood. A formula is written as its result; one that was never computed is left for
// the sender to fill in.
sheet::WriteCell Copy(const sheet::Cell& cell) {
    switch (cell.kind) {
        case sheet::CellKind::kNumber:
            return sheet::NumberCell(cell.text, cell.format);
        case sheet::CellKind::kError:
            if (cell.text != sheet::kNotComputed) {
                sheet::WriteCell out;
                out.kind = sheet::WriteKind::kError;
                out.text = cell.text;
                return out;
            }
            break;
        case sheet::CellKind::kText:
        case sheet::CellKind::kBool:
            return sheet::TextCell(cell.text);
        case sheet::CellKind::kEmpty:
            break;
    }
    return {};
}

std::vector<sheet::WriteCell> Copies(const std::vector<sheet::Cell>& cells, int width) {
    std::vector<sheet::WriteCell> out;
    for (const sheet::Cell& cell : cells) {
        if (static_cast<int>(out.size()) < width) {
            out.push_back(Copy(cell));
        }
    }
    out.resize(static_cast<size_t>(width));
    return out;
}

// Writes one table: titles, heading, then the refused rows while the sheet is read.
class TableCopy final : public sheet::TableSink {
public:
    TableCopy(sheet::XlsxWriter& writer, const RejectedTable& table)
        : writer_(writer), table_(table) {}

    void WriteHeading(sheet::Workbook& workbook) {
        for (const std::string& title : table_.titles) {
            writer_.Row({sheet::TextCell(title)});
        }
        const int shift = writer_.last_row() + 1 - table_.heading_first;
        std::map<int, std::vector<sheet::WriteCell>> rows;
        workbook.Read(table_.sheet, [&](const sheet::RowData& row) {
            if (row.number >= table_.heading_first && row.number <= table_.heading_last) {
                std::vector<sheet::WriteCell>& cells = rows[row.number];
                cells = Copies(row.cells, table_.width);
                // At the left another table may stand.
                std::fill_n(cells.begin(), table_.first_column - 1, sheet::WriteCell{});
            }
            return row.number < table_.heading_last;
        });
        for (int number = table_.heading_first; number <= table_.heading_last; ++number) {
            std::vector<sheet::WriteCell>& cells = rows[number];
            cells.resize(static_cast<size_t>(table_.width));
            if (number == table_.heading_first) {
                cells.push_back(sheet::HeadingCell(std::string(kReasonHeading)));
                cells.push_back(sheet::HeadingCell(std::string(kFormerRowHeading)));
            }
            writer_.Row(cells, false, number + shift);
        }
        MergeHeading(workbook, shift);
    }

    void BeginTable(const sheet::TableInfo& /*table*/) override { ++seen_; }

    void Row(const sheet::TableRow& row) override {
        const auto reason =
            seen_ == table_.table ? table_.reasons.find(row.number) : table_.reasons.end();
        if (reason == table_.reasons.end() || row.kind != sheet::RowKind::kData) {
            return;
        }
        WriteSection(row.number);
        std::vector<sheet::WriteCell> cells = Copies(row.cells, table_.width);
        if (const auto place = table_.places.find(row.number); place != table_.places.end()) {
            cells.at(static_cast<size_t>(place->second.first - 1)) = Copy(place->second.second);
        }
        cells.push_back(sheet::TextCell(Join(reason->second, "；")));
        cells.push_back(sheet::NumberCell(std::to_string(row.number)));
        writer_.Row(cells);
    }

    void Total(const sheet::TotalCheck& /*total*/) override {}
    void EndTable() override {}

private:
    // The line over the row that says which village it is of, once.
    void WriteSection(int row) {
        auto section = table_.sections.upper_bound(row);
        if (section != table_.sections.begin() && (--section)->first > section_) {
            section_ = section->first;
            writer_.Row({sheet::TextCell(section->second)});
        }
    }

    void MergeHeading(const sheet::Workbook& workbook, int shift) {
        for (sheet::Merge merge : workbook.sheets().at(static_cast<size_t>(table_.sheet)).merges) {
            if (merge.first_row >= table_.heading_first && merge.last_row <= table_.heading_last &&
                merge.first_column >= table_.first_column && merge.last_column <= table_.width) {
                merge.first_row += shift;
                merge.last_row += shift;
                writer_.AddMerge(merge);
            }
        }
        const int first = table_.heading_first + shift;
        const int last = table_.heading_last + shift;
        for (int column = table_.width + 1; first < last && column <= table_.width + 2; ++column) {
            writer_.AddMerge({first, column, last, column});
        }
    }

    sheet::XlsxWriter& writer_;
    const RejectedTable& table_;
    int seen_ = 0;
    int section_ = 0;  // row of the one that was written last
};

sheet::SheetLayout LayoutOf(const sheet::SheetInfo& info, int width) {
    sheet::SheetLayout layout;
    // Period and place may stand in the sheet's name only.
    layout.name = info.name;
    layout.widths.assign(static_cast<size_t>(width), kColumnWidth);
    layout.widths.push_back(kReasonWidth);
    return layout;
}

}  // namespace

std::filesystem::path WriteRejects(
    const std::filesystem::path& file,
    const std::string& name,
    const std::vector<RejectedTable>& tables,
    const sheet::Vocabulary& vocabulary,
    const std::filesystem::path& folder
) {
    if (tables.empty()) {
        return {};
    }
    std::filesystem::create_directories(folder);
    const std::string stem =
        (std::filesystem::path(name).parent_path() / std::filesystem::path(name).stem()).string();
    std::filesystem::path out = folder / (ReplaceAll(stem, "/", "_") + "_退回.xlsx");
    const auto workbook = sheet::Workbook::Open(file);
    sheet::XlsxWriter writer(out);
    int open = -1;
    for (const RejectedTable& table : tables) {
        if (table.sheet != open) {
            const auto& info = workbook->sheets().at(static_cast<size_t>(table.sheet));
            writer.BeginSheet(LayoutOf(info, table.width));
            open = table.sheet;
        } else {
            writer.Row({});  // a blank row parts two tables of one sheet
        }
        TableCopy copy(writer, table);
        copy.WriteHeading(*workbook);
        sheet::ReadTables(*workbook, table.sheet, vocabulary, copy);
    }
    writer.Close();
    return out;
}

}  // namespace zw::ledger
