#include "sample/book_table.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "sample/book_cells.h"
#include "sample/book_totals.h"

namespace zw::sample {

namespace {

using sheet::WriteCell;

class TableMaker {
public:
    TableMaker(const TableTask& task, SheetGrid& grid, Book& book, std::set<int64_t>& left_out)
        : task_(task),
          columns_(task.layout.columns),
          grid_(grid),
          book_(book),
          left_out_(left_out),
          totals_(task, book, said_, grid) {
        said_.name = task.sheet;
    }

    void Make(const std::vector<BookLine>& lines) {
        AddTop();
        AddHeading();
        said_.heading_rows = {heading_first_, last_row()};
        if (task_.layout.totals == TotalPlace::kTop && totals_.any()) {
            totals_.Reserve();
        }
        constexpr size_t kSmall = 6;
        small_ = lines.size() < kSmall;
        for (size_t i = 0; i < lines.size(); ++i) {
            AddLine(lines, i);
        }
        if (!lines.empty()) {
            EndRun(lines.back());
        }
        CloseMerges(nullptr);
        totals_.Finish();
        AddNotes();
        book_.sheets.push_back(std::move(said_));
    }

private:
    int width() const { return static_cast<int>(columns_.size()); }
    int last_row() const { return static_cast<int>(grid_.rows.size()); }
    bool Chance(std::string_view what, double chance) const {
        return !task_.csv && Stream(task_.key.With(what)).Chance(chance);
    }
    std::string Letters(size_t column) const {
        return sheet::ColumnLetters(static_cast<int>(column) + 1);
    }
    void AddTop();
    void AddHeading();
    void AddTiers(std::vector<WriteCell>& upper, std::vector<WriteCell>& lower, int first);
    void AddLine(const std::vector<BookLine>& lines, size_t at);
    std::vector<WriteCell> CellsOf(const BookLine& line, const StreamKey& key) const;
    bool Spoil(const BookLine& line, const StreamKey& key, std::vector<WriteCell>& cells);
    bool PutCellFault(
        const std::string& code,
        const BookLine& line,
        const StreamKey& key,
        std::vector<WriteCell>& cells
    );
    void LeaveBlank(const BookLine& line, std::vector<WriteCell>& cells);
    void Duplicate(const BookLine& line, const std::vector<WriteCell>& cells, const StreamKey& key);
    void Append(const BookLine& line, std::vector<WriteCell> cells);
    bool Merges(size_t column) const;
    std::string MergeValue(size_t column, const BookLine& line) const;
    void CloseMerges(const BookLine* next);
    std::string RunOf(const BookLine& line) const;
    void EndRun(const BookLine& line);
    void Interrupt(const BookLine& line, const BookLine& before);
    void AddNotes();
    BookFinding FindingAt(size_t column, const std::string& code, const std::string& value) const;
    size_t CheckColumn(const NumberedRow& row, size_t period, const std::string& code) const;

    // A cell that may yet reach down.
    struct Open {
        std::string value;
        int first = 0;
    };

