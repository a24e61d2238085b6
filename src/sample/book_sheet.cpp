#include "sample/book_sheet.h"

#include <algorithm>

#include "base/text.h"

namespace zw::sample {

namespace {

using sheet::WriteCell;

class SheetMaker {
public:
    SheetMaker(const SheetTask& task, Book& book, std::set<int64_t>& left_out)
        : task_(task), book_(book), left_out_(left_out) {
        grid_.name = task.name;
        said_.name = task.name;
        sums_.resize(task.columns.size());
    }

    SheetGrid Make(const std::vector<const NumberedRow*>& rows) {
        AddTop();
        AddHeading();
        for (const NumberedRow* row : rows) {
            AddData(*row);
        }
        AddTotal();
        AddNotes();
        book_.sheets.push_back(std::move(said_));
        return std::move(grid_);
    }

private:
    int width() const { return static_cast<int>(task_.columns.size()); }
    int last_row() const { return static_cast<int>(grid_.rows.size()); }
    void AddTop();
    void AddHeading();
    void AddData(const NumberedRow& row);
    std::vector<WriteCell> CellsOf(const MadeRow& row, const StreamKey& key) const;
    bool PutCellFault(
        const std::string& code,
        const NumberedRow& row,
        const StreamKey& key,
        std::vector<WriteCell>& cells
    );
    void Duplicate(const std::vector<WriteCell>& cells, const StreamKey& key);
    void Append(std::vector<WriteCell> cells);
    void AddTotal();
    void AddNotes();
    std::string CheckColumn(const MadeRow& row, const std::string& code) const;
    std::string Letters(size_t column) const {
        return sheet::ColumnLetters(static_cast<int>(column) + 1);
    }

