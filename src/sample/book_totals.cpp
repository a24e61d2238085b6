#include "sample/book_totals.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace zw::sample {

using sheet::WriteCell;

BookTotals::BookTotals(const TableTask& task, Book& book, BookSheet& said, SheetGrid& grid)
    : task_(task), book_(book), said_(said), grid_(grid) {
    const std::vector<BookColumn>& columns = task.layout.columns;
    all_.resize(columns.size());
    run_.resize(columns.size());
    for (size_t i = 0; i < columns.size() && task.layout.totals != TotalPlace::kNone; ++i) {
        if (columns[i].adds) {
            adding_.push_back(i);
        }
    }
    const auto label = std::find_if(columns.begin(), columns.end(), [](const BookColumn& column) {
        return column.field == nullptr || (column.field->type.kind == formula::Kind::kText &&
                                           column.field->format == definition::Format::kNone);
    });
    label_ = label == columns.end() ? 0 : static_cast<size_t>(label - columns.begin());
}

std::string BookTotals::Word(const char* name) const {
    return DrawWord(task_.plan, name, task_.key.With(name));
}

void BookTotals::AddTo(Sums& sums, const std::vector<WriteCell>& cells) const {
    for (const size_t i : adding_) {
        // Text that is no number counts as nothing.
        if (const auto number = ParseDecimal(Normalise(cells[i].text))) {
            sums[i] = Add(sums[i], *number);
        }
    }
}

void BookTotals::Count(const std::string& value) {
    const std::vector<WriteCell>& cells = grid_.rows.back();
    last_ = static_cast<int>(grid_.rows.size());
    first_ = first_ == 0 ? last_ : first_;
    run_first_ = run_first_ == 0 ? last_ : run_first_;
    AddTo(all_, cells);
    AddTo(run_, cells);
    if (value.empty()) {
        return;
    }
    auto found = std::find_if(by_value_.begin(), by_value_.end(), [&](const auto& one) {
        return one.first == value;
    });
    if (found == by_value_.end()) {
        found = by_value_.emplace(by_value_.end(), value, Sums(all_.size()));
    }
    AddTo(found->second, cells);
}

void BookTotals::Spoil(
    std::vector<WriteCell>& cells, const Sums& sums, int row, const StreamKey& key
) {
    const auto share = task_.book.faults.find("total_mismatch");
    const std::vector<BookColumn>& columns = task_.layout.columns;
    std::vector<size_t> may;
    for (const size_t i : adding_) {
        // A whole and its part are compared with each other too.
        if (!columns[i].part && (i + 1 == columns.size() || !columns[i + 1].part)) {
            may.push_back(i);
        }
    }
    if (share == task_.book.faults.end() || may.empty() ||
        !Stream(key.With("wrong")).Chance(share->second)) {
        return;
    }
    const size_t at = Draw(may, key.With("which"));
    const std::string printed = ToShortText(Add(sums[at], Decimal{7, 0}));
    cells[at] = sheet::NumberCell(printed);
    book_.totals.push_back(
        {said_.name,
         row,
         sheet::ColumnLetters(static_cast<int>(at) + 1),
         columns[at].Path(),
         "total_mismatch",
         printed,
         ToShortText(sums[at])}
    );
}

std::vector<WriteCell> BookTotals::RowOf(
    const std::string& label, const Sums& sums, int row, std::pair<int, int> range
) {
    std::vector<WriteCell> cells(task_.layout.columns.size());
    cells[label_] = sheet::TextCell(label);
    for (const size_t i : adding_) {
        cells[i] = sheet::NumberCell(ToShortText(sums[i]));
        if (task_.layout.formulas && range.first > 0) {
            const std::string letters = sheet::ColumnLetters(static_cast<int>(i) + 1);
            cells[i].formula =
                fmt::format("SUM({0}{1}:{0}{2})", letters, range.first, range.second);
        }
    }
    Spoil(cells, sums, row, task_.key.With("total").With(row));
    return cells;
}

void BookTotals::Put(
    const std::string& label, const Sums& sums, int row, std::pair<int, int> range
) {
    const auto at = static_cast<size_t>(row - 1);
    if (grid_.rows.size() <= at) {
        grid_.rows.resize(at + 1);
    }
    grid_.rows[at] = RowOf(label, sums, row, range);
    said_.total_rows.push_back(row);
}

void BookTotals::AddSubtotal(const std::string& group) {
    if (!any() || run_first_ == 0) {
        return;
    }
    // Villages are spelt in several ways, so that a total by name would be of some rows only.
    const bool named =
        Stream(task_.key.With("named subtotals")).Chance(0.4) && task_.layout.subtotals != "place";
    Put((named ? group : std::string()) + Word("book_subtotal"),
        run_,
        static_cast<int>(grid_.rows.size()) + 1,
        {run_first_, last_});
    run_.assign(run_.size(), {});
    run_first_ = 0;
}

void BookTotals::Reserve() {
    grid_.rows.emplace_back();
    reserved_ = static_cast<int>(grid_.rows.size());
}

void BookTotals::Finish() {
    if (!any() || first_ == 0) {
        return;
    }
    for (const auto& [value, sums] : by_value_) {
        Put(value + Word("book_value_total"), sums, static_cast<int>(grid_.rows.size()) + 1, {});
    }
    const bool plain = task_.layout.subtotals.empty();
    Put(Word("book_total"),
        all_,
        reserved_ != 0 ? reserved_ : static_cast<int>(grid_.rows.size()) + 1,
        plain ? std::pair(first_, last_) : std::pair(0, 0));
    std::sort(said_.total_rows.begin(), said_.total_rows.end());
}

}  // namespace zw::sample