    const TableTask& task_;
    const std::vector<BookColumn>& columns_;
    SheetGrid& grid_;
    Book& book_;
    std::set<int64_t>& left_out_;
    BookSheet said_;
    BookTotals totals_;
    std::map<size_t, Open> open_;
    int heading_first_ = 0;
    int serial_ = 0;
    bool in_thing_ = false;  // the line's thing has other lines beside it
    bool small_ = false;     // a fault would be most of what a column holds
};

void TableMaker::AddTop() {
    if (task_.csv) {
        return;  // a csv has its heading first
    }
    grid_.rows.push_back({sheet::HeadingCell(task_.title)});
    grid_.merges.push_back({last_row(), 1, last_row(), width()});
    if (task_.layout.units == UnitPlace::kTitle) {
        for (const BookColumn& column : columns_) {
            if (!column.unit.empty()) {
                grid_.rows.push_back({sheet::TextCell(
                    DrawWord(task_.plan, "book_unit", task_.key.With("unit")) + "：" + column.unit
                )});
                break;
            }
        }
    } else if (Chance("filled", 0.7)) {
        grid_.rows.push_back({sheet::TextCell(ReplaceAll(
            DrawWord(task_.plan, "book_filled", task_.key.With("line")),
            "{town}",
            task_.town.places.name
        ))});
    }
}

void TableMaker::AddTiers(std::vector<WriteCell>& upper, std::vector<WriteCell>& lower, int first) {
    size_t start = 0;
    for (size_t i = 0; i < columns_.size(); ++i) {
        const BookColumn& column = columns_[i];
        start = i > 0 && !column.top.empty() && columns_[i - 1].top == column.top ? start : i;
        const int at = static_cast<int>(i) + 1;
        if (column.top.empty()) {
            grid_.merges.push_back({first, at, first + 1, at});
            lower.push_back({});
            continue;
        }
        std::swap(upper[i], lower.emplace_back());
        upper[i] = start == i ? sheet::HeadingCell(column.top) : WriteCell{};
        const bool ends = i + 1 == columns_.size() || columns_[i + 1].top != column.top;
        if (ends && start < i) {
            grid_.merges.push_back({first, static_cast<int>(start) + 1, first, at});
        }
    }
}

void TableMaker::AddHeading() {
    const bool tiers =
        !task_.csv && std::any_of(columns_.begin(), columns_.end(), [](const BookColumn& c) {
            return !c.top.empty();
        });
    const int first = last_row() + 1;
    heading_first_ = heading_first_ == 0 ? first : heading_first_;
    std::vector<WriteCell> upper;
    std::vector<WriteCell> lower;
    std::vector<WriteCell> units;
    for (size_t i = 0; i < columns_.size(); ++i) {
        const BookColumn& column = columns_[i];
        said_.columns[Letters(i)] = column.id;
        std::string text = (task_.csv ? column.top : std::string()) + column.heading;
        if (task_.layout.units == UnitPlace::kHeading && !column.unit.empty()) {
            const bool wide = Stream(task_.key.With("bracket").With(column.id)).Chance(0.5);
            text += (wide ? "（" : "(") + column.unit + (wide ? "）" : ")");
        }
        upper.push_back(task_.csv ? sheet::TextCell(text) : sheet::HeadingCell(text));
        units.push_back(column.unit.empty() ? WriteCell{} : sheet::TextCell(column.unit));
    }
    if (tiers) {
        AddTiers(upper, lower, first);
    }
    grid_.rows.push_back(std::move(upper));
    if (tiers) {
        grid_.rows.push_back(std::move(lower));
    }
    if (task_.layout.units == UnitPlace::kRow) {
        grid_.rows.push_back(std::move(units));
    }
}

std::vector<WriteCell> TableMaker::CellsOf(const BookLine& line, const StreamKey& key) const {
    const double draw = Stream(key.With("dates")).Unit();
    // Of one thing's rows that differ by their dates alone, months might be the same.
    const DateForm form = draw < 0.85 || in_thing_ ? DateForm::kDay
                          : draw < 0.97            ? DateForm::kMonth
                                                   : DateForm::kYear;
    std::vector<WriteCell> cells;
    for (const BookColumn& column : columns_) {
        const StreamKey own = key.With(column.id).With(static_cast<int64_t>(column.period));
        if (column.id.empty()) {
            cells.push_back(sheet::NumberCell(std::to_string(serial_ + 1)));
        } else if (column.field == nullptr) {
            cells.push_back(
                sheet::TextCell(PlaceText(*task_.villages.at(line.front()->row.place), own))
            );
        } else {
            cells.push_back(ValueCell(column, ValueAt(column, line), form, task_.csv, own));
        }
    }
    return cells;
}

bool TableMaker::Merges(size_t column) const {
    const std::string& id = columns_[column].id;
    const std::vector<std::string>& merged = task_.book.merged;
    return !task_.csv &&
           ((id == "place" && task_.layout.merge_places) ||
            (!id.empty() && std::find(merged.begin(), merged.end(), id) != merged.end()));
}

// Cells with the same one may be merged.
std::string TableMaker::MergeValue(size_t column, const BookLine& line) const {
    const MadeRow& row = line.front()->row;
    return columns_[column].field == nullptr
               ? std::to_string(row.place)
               : std::to_string(row.thing) + " " + formula::ToText(ValueAt(columns_[column], line));
}

// Merges what does not reach into the line `next` (nullptr: none follows).
void TableMaker::CloseMerges(const BookLine* next) {
    for (auto open = open_.begin(); open != open_.end();) {
        const auto& [column, cell] = *open;
        if (next != nullptr && MergeValue(column, *next) == cell.value) {
            ++open;
            continue;
        }
        if (last_row() > cell.first) {
            const int at = static_cast<int>(column) + 1;
            grid_.merges.push_back({cell.first, at, last_row(), at});
        }
        open = open_.erase(open);
    }
}

void TableMaker::Append(const BookLine& line, std::vector<WriteCell> cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
        if (!Merges(i) || cells[i].kind == sheet::WriteKind::kEmpty) {
            continue;
        }
        if (open_.contains(i)) {
            cells[i] = {};
        } else {
            open_[i] = {MergeValue(i, line), last_row() + 1};
        }
    }
    ++serial_;
    ++said_.data_rows;
    std::string value;  // as written: a value that is none of the list has no total
    for (size_t i = 0; i < cells.size(); ++i) {
        if (columns_[i].plain && cells[i].text == formula::ToText(ValueAt(columns_[i], line))) {
            value = cells[i].text;
        }
    }
    grid_.rows.push_back(std::move(cells));
    totals_.Count(value);
}

BookFinding TableMaker::FindingAt(size_t column, const std::string& code, const std::string& value)
    const {
    return {said_.name, last_row() + 1, Letters(column), columns_[column].Path(), code, value, {}};
}

size_t TableMaker::CheckColumn(const NumberedRow& row, size_t period, const std::string& code)
    const {
    for (const definition::Check& check : row.row.make->record->checks) {
        for (size_t i = 0; check.id == code && i < columns_.size(); ++i) {
            if (columns_[i].id == check.at && columns_[i].period == period) {
                return i;
            }
        }
    }
    return 0;
}

bool TableMaker::PutCellFault(
    const std::string& code,
    const BookLine& line,
    const StreamKey& key,
    std::vector<WriteCell>& cells
) {
    std::vector<std::pair<size_t, WriteCell>> places;
    for (size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].field == nullptr || (in_thing_ && Merges(i))) {
            continue;
        }
        WriteCell cell =
            FaultyCell(task_.plan, code, *columns_[i].field, ValueAt(columns_[i], line), key);
        if (cell.kind != sheet::WriteKind::kEmpty) {
            places.emplace_back(i, std::move(cell));
        }
    }
    if (places.empty() || small_) {
        return false;
    }
    const auto& [at, cell] = Draw(places, key.With("where"));
    cells[at] = cell;
    const BookFinding finding = FindingAt(at, code, cell.text);
    if (code == "id_check_digit") {
        book_.warned.push_back(finding);
        return true;
    }
    book_.refused.push_back(finding);
    ++said_.refused;
    for (const NumberedRow* row : line) {
        left_out_.insert(row->number);
    }
    return true;
}

