// The way from rows to tables: wait for the heading, then judge row by row.

#include <algorithm>
#include <deque>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/comparison_rows.h"
#include "sheet/heading.h"
#include "sheet/row_classifier.h"
#include "sheet/table.h"
#include "sheet/totals.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kRowsBeforeHeading =
    90;  // the heading lies within 60, and must be judged by rows below it
constexpr size_t kRowsBeforeAnother = 30;
constexpr int kLongestGap = 1000;  // blank rows that are told one by one
constexpr size_t kMostNotices = 10'000;

std::string Words(std::string_view code, const Details& details) {
    return FillTemplate(FindProblemKind(code).value().zh, details);
}

// Cells that a merged cell reaches down over, as the rows go by.
class MergeFiller {
public:
    explicit MergeFiller(std::vector<Merge> merges) : merges_(std::move(merges)) {
        std::erase_if(merges_, [](const Merge& merge) {
            return merge.last_row == merge.first_row;
        });
        std::stable_sort(merges_.begin(), merges_.end(), [](const Merge& a, const Merge& b) {
            return a.first_row < b.first_row;
        });
    }

    void Fill(TableRow& row, int heading_last) {
        std::erase_if(active_, [&](const Active& active) {
            return active.merge.last_row < row.number;
        });
        for (; next_ < merges_.size() && merges_[next_].first_row <= row.number; ++next_) {
            const Merge& merge = merges_[next_];
            const auto index = static_cast<size_t>(merge.first_column - 1);
            if (merge.first_row == row.number && merge.first_row > heading_last &&
                index < row.cells.size()) {
                active_.push_back({merge, row.cells[index]});
            }
        }
        for (const Active& active : active_) {
            const auto index = static_cast<size_t>(active.merge.first_column - 1);
            if (active.merge.first_row == row.number) {
                continue;
            }
            if (index >= row.cells.size()) {
                row.cells.resize(index + 1);
            }
            row.filled.resize(row.cells.size());
            if (row.cells[index].kind == CellKind::kEmpty) {
                row.cells[index] = active.value;
                row.filled[index] = true;
            }
        }
    }

private:
    struct Active {
        Merge merge;
        Cell value;
    };
    std::vector<Merge> merges_;
    size_t next_ = 0;
    std::vector<Active> active_;
};

class TableReader {
public:
    TableReader(const SheetInfo& info, const Vocabulary& vocabulary, TableSink& sink)
        : info_(info), vocabulary_(vocabulary), sink_(sink), filler_(info.merges) {}

