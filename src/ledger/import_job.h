#pragma once
// One table of an import run: its plan, what is found in it, what came of its rows.

#include <map>
#include <memory>
#include <string>

#include "ledger/import_run.h"
#include "ledger/import_scan.h"

namespace zw::ledger {

struct ImportRun::TableJob {
    const SheetProposal* proposal = nullptr;
    size_t file = 0;
    int sheet = 0;  // index in the workbook
    int heading_first = 0;
    SheetPlan plan;
    std::unique_ptr<RowConverter> converter;
    SheetResult result;
    RejectedTable rejected;
    std::map<int, std::map<size_t, std::string>> mends;      // row → column from 1 → text
    std::optional<std::pair<int, sheet::Cell>> place_above;  // column, cell (SheetPlan::place_down)

    // A finding of the sheet is of the table whose heading stands next above it; of two side by
    // side of that which has its column.
    bool Owns(const Finding& finding, const TableJob& other) const {
        if (heading_first != other.heading_first) {
            return heading_first <= finding.row &&
                   (heading_first > other.heading_first || other.heading_first > finding.row);
        }
        const auto has = [&](int column) { return sheet::ColumnLetters(column) == finding.column; };
        bool inside = false;
        for (int column = rejected.first_column; column <= rejected.width; ++column) {
            inside = inside || has(column);
        }
        return inside;
    }

    // The row is a village's name over its rows: they are of it from here on.
    bool TakesSection(const sheet::TableRow& row, const CellReader& reader) {
        const bool may = row.kind == sheet::RowKind::kNote || row.named_only;
        if (!may || !plan.place_columns.empty()) {
            return false;
        }
        const auto text = LoneText(row, reader.vocabulary());
        const auto village = text ? reader.PlaceOfSection(*text) : std::nullopt;
        if (!village) {
            return false;
        }
        plan.place = village;
        rejected.sections[row.number] = *text;
        return true;
    }

    // The row with the place of the row above it, when it has none of its own and may have that.
    std::optional<sheet::TableRow> WithPlaceAbove(
        const sheet::TableRow& row, const sheet::Vocabulary& vocabulary
    ) {
        if (!plan.place_down) {
            return std::nullopt;
        }
        for (const int index : plan.place_columns) {
            const auto at = static_cast<size_t>(index - 1);
            if (at < row.cells.size() && sheet::ReadText(row.cells[at], vocabulary)) {
                place_above = {index, row.cells[at]};
                return std::nullopt;
            }
        }
        if (!place_above) {
            return std::nullopt;
        }
        sheet::TableRow out = row;
        const auto& [index, cell] = *place_above;
        out.cells.resize(std::max(out.cells.size(), static_cast<size_t>(index)));
        out.filled.resize(out.cells.size());
        out.cells[static_cast<size_t>(index - 1)] = cell;
        rejected.places[row.number] = *place_above;
        return out;
    }

    void Count(RowOutcome outcome) {
        ++result.rows.read;
        result.rows.refused += outcome == RowOutcome::kRefused ? 1 : 0;
        result.rows.created += outcome == RowOutcome::kNew ? 1 : 0;
        result.rows.changed += outcome == RowOutcome::kChanged ? 1 : 0;
        result.rows.same += outcome == RowOutcome::kSame ? 1 : 0;
    }
};

}  // namespace zw::ledger