void TableMaker::LeaveBlank(const BookLine& line, std::vector<WriteCell>& cells) {
    --said_.data_rows;  // a name alone is no data
    for (size_t i = 0; i < cells.size(); ++i) {
        if (columns_[i].field != nullptr) {
            cells[i] = {};
        }
    }
    book_.not_reported.push_back(
        {said_.name,
         last_row() + 1,
         {},
         {},
         "not_reported",
         task_.villages.at(line.front()->row.place)->code,
         {}}
    );
    for (const NumberedRow* row : line) {
        left_out_.insert(row->number);
    }
}

void TableMaker::Duplicate(
    const BookLine& line, const std::vector<WriteCell>& cells, const StreamKey& key
) {
    std::vector<WriteCell> again = cells;
    BookFinding finding{said_.name, last_row() + 1, {}, {}, "duplicate_same", {}, {}};
    const bool conflict = task_.book.faults.contains("duplicate_conflict") &&
                          Stream(key.With("conflict")).Chance(0.5);
    for (size_t i = 0; i < columns_.size(); ++i) {
        const BookColumn& at = columns_[i];
        const auto number = ParseDecimal(cells[i].text);
        if (at.id.empty()) {
            again[i] = sheet::NumberCell(std::to_string(serial_ + 1));
        } else if (conflict && finding.column.empty() && at.adds && !at.part && number && cells[i].kind == sheet::WriteKind::kNumber) {
            again[i] = sheet::NumberCell(Add(*number, Decimal{1, 0}));
            finding = FindingAt(i, "duplicate_conflict", again[i].text);
        }
    }
    book_.refused.push_back(finding);
    ++said_.refused;
    Append(line, std::move(again));
}

