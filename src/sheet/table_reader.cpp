// The way from rows to tables: wait for the heading, then judge row by row.

#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "sheet/comparison_rows.h"
#include "sheet/heading.h"
#include "sheet/merge_filler.h"
#include "sheet/next_table.h"
#include "sheet/row_classifier.h"
#include "sheet/side_by_side.h"
#include "sheet/table.h"
#include "sheet/table_notices.h"
#include "sheet/totals.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kRowsBeforeHeading =
    90;  // the heading lies within 60, and must be judged by rows below it
constexpr size_t kRowsBeforeAnother = 30;
constexpr int kLongestGap = 1000;  // blank rows that are told one by one

class TableReader {
public:
    TableReader(const SheetInfo& info, const Vocabulary& vocabulary, TableSink& sink)
        : info_(info),
          vocabulary_(vocabulary),
          sink_(sink),
          filler_(info.merges),
          notices_(info.name) {}

    // Reads only this one of tables that stand side by side.
    void Only(const Side& side) { only_ = &side; }

    bool Take(const RowData& row) {
        if (only_ != nullptr && only_->last_row > 0 && row.number > only_->last_row) {
            return false;
        }
        if (only_ != nullptr && row.number < only_->first_row) {
            return true;
        }
        if (table_ != nullptr && !seeking_) {
            Judge(row, true);
            return true;
        }
        buffer_.push_back(only_ == nullptr ? row : OfSide(row, *only_));
        if (buffer_.size() >= (table_ == nullptr ? kRowsBeforeHeading : kRowsBeforeAnother)) {
            Settle();
        }
        return table_ != nullptr ||
               !buffer_.empty();  // no heading near the beginning: no table in this sheet
    }

    std::vector<Finding> Finish() {
        while (!buffer_.empty()) {
            Settle();
        }
        EndTable();
        return notices_.Take();
    }

    // The tables at the right of those that were read, still to be read.
    std::vector<Side>& sides() { return sides_; }

private:
    // All that belongs to the table being read.
    struct Current {
        Heading heading;
        TableInfo info;
        RowClassifier classifier;
        TotalsChecker totals;
        ComparisonRows comparisons;
        Current(
            Heading found,
            const std::vector<RowData>& rows,
            const SheetInfo& sheet,
            const Vocabulary& vocabulary,
            const TableInfo* above
        )
            : heading(std::move(found)),
              info(DescribeTable(heading, rows, sheet, vocabulary, above)),
              classifier(heading, info, sheet, vocabulary),
              totals(info, vocabulary),
              comparisons(info) {}
    };

    // The buffer is full or the sheet at its end: find the heading, and read on behind it.
    void Settle() {
        std::vector<RowData> rows = std::move(buffer_);
        buffer_.clear();
        const bool another = seeking_;
        seeking_ = false;
        const std::optional<Heading> heading = HeadingOf(rows, another);
        if (!heading && !another) {
            return;
        }
        size_t next = 0;
        if (heading) {
            while (next < rows.size() && rows[next].number <= heading->last) {
                ++next;
            }
            Begin(*heading, rows);
        }
        for (; next < rows.size(); ++next) {
            if (seeking_) {
                buffer_.push_back(std::move(rows[next]));
            } else {
                Judge(rows[next], heading.has_value() || next >= first_unjudged_);
            }
        }
    }

    std::optional<Heading> HeadingOf(const std::vector<RowData>& rows, bool another) {
        if (only_ != nullptr && !another) {
            return only_->heading;
        }
        if (std::exchange(again_, false)) {
            const int first = rows.at(first_unjudged_ - 1).number;
            if (auto heading = Repeated(table_->heading, rows, first, vocabulary_)) {
                return heading;
            }
        }
        std::optional<Heading> heading = FindHeading(rows, info_, vocabulary_, another);
        if (heading && another && heading->tiers == table_->heading.tiers) {
            heading.reset();
        }
        return heading;
    }

    // A table begins; of several side by side the first is read now, the others are kept for later.
    void Begin(Heading heading, const std::vector<RowData>& rows) {
        const std::unique_ptr<Current> before = EndTable();
        const TableInfo* above = before != nullptr                              ? &before->info
                                 : only_ != nullptr && only_->above.has_value() ? &*only_->above
                                                                                : nullptr;
        std::vector<Side> sides =
            only_ == nullptr ? SideBySide(heading, rows) : std::vector<Side>{};
        std::vector<RowData> own = rows;
        if (!sides.empty()) {
            heading = sides.front().heading;
            std::transform(rows.begin(), rows.end(), own.begin(), [&](const RowData& row) {
                return OfSide(row, sides.front());
            });
            KeepForLater(sides, above);
        }
        last_row_ = heading.last;
        table_ = std::make_unique<Current>(std::move(heading), own, info_, vocabulary_, above);
        if (before != nullptr && table_->info.repeats) {
            table_->totals.Continue(before->totals);
        }
        sink_.BeginTable(table_->info);
        notices_.HiddenColumns(table_->info);
    }

