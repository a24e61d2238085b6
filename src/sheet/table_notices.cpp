#include "sheet/table_notices.h"

#include "base/text.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kMostNotices = 10'000;

std::string NameOf(const TableInfo& table, int column) {
    for (const Column& each : table.columns) {
        if (each.index == column) {
            return each.name;
        }
    }
    return ColumnLetters(column);
}

std::optional<Decimal> Amount(const TableRow& row, int column) {
    const auto index = static_cast<size_t>(column - 1);
    return index < row.cells.size() && !row.filled[index] ? Addend(row.cells[index]) : std::nullopt;
}

}  // namespace

void TableNotices::Tell(
    Severity severity,
    const char* code,
    int row,
    int column,
    const Details& details,
    const std::string& value
) {
    if (findings_.size() >= kMostNotices && severity == Severity::kNote) {
        return;
    }
    Finding finding;
    finding.severity = severity;
    finding.code = code;
    finding.Say(CatalogueWords(code, details));
    finding.sheet = sheet_;
    finding.row = row;
    finding.column = column > 0 ? ColumnLetters(column) : "";
    finding.value = value;
    findings_.push_back(std::move(finding));
}

void TableNotices::HiddenColumns(const TableInfo& table) {
    for (const Column& column : table.columns) {
        if (column.hidden) {
            Tell(
                Severity::kNote,
                "hidden_column",
                table.heading_last,
                column.index,
                {{"name", column.name}},
                ""
            );
        }
    }
}

void TableNotices::HiddenRow(const TableRow& row) {
    if (row.hidden) {
        Tell(Severity::kNote, "hidden_row", row.number, 0, {}, "");
    }
}

void TableNotices::WrongTotal(const TableInfo& table, const TotalCheck& check) {
    for (const TotalCheck::Difference& difference : check.differs) {
        Tell(
            Severity::kTotal,
            "total_mismatch",
            check.row,
            difference.column,
            {{"name", NameOf(table, difference.column)},
             {"printed", difference.printed},
             {"sum", difference.sum}},
            difference.printed
        );
    }
}

void TableNotices::WrongParts(const TableInfo& table, const TableRow& row) {
    for (const Column& column : table.columns) {
        if (column.part_of == 0) {
            continue;
        }
        const auto part = Amount(row, column.index);
        const auto whole = Amount(row, column.part_of);
        if (part && whole && zw::Compare(*part, *whole) > 0) {
            Tell(
                Severity::kTotal,
                "part_exceeds_whole",
                row.number,
                column.index,
                {{"name", column.name},
                 {"part", ToShortText(*part)},
                 {"whole", ToShortText(*whole)},
                 {"whole_name", NameOf(table, column.part_of)}},
                ToShortText(*part)
            );
        }
    }
}

}  // namespace zw::sheet