// Whether the line is to stand twice.
bool TableMaker::Spoil(const BookLine& line, const StreamKey& key, std::vector<WriteCell>& cells) {
    bool faulty = false;
    bool again = false;
    for (size_t period = 0; period < line.size(); ++period) {
        for (const std::string& code : line[period]->row.warned) {
            book_.warned.push_back(FindingAt(CheckColumn(*line[period], period, code), code, {}));
            faulty = true;
        }
    }
    for (const auto& [code, share] : task_.book.faults) {
        if (faulty || !Stream(key.With("fault").With(code)).Chance(share)) {
            continue;
        }
        if (code == "duplicate_same" || code == "duplicate_conflict") {
            again = faulty = true;
        } else if (code == "not_reported") {
            LeaveBlank(line, cells);
            faulty = true;
        } else if (code != "total_mismatch") {
            faulty = PutCellFault(code, line, key.With(code), cells);
        }
    }
    return again;
}

std::string TableMaker::RunOf(const BookLine& line) const {
    const MadeRow& row = line.front()->row;
    if (task_.layout.subtotals == "place") {
        return task_.villages.at(row.place)->name;
    }
    const auto value = row.values.find(task_.layout.subtotals);
    return value == row.values.end() ? std::string() : formula::ToText(value->second);
}

void TableMaker::EndRun(const BookLine& line) {
    if (!task_.layout.subtotals.empty() && !task_.layout.by_value) {
        CloseMerges(nullptr);
        totals_.AddSubtotal(RunOf(line));
    }
}

// What stands between two lines that are no data.
void TableMaker::Interrupt(const BookLine& line, const BookLine& before) {
    const bool new_run =
        !task_.layout.subtotals.empty() && !task_.layout.by_value && RunOf(line) != RunOf(before);
    if (new_run) {
        EndRun(before);
    }
    const StreamKey key = task_.key.With("between").With(line.front()->number);
    if (!task_.csv && Stream(key.With("blank")).Chance(0.006)) {
        CloseMerges(nullptr);
        grid_.rows.emplace_back();
        said_.blank_rows.push_back(last_row());
    }
    constexpr int kRowsOfAPage = 30;
    if (serial_ % kRowsOfAPage == 0 && Chance("pages", 0.2)) {
        CloseMerges(nullptr);
        const int first = last_row() + 1;
        AddHeading();
        for (int row = first; row <= last_row(); ++row) {
            said_.repeated_heading_rows.push_back(row);
        }
    }
}

void TableMaker::AddLine(const std::vector<BookLine>& lines, size_t at) {
    const BookLine& line = lines[at];
    const int64_t thing = line.front()->row.thing;
    in_thing_ = (at > 0 && lines[at - 1].front()->row.thing == thing) ||
                (at + 1 < lines.size() && lines[at + 1].front()->row.thing == thing);
    CloseMerges(&line);
    if (at > 0) {
        Interrupt(line, lines[at - 1]);
    }
    const StreamKey key = task_.key.With("row").With(line.front()->number);
    std::vector<WriteCell> cells = CellsOf(line, key);
    const bool again = Spoil(line, key, cells);
    if (!task_.csv && Stream(key.With("hidden")).Chance(0.004)) {
        grid_.hidden.insert(last_row() + 1);
        said_.hidden_rows.push_back(last_row() + 1);
    }
    const std::vector<WriteCell> kept = cells;
    Append(line, std::move(cells));
    if (again) {
        Duplicate(line, kept, key);
    }
}

void TableMaker::AddNotes() {
    if (Chance("note", 0.6)) {
        grid_.rows.push_back(
            {sheet::TextCell(DrawWord(task_.plan, "book_note", task_.key.With("note text")))}
        );
    }
    if (Chance("sign", 0.5)) {
        grid_.rows.push_back(
            {sheet::TextCell(DrawWord(task_.plan, "book_sign", task_.key.With("sign text")))}
        );
    }
}

}  // namespace

void WriteTable(
    const TableTask& task,
    const std::vector<BookLine>& lines,
    SheetGrid& grid,
    Book& book,
    std::set<int64_t>& left_out
) {
    TableMaker(task, grid, book, left_out).Make(lines);
}

}  // namespace zw::sample