    void KeepForLater(std::vector<Side>& sides, const TableInfo* above) {
        beside_ = sides.size() - 1;
        for (size_t i = 1; i < sides.size(); ++i) {
            if (above != nullptr) {
                sides[i].above = *above;
            }
            sides_.push_back(std::move(sides[i]));
        }
        side_ = std::move(sides.front());
    }

    // `may_turn`: the row may begin another table.
    void Judge(const RowData& raw, bool may_turn) {
        TableRow row;
        row.number = raw.number;
        row.hidden = raw.hidden;
        row.cells = only_ != nullptr ? OfSide(raw, *only_).cells
                    : side_          ? OfSide(raw, *side_).cells
                                     : raw.cells;
        row.filled.assign(row.cells.size(), false);
        filler_.Fill(row, table_->info.heading_last);
        AddGap(row.number);
        const RowVerdict verdict = Classify(row);
        again_ = may_turn && verdict.kind == RowKind::kRepeatedHeading && NewTitle(row);
        if (again_ || (may_turn && verdict.kind == RowKind::kData && MayBeginAnother(row))) {
            Turn(raw);
            return;
        }
        if (verdict.kind == RowKind::kRepeatedHeading) {
            TitlesAreNotes();
        }
        row.kind = verdict.kind;
        row.named_only = verdict.named_only;
        if (verdict.kind == RowKind::kBlank || verdict.kind == RowKind::kNote || verdict.lonely) {
            pending_.push_back({std::move(row), verdict.lonely});
            if (pending_.size() > kRowsBeforeHeading) {
                Release(false);
            }
            return;
        }
        Release(false);
        Deliver(row, verdict);
    }

    RowVerdict Classify(const TableRow& row) {
        RowVerdict verdict = table_->classifier.Classify(row);
        if (verdict.kind == RowKind::kData && !verdict.named_only) {
            verdict.kind = table_->comparisons.Judge(row).value_or(verdict.kind);
        }
        return verdict;
    }

    // Rows that a sheet leaves out are blank.
    void AddGap(int number) {
        for (int blank = last_row_ + 1; blank < number && number - last_row_ <= kLongestGap;
             ++blank) {
            TableRow row;
            row.number = blank;
            row.kind = RowKind::kBlank;
            pending_.push_back({std::move(row), false});
        }
        last_row_ = number;
    }

    bool MayBeginAnother(const TableRow& row) const {
        const bool apart = !pending_.empty() || last_kind_ == RowKind::kTotal;
        return table_->classifier.MayBeginAnother(row, apart);
    }

    // The heading stands again, under a title of its own: another village, another year.
    bool NewTitle(const TableRow& row) const {
        if (!table_->classifier.BeginsAgain(row)) {
            return false;
        }
        const std::vector<Line> lines = HeldLines();
        std::vector<std::string> titles = table_->info.titles;
        titles.insert(titles.end(), table_->info.above.begin(), table_->info.above.end());
        const size_t count = TitleLines(lines, UnderData(), titles, vocabulary_);
        return NamesAnother(
            {lines.end() - static_cast<long>(count), lines.end()}, titles, vocabulary_
        );
    }

    // The title that the next page repeats is no row of one name.
    void TitlesAreNotes() {
        const size_t count = TitleLines(HeldLines(), UnderData(), table_->info.titles, vocabulary_);
        for (size_t i = pending_.size() - count; i < pending_.size(); ++i) {
            if (pending_[i].lonely) {
                pending_[i].lonely = false;
                pending_[i].row.named_only = false;
                pending_[i].row.kind = RowKind::kNote;
            }
        }
    }

    bool UnderData() const { return last_kind_ == RowKind::kData; }

    std::vector<Line> HeldLines() const {
        std::vector<Line> lines;
        for (const Held& held : pending_) {
            lines.emplace_back();
            for (const Cell& cell : held.row.cells) {
                if (held.row.kind != RowKind::kBlank && !IsEmpty(cell, vocabulary_)) {
                    lines.back().cells.push_back(Normalise(cell.text));
                }
            }
        }
        return lines;
    }