    const SheetTask& task_;
    Book& book_;
    std::set<int64_t>& left_out_;
    SheetGrid grid_;
    BookSheet said_;
    std::vector<Decimal> sums_;
    int serial_ = 0;
};

void SheetMaker::AddTop() {
    if (task_.csv) {
        return;  // a csv has its heading first
    }
    grid_.rows.push_back({sheet::HeadingCell(task_.title)});
    grid_.merges.push_back({1, 1, 1, width()});
    if (Stream(task_.key.With("filled")).Chance(0.7)) {
        grid_.rows.push_back({sheet::TextCell(Draw(
            std::vector<std::string>{
                "填报单位：" + task_.town.places.name + "  填报日期：2024年1月8日",
                "填报单位：" + task_.town.places.name,
                "制表日期：2024.1.5"},
            task_.key.With("line")
        ))});
    }
}

void SheetMaker::AddHeading() {
    const bool tiers =
        !task_.csv &&
        std::any_of(task_.columns.begin(), task_.columns.end(), [](const BookColumn& c) {
            return !c.top.empty();
        });
    const int first = last_row() + 1;
    std::vector<WriteCell> upper;
    std::vector<WriteCell> lower;
    for (size_t i = 0; i < task_.columns.size(); ++i) {
        const BookColumn& column = task_.columns[i];
        const int at = static_cast<int>(i) + 1;
        said_.columns[Letters(i)] = column.id;
        if (task_.csv) {
            upper.push_back(sheet::TextCell(column.top + column.heading));
        } else if (column.top.empty()) {
            upper.push_back(sheet::HeadingCell(column.heading));
            lower.emplace_back();
            if (tiers) {
                grid_.merges.push_back({first, at, first + 1, at});
            }
        } else {
            const bool starts = i == 0 || task_.columns[i - 1].top != column.top;
            upper.push_back(starts ? sheet::HeadingCell(column.top) : WriteCell{});
            lower.push_back(sheet::HeadingCell(column.heading));
            const bool ends =
                i + 1 == task_.columns.size() || task_.columns[i + 1].top != column.top;
            if (ends && !starts) {
                size_t from = i;
                while (from > 0 && task_.columns[from - 1].top == column.top) {
                    --from;
                }
                grid_.merges.push_back({first, static_cast<int>(from) + 1, first, at});
            }
        }
    }
    grid_.rows.push_back(std::move(upper));
    if (tiers) {
        grid_.rows.push_back(std::move(lower));
    }
    said_.heading_rows = {first, last_row()};
}

std::vector<WriteCell> SheetMaker::CellsOf(const MadeRow& row, const StreamKey& key) const {
    const double draw = Stream(key.With("dates")).Unit();
    const DateForm form = draw < 0.85   ? DateForm::kDay
                          : draw < 0.97 ? DateForm::kMonth
                                        : DateForm::kYear;
    std::vector<WriteCell> cells;
    for (const BookColumn& column : task_.columns) {
        if (column.id.empty()) {
            cells.push_back(sheet::NumberCell(std::to_string(serial_ + 1)));
        } else if (column.field == nullptr) {
            cells.push_back(
                sheet::TextCell(PlaceText(*task_.villages.at(row.place), key.With("place")))
            );
        } else {
            const auto value = row.values.find(column.id);
            cells.push_back(ValueCell(
                *column.field,
                value == row.values.end() ? formula::Value() : value->second,
                form,
                task_.csv,
                key.With(column.id)
            ));
        }
    }
    return cells;
}

void SheetMaker::Append(std::vector<WriteCell> cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
        const auto number =
            task_.columns[i].adds ? ParseDecimal(Normalise(cells[i].text)) : std::nullopt;
        sums_[i] = number ? Add(sums_[i], *number) : sums_[i];
    }
    ++serial_;
    ++said_.data_rows;
    grid_.rows.push_back(std::move(cells));
}

std::string SheetMaker::CheckColumn(const MadeRow& row, const std::string& code) const {
    for (const definition::Check& check : row.make->record->checks) {
        for (size_t i = 0; check.id == code && i < task_.columns.size(); ++i) {
            if (task_.columns[i].id == check.at) {
                return Letters(i);
            }
        }
    }
    return {};
}

bool SheetMaker::PutCellFault(
    const std::string& code,
    const NumberedRow& row,
    const StreamKey& key,
    std::vector<WriteCell>& cells
) {
    std::vector<std::pair<size_t, WriteCell>> places;
    for (size_t i = 0; i < task_.columns.size(); ++i) {
        const BookColumn& column = task_.columns[i];
        const auto value = row.row.values.find(column.id);
        if (column.field != nullptr && value != row.row.values.end()) {
            if (WriteCell cell = FaultyCell(code, *column.field, value->second, key);
                cell.kind != sheet::WriteKind::kEmpty) {
                places.emplace_back(i, std::move(cell));
            }
        }
    }
    if (places.empty()) {
        return false;
    }
    const auto& [at, cell] = Draw(places, key.With("where"));
    cells[at] = cell;
    const BookFinding finding{said_.name, last_row() + 1, Letters(at), code, cell.text, {}};
    if (code == "id_check_digit") {
        book_.warned.push_back(finding);
    } else {
        book_.refused.push_back(finding);
        ++said_.refused;
        left_out_.insert(row.number);
    }
    return true;
}

void SheetMaker::Duplicate(const std::vector<WriteCell>& cells, const StreamKey& key) {
    std::vector<WriteCell> again = cells;
    again[0] = sheet::NumberCell(std::to_string(serial_ + 1));
    std::string column;
    std::string code = "duplicate_same";
    if (const auto share = task_.plan.faults.find("duplicate_conflict");
        share != task_.plan.faults.end() && Stream(key.With("conflict")).Chance(0.5)) {
        for (size_t i = 0; i < task_.columns.size() && column.empty(); ++i) {
            const BookColumn& at = task_.columns[i];
            const auto number = ParseDecimal(cells[i].text);
            if (at.adds && number && cells[i].kind == sheet::WriteKind::kNumber) {
                again[i] = sheet::NumberCell(Add(*number, Decimal{1, 0}));
                column = Letters(i);
                code = "duplicate_conflict";
            }
        }
    }
    book_.refused.push_back({said_.name, last_row() + 1, column, code, {}, {}});
    ++said_.refused;
    Append(std::move(again));
}

void SheetMaker::AddData(const NumberedRow& row) {
    const StreamKey key = task_.key.With("row").With(row.number);
    std::vector<WriteCell> cells = CellsOf(row.row, key);
    bool again = false;
    bool faulty = !row.row.warned.empty();
    for (const std::string& code : row.row.warned) {
        book_.warned.push_back(
            {said_.name, last_row() + 1, CheckColumn(row.row, code), code, {}, {}}
        );
    }
    for (const auto& [code, share] : task_.plan.faults) {
        if (faulty || !Stream(key.With("fault").With(code)).Chance(share)) {
            continue;
        }
        if (code == "duplicate_same" || code == "duplicate_conflict") {
            again = faulty = true;
        } else if (code == "not_reported") {
            for (size_t i = 2; i < cells.size(); ++i) {
                cells[i] = {};
            }
            book_.not_reported.push_back(
                {said_.name, last_row() + 1, {}, code, task_.villages.at(row.row.place)->code, {}}
            );
            left_out_.insert(row.number);
            faulty = true;
        } else if (code != "total_mismatch") {
            faulty = PutCellFault(code, row, key.With(code), cells);
        }
    }
    if (!task_.csv && Stream(key.With("hidden")).Chance(0.004)) {
        grid_.hidden.insert(last_row() + 1);
        said_.hidden_rows.push_back(last_row() + 1);
    }
    const std::vector<WriteCell> kept = cells;
    Append(std::move(cells));
    if (again) {
        Duplicate(kept, key);
    }
}

void SheetMaker::AddTotal() {
    if (task_.csv ||
        std::none_of(task_.columns.begin(), task_.columns.end(), [](const BookColumn& c) {
            return c.adds;
        })) {
        return;
    }
    std::vector<size_t> adding;
    std::vector<WriteCell> cells(task_.columns.size());
    cells[0] = sheet::TextCell(
        Draw(std::vector<std::string>{"合计", "总计", "合　计"}, task_.key.With("total"))
    );
    for (size_t i = 0; i < task_.columns.size(); ++i) {
        if (task_.columns[i].adds) {
            adding.push_back(i);
            cells[i] = sheet::NumberCell(ToShortText(sums_[i]));
        }
    }
    const auto share = task_.plan.faults.find("total_mismatch");
    if (share != task_.plan.faults.end() &&
        Stream(task_.key.With("wrong total")).Chance(share->second)) {
        const size_t at = Draw(adding, task_.key.With("which total"));
        const std::string printed = ToShortText(Add(sums_[at], Decimal{7, 0}));
        cells[at] = sheet::NumberCell(printed);
        book_.totals.push_back(
            {said_.name,
             last_row() + 1,
             Letters(at),
             "total_mismatch",
             printed,
             ToShortText(sums_[at])}
        );
    }
    said_.total_rows.push_back(last_row() + 1);
    grid_.rows.push_back(std::move(cells));
}

void SheetMaker::AddNotes() {
    if (!task_.csv && Stream(task_.key.With("note")).Chance(0.6)) {
        grid_.rows.push_back({sheet::TextCell("注：数据截至年末，由各村填报。")});
    }
    if (!task_.csv && Stream(task_.key.With("sign")).Chance(0.5)) {
        grid_.rows.push_back({sheet::TextCell("填表人：        审核人：")});
    }
}

}  // namespace

SheetGrid MakeSheet(
    const SheetTask& task,
    const std::vector<const NumberedRow*>& rows,
    Book& book,
    std::set<int64_t>& left_out
) {
    return SheetMaker(task, book, left_out).Make(rows);
}

}  // namespace zw::sample