    bool Take(const RowData& row) {
        if (table_ != nullptr && !seeking_) {
            Judge(row, true);
            return true;
        }
        buffer_.push_back(row);
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
        return std::move(findings_);
    }

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
            const Vocabulary& vocabulary
        )
            : heading(std::move(found)),
              info(DescribeTable(heading, rows, sheet, vocabulary)),
              classifier(heading, info, sheet, vocabulary),
              totals(info),
              comparisons(info) {}
    };

    // The buffer is full or the sheet at its end: find the heading, and read on behind it.
    void Settle() {
        std::vector<RowData> rows = std::move(buffer_);
        buffer_.clear();
        const bool another = seeking_;
        seeking_ = false;
        std::optional<Heading> heading = FindHeading(rows, info_, vocabulary_, another);
        if (!heading && !another) {
            return;
        }
        if (heading && another && heading->tiers == table_->heading.tiers) {
            heading.reset();
        }
        size_t next = 0;
        if (heading) {
            EndTable();
            while (next < rows.size() && rows[next].number <= heading->last) {
                ++next;
            }
            last_row_ = heading->last;
            table_ = std::make_unique<Current>(std::move(*heading), rows, info_, vocabulary_);
            sink_.BeginTable(table_->info);
            TellHiddenColumns();
        }
        for (; next < rows.size(); ++next) {
            if (seeking_) {
                buffer_.push_back(std::move(rows[next]));
            } else {
                Judge(rows[next], heading.has_value() || next >= first_unjudged_);
            }
        }
    }

    void TellHiddenColumns() {
        for (const Column& column : table_->info.columns) {
            if (column.hidden) {
                Tell(
                    Severity::kNote,
                    "hidden_column",
                    table_->info.heading_last,
                    column.index,
                    {{"name", column.name}},
                    ""
                );
            }
        }
    }

    void Tell(
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
        finding.message = Words(code, details);
        finding.sheet = info_.name;
        finding.row = row;
        finding.column = column > 0 ? ColumnLetters(column) : "";
        finding.value = value;
        findings_.push_back(std::move(finding));
    }

    // `may_turn`: the row may begin another table.
    void Judge(const RowData& raw, bool may_turn) {
        TableRow row;
        row.number = raw.number;
        row.hidden = raw.hidden;
        row.cells = raw.cells;
        row.filled.assign(row.cells.size(), false);
        filler_.Fill(row, table_->info.heading_last);
        AddGap(row.number);
        const RowVerdict verdict = Classify(row);
        const bool apart = !pending_.empty() || last_kind_ == RowKind::kTotal;
        if (may_turn && apart && verdict.kind == RowKind::kData &&
            table_->classifier.MayBeginAnother(row)) {
            Turn(raw);
            return;
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

    // Collects rows from here on to see whether a heading stands here; the lines just above may be
    // its title.
    void Turn(const RowData& raw) {
        std::vector<RowData> titles;
        while (!pending_.empty() && pending_.back().row.kind == RowKind::kNote) {
            RowData title;
            title.number = pending_.back().row.number;
            title.hidden = pending_.back().row.hidden;
            title.cells = pending_.back().row.cells;
            titles.insert(titles.begin(), std::move(title));
            pending_.pop_back();
        }
        seeking_ = true;
        first_unjudged_ = titles.size() + 1;
        buffer_ = std::move(titles);
        buffer_.push_back(raw);
        last_row_ = buffer_.front().number - 1;
    }

    // Hands on what was held back. At the end of a table, blank rows are no part of it and a lonely
    // name is a note, unless it stands right under the data.
    void Release(bool at_end) {
        while (at_end && !pending_.empty() && pending_.back().row.kind == RowKind::kBlank) {
            pending_.pop_back();
        }
        const bool all_lonely = std::all_of(pending_.begin(), pending_.end(), [](const Held& held) {
            return held.lonely;
        });
        for (Held& held : pending_) {
            RowVerdict verdict;
            if (held.lonely && at_end && (!all_lonely || last_kind_ != RowKind::kData)) {
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
            if (row.hidden) {
                Tell(Severity::kNote, "hidden_row", row.number, 0, {}, "");
            }
            table_->classifier.Learn(row);
            table_->totals.AddData(row);
            CheckParts(row);
        } else if (verdict.kind == RowKind::kTotal) {
            TellTotals(table_->totals.AddTotal(row, verdict.label, verdict.word));
        }
    }

    void TellTotals(const std::vector<TotalCheck>& checks) {
        for (const TotalCheck& check : checks) {
            sink_.Total(check);
            for (const TotalCheck::Difference& difference : check.differs) {
                Tell(
                    Severity::kTotal,
                    "total_mismatch",
                    check.row,
                    difference.column,
                    {{"name", NameOf(difference.column)},
                     {"printed", difference.printed},
                     {"sum", difference.sum}},
                    difference.printed
                );
            }
        }
    }

    std::string NameOf(int column) const {
        for (const Column& each : table_->info.columns) {
            if (each.index == column) {
                return each.name;
            }
        }
        return ColumnLetters(column);
    }

    void CheckParts(const TableRow& row) {
        const auto value = [&](int column) -> std::optional<Decimal> {
            const auto index = static_cast<size_t>(column - 1);
            return index < row.cells.size() && !row.filled[index] ? Addend(row.cells[index])
                                                                  : std::nullopt;
        };
        for (const Column& column : table_->info.columns) {
            if (column.part_of == 0) {
                continue;
            }
            const auto part = value(column.index);
            const auto whole = value(column.part_of);
            if (part && whole && zw::Compare(*part, *whole) > 0) {
                Tell(
                    Severity::kTotal,
                    "part_exceeds_whole",
                    row.number,
                    column.index,
                    {{"name", column.name},
                     {"part", ToShortText(*part)},
                     {"whole", ToShortText(*whole)},
                     {"whole_name", NameOf(column.part_of)}},
                    ToShortText(*part)
                );
            }
        }
    }

    void EndTable() {
        if (table_ == nullptr) {
            return;
        }
        Release(true);
        TellTotals(table_->totals.Finish());
        sink_.EndTable();
        table_.reset();
        last_kind_ = RowKind::kData;
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
    size_t first_unjudged_ =
        0;  // rows of the buffer before it were judged once and did not begin a table
    std::unique_ptr<Current> table_;
    std::vector<Held> pending_;  // notes and blank rows, until it is known what follows
    RowKind last_kind_ = RowKind::kData;
    int last_row_ = 0;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> ReadTables(
    Workbook& workbook, int sheet, const Vocabulary& vocabulary, TableSink& sink
) {
    TableReader reader(workbook.sheets().at(static_cast<size_t>(sheet)), vocabulary, sink);
    workbook.Read(sheet, [&](const RowData& row) { return reader.Take(row); });
    return reader.Finish();
}

}  // namespace zw::sheet