    // Collects rows from here on to see whether a heading stands here; the lines just above may be
    // its title.
    void Turn(const RowData& raw) {
        std::vector<RowData> titles;
        const size_t count = TitleLines(HeldLines(), UnderData(), table_->info.titles, vocabulary_);
        for (size_t i = 0; i < count; ++i) {
            RowData title;
            title.number = pending_.back().row.number;
            title.hidden = pending_.back().row.hidden;
            title.cells = pending_.back().row.cells;
            if (pending_.back().row.kind != RowKind::kBlank) {
                titles.insert(titles.begin(), std::move(title));
            }
            pending_.pop_back();
        }
        seeking_ = true;
        first_unjudged_ = titles.size() + 1;
        buffer_ = std::move(titles);
        buffer_.push_back(only_ == nullptr ? raw : OfSide(raw, *only_));
        last_row_ = buffer_.front().number - 1;
    }

    // Hands on what was held back. At the end of a table, blank rows are no part of it and a lonely
    // name is a note, unless it stands right under the data.
    void Release(bool at_end) {
        while (at_end && !pending_.empty() && pending_.back().row.kind == RowKind::kBlank) {
            pending_.pop_back();
        }
        bool under_data = last_kind_ == RowKind::kData;
        for (Held& held : pending_) {
            RowVerdict verdict;
            under_data = under_data && held.lonely;
            if (held.lonely && at_end && !under_data) {
                held.row.kind = RowKind::kNote;
                held.row.named_only = false;
            }
            verdict.kind = held.row.kind;
            Deliver(held.row, verdict);
        }
        pending_.clear();
    }

    void Deliver(const TableRow& row, const RowVerdict& verdict) {
        last_kind_ = verdict.kind;
        sink_.Row(row);
        table_->comparisons.Take(row, verdict.kind, verdict.current);
        if (verdict.kind == RowKind::kData) {
            notices_.HiddenRow(row);
            table_->classifier.Learn(row);
            table_->totals.AddData(row);
            notices_.WrongParts(table_->info, row);
        } else if (verdict.kind == RowKind::kTotal) {
            TellTotals(table_->totals.AddTotal(row, verdict.label, verdict.word, verdict.beside));
        }
    }

    void TellTotals(const std::vector<TotalCheck>& checks) {
        for (const TotalCheck& check : checks) {
            sink_.Total(check);
            notices_.WrongTotal(table_->info, check);
        }
    }

    // Gives the table that ended; nullptr when there was none.
    std::unique_ptr<Current> EndTable() {
        if (table_ == nullptr) {
            return nullptr;
        }
        for (; beside_ > 0; --beside_) {
            sides_.at(sides_.size() - beside_).last_row = last_row_;
        }
        side_.reset();
        Release(true);
        TellTotals(table_->totals.Finish());
        sink_.EndTable();
        last_kind_ = RowKind::kData;
        return std::move(table_);
    }

    struct Held {
        TableRow row;
        bool lonely = false;
    };

    const SheetInfo& info_;
    const Vocabulary& vocabulary_;
    TableSink& sink_;
    MergeFiller filler_;
    std::vector<RowData> buffer_;  // rows seen while a heading is looked for
    bool seeking_ = false;         // for the heading of another table
    bool again_ = false;           // that has the same heading
    const Side* only_ = nullptr;   // all that is to be read
    std::optional<Side> side_;     // that is read now, others stand at its right
    std::vector<Side> sides_;      // those others, of all tables
    size_t beside_ = 0;            // of them, of the table that is read now
    size_t first_unjudged_ =
        0;  // rows of the buffer before it were judged once and did not begin a table
    std::unique_ptr<Current> table_;
    std::vector<Held> pending_;  // notes and blank rows, until it is known what follows
    RowKind last_kind_ = RowKind::kData;
    int last_row_ = 0;
    TableNotices notices_;
};

}  // namespace

std::vector<Finding> ReadTables(
    Workbook& workbook, int sheet, const Vocabulary& vocabulary, TableSink& sink
) {
    const SheetInfo& info = workbook.sheets().at(static_cast<size_t>(sheet));
    TableReader reader(info, vocabulary, sink);
    workbook.Read(sheet, [&](const RowData& row) { return reader.Take(row); });
    std::vector<Finding> findings = reader.Finish();
    for (const Side& side : reader.sides()) {
        SheetInfo part = info;
        part.merges = OfSide(info.merges, side);
        TableReader beside(part, vocabulary, sink);
        beside.Only(side);
        workbook.Read(sheet, [&](const RowData& row) { return beside.Take(row); });
        std::vector<Finding> more = beside.Finish();
        findings.insert(findings.end(), more.begin(), more.end());
    }
    return findings;
}

}  // namespace zw::sheet
