#include "sample/books.h"

#include <algorithm>

#include "base/text.h"
#include "sample/book_cells.h"
#include "sample/book_table.h"

namespace zw::sample {

namespace {

namespace fs = std::filesystem;

// The field that says which period a row is for; empty when the record has none.
std::string PeriodFieldOf(const definition::RecordType& record) {
    if (record.series) {
        return record.series->on;
    }
    return record.reported ? record.reported->at : std::string();
}

// How a book spreads over sheets and tables.
enum class Spread { kOne, kPlaces, kPeriods, kStacked, kBeside };

Spread SpreadOf(const std::string& word) {
    const std::map<std::string, Spread> words = {
        {"one", Spread::kOne},
        {"place", Spread::kPlaces},
        {"period", Spread::kPeriods},
        {"stacked", Spread::kStacked},
        {"beside", Spread::kBeside}};
    return words.at(word);
}

// Lines that stand together under one name: of a sheet, or of a table.
struct Part {
    std::string name;
    std::vector<BookLine> lines;
};

class BookMaker {
public:
    BookMaker(
        const Plan& plan,
        const SampleOptions& options,
        const TownPlan& town,
        const std::vector<PlaceOf>& villages
    )
        : plan_(plan),
          options_(options),
          town_(town),
          root_(StreamKey(static_cast<uint64_t>(options.seed)).With("workbook")) {
        for (const PlaceOf& village : villages) {
            const auto& named = town.places.villages;
            villages_[village.id] =
                &*std::find_if(named.begin(), named.end(), [&](const auto& other) {
                    return other.code == village.code;
                });
        }
        DrawKinds();
    }

    Book Make(
        size_t number,
        const std::vector<NumberedRow>& rows,
        const fs::path& folder,
        std::set<int64_t>& left_out
    ) const;

private:
    struct Task;

    // One at least is a csv, in GB18030, where any may be.
    void DrawKinds() {
        std::vector<size_t> may;
        for (size_t i = 0; i < plan_.books.size(); ++i) {
            const BookPlan& book = plan_.books[i];
            kinds_.push_back(Draw(book.kinds, KeyOf(book).With("kind")));
            if (std::find(book.kinds.begin(), book.kinds.end(), "csv") != book.kinds.end()) {
                may.push_back(i);
            }
        }
        if (!may.empty() && std::find(kinds_.begin(), kinds_.end(), "csv") == kinds_.end()) {
            kinds_[Draw(may, root_.With("csv"))] = "csv";
        }
    }
    StreamKey KeyOf(const BookPlan& book) const { return root_.With(book.record->id); }
    std::set<std::string> NeverSet(const definition::RecordType& record) const;
    std::vector<BookLine> LinesOf(const std::vector<NumberedRow>& rows, Spread spread) const;
    std::vector<Part> PartsOf(
        std::vector<BookLine> lines, Spread spread, const std::string& period, const StreamKey& key
    ) const;
    void Sort(const BookLayout& layout, std::vector<BookLine>& lines) const;
    std::string Title(const Task& task, const std::string& period) const;
    std::vector<SheetGrid> GridsOf(
        const Task& task, std::vector<Part> parts, Book& said, std::set<int64_t>& left_out
    ) const;
    SheetGrid InfoSheet(const StreamKey& key, Book& said) const;

    const Plan& plan_;
    const SampleOptions& options_;
    const TownPlan& town_;
    const StreamKey root_;
    std::map<int64_t, const access::VillageSetup*> villages_;
    std::vector<std::string> kinds_;  // of plan_.books
};

struct BookMaker::Task {
    const BookPlan& book;
    const BookLayout& layout;
    Spread spread;
    bool csv = false;
    StreamKey key;
};

std::set<std::string> BookMaker::NeverSet(const definition::RecordType& record) const {
    std::set<std::string> unset;
    for (const definition::Field& field : record.fields) {
        const auto sets = [&](const sample::Make& make) {
            return make.record == &record &&
                   (make.along == field.id ||
                    std::any_of(make.specs.begin(), make.specs.end(), [&](const Spec& spec) {
                        return spec.name == field.id;
                    }));
        };
        if (std::none_of(plan_.makes.begin(), plan_.makes.end(), sets)) {
            unset.insert(field.id);
        }
    }
    return unset;
}

std::vector<BookLine> BookMaker::LinesOf(const std::vector<NumberedRow>& rows, Spread spread)
    const {
    std::vector<BookLine> lines;
    for (const NumberedRow& row : rows) {
        if (spread == Spread::kBeside && !lines.empty() &&
            lines.back().front()->row.thing == row.row.thing) {
            lines.back().push_back(&row);
        } else {
            lines.push_back({&row});
        }
    }
    return lines;
}

std::vector<Part> BookMaker::PartsOf(
    std::vector<BookLine> lines, Spread spread, const std::string& period, const StreamKey& key
) const {
    std::vector<Part> parts;
    const std::string one = DrawWord(plan_, "book_sheet", key.With("sheet name"));
    for (BookLine& line : lines) {
        const MadeRow& row = line.front()->row;
        std::string name = one;
        if (spread == Spread::kPlaces) {
            name = PlaceText(*villages_.at(row.place), key.With(row.place));
        } else if (spread == Spread::kPeriods || spread == Spread::kStacked) {
            name = PeriodText(std::get<Period>(row.values.at(period)), key);
        }
        auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& other) {
            return other.name == name;
        });
        if (part == parts.end()) {
            part = parts.insert(parts.end(), Part{name, {}});
        }
        part->lines.push_back(std::move(line));
    }
    for (size_t i = 1; i < parts.size(); ++i) {
        if (Stream(key.With("sheet order").With(static_cast<int64_t>(i))).Chance(0.25)) {
            std::swap(parts[i - 1], parts[i]);
        }
    }
    return parts;
}

// What gets one subtotal stands together.
void BookMaker::Sort(const BookLayout& layout, std::vector<BookLine>& lines) const {
    if (layout.subtotals.empty() || layout.by_value) {
        return;
    }
    const auto order = [&](const BookLine& line) {
        const MadeRow& row = line.front()->row;
        const auto value = row.values.find(layout.subtotals);
        return layout.subtotals == "place" ? std::to_string(row.place)
               : value == row.values.end() ? std::string()
                                           : formula::ToText(value->second);
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const BookLine& a, const BookLine& b) {
        return order(a) < order(b);
    });
}

std::string BookMaker::Title(const Task& task, const std::string& period) const {
    std::string title =
        ReplaceAll(Draw(task.book.titles, task.key.With("title")), "{town}", town_.places.name);
    const bool names_period = title.find("{period}") != std::string::npos;
    title = ReplaceAll(title, "{period}", period);
    // "{year}年度" beside a sheet of one quarter would name another period.
    const std::string year = period.empty() ? std::to_string(options_.year) : period.substr(0, 4);
    title = ReplaceAll(title, "{year}", year);
    return task.spread == Spread::kStacked && !names_period ? period + title : title;
}

std::vector<SheetGrid> BookMaker::GridsOf(
    const Task& task, std::vector<Part> parts, Book& said, std::set<int64_t>& left_out
) const {
    std::vector<SheetGrid> grids;
    const bool stacked = task.spread == Spread::kStacked;
    for (Part& part : parts) {
        if (!stacked || grids.empty()) {
            grids.emplace_back();
            grids.back().name = task.csv ? "Sheet1"
                                : stacked
                                    ? DrawWord(plan_, "book_sheet", task.key.With("sheet name"))
                                    : part.name;
            for (size_t i = 0; i < task.layout.columns.size(); ++i) {
                if (task.layout.columns[i].hidden) {
                    grids.back().hidden_columns.push_back(static_cast<int>(i) + 1);
                }
            }
        } else {
            grids.back().rows.resize(grids.back().rows.size() + 2);
        }
        Sort(task.layout, part.lines);
        const bool of_period = stacked || task.spread == Spread::kPeriods;
        const TableTask table{
            plan_,
            task.book,
            task.layout,
            town_,
            villages_,
            grids.back().name,
            Title(task, of_period ? part.name : std::string()),
            task.csv,
            task.key.With(part.name)};
        WriteTable(table, part.lines, grids.back(), said, left_out);
    }
    return grids;
}

SheetGrid BookMaker::InfoSheet(const StreamKey& key, Book& said) const {
    SheetGrid grid;
    grid.name = DrawWord(plan_, "book_info_sheet", key);
    const auto lines = plan_.words.find("book_info");
    if (lines != plan_.words.end()) {
        for (const std::string& line : lines->second) {
            grid.rows.push_back({sheet::TextCell(line)});
        }
    }
    said.no_data_sheets.push_back(grid.name);
    return grid;
}

void WriteXlsx(const std::vector<SheetGrid>& grids, const fs::path& file) {
    sheet::XlsxWriter writer(file);
    for (const SheetGrid& grid : grids) {
        sheet::SheetLayout layout;
        layout.name = grid.name;
        layout.merges = grid.merges;
        layout.hidden_columns = grid.hidden_columns;
        writer.BeginSheet(layout);
        for (size_t i = 0; i < grid.rows.size(); ++i) {
            const int row = static_cast<int>(i) + 1;
            writer.Row(grid.rows[i], grid.hidden.contains(row), row);
        }
    }
    writer.Close();
}

void WriteCsv(const SheetGrid& grid, const fs::path& file) {
    sheet::CsvWriter writer(file, sheet::CsvEncoding::kGb18030);
    for (const auto& row : grid.rows) {
        writer.Row(row);
    }
    writer.Close();
}

Book BookMaker::Make(
    size_t number,
    const std::vector<NumberedRow>& rows,
    const fs::path& folder,
    std::set<int64_t>& left_out
) const {
    const BookPlan& book = plan_.books[number];
    const StreamKey key = KeyOf(book);
    const bool csv = kinds_[number] == "csv";
    const std::string period = PeriodFieldOf(*book.record);
    Spread spread = csv ? Spread::kOne : SpreadOf(Draw(book.sheets, key.With("sheets")));
    std::set<std::string> without = NeverSet(*book.record);
    if (spread == Spread::kPeriods || spread == Spread::kStacked || spread == Spread::kBeside) {
        without.insert(period);
    } else if (spread == Spread::kPlaces && Stream(key.With("place said")).Chance(0.5)) {
        without.insert("place");
    }
    std::vector<BookLine> lines = LinesOf(rows, spread);
    std::vector<std::string> periods;
    for (size_t i = 0; spread == Spread::kBeside && i < lines.front().size(); ++i) {
        periods.push_back(ToChinese(std::get<Period>(lines.front()[i]->row.values.at(period))));
    }
    const BookLayout layout =
        LayOut({plan_, book, without, periods, lines, csv, key.With("columns")});
    Book said;
    said.file = Draw(book.files, key.With("file")) + "." + kinds_[number];
    said.record = book.record->id;
    said.encoding = csv ? "gb18030" : "";
    const Task task{book, layout, spread, csv, key};
    std::vector<SheetGrid> grids =
        GridsOf(task, PartsOf(std::move(lines), spread, period, key), said, left_out);
    if (csv) {
        WriteCsv(grids.front(), folder / said.file);
        return said;
    }
    if (Stream(key.With("info")).Chance(0.3)) {
        grids.insert(grids.begin(), InfoSheet(key, said));
    }
    WriteXlsx(grids, folder / said.file);
    return said;
}

}  // namespace

Plan PlanOfBooks(const Plan& plan) {
    std::set<const definition::RecordType*> wanted;
    for (const BookPlan& book : plan.books) {
        wanted.insert(book.record);
    }
    // What others hang on stands before them.
    for (auto make = plan.makes.rbegin(); make != plan.makes.rend(); ++make) {
        if (wanted.contains(make->record) && make->parent != nullptr) {
            wanted.insert(make->parent);
        }
    }
    Plan part = plan;
    std::erase_if(part.makes, [&](const Make& make) { return !wanted.contains(make.record); });
    return part;
}

Books WriteBooks(
    const Plan& plan,
    const SampleOptions& options,
    const TownPlan& town,
    const std::vector<PlaceOf>& villages,
    const PlaceOf& town_itself,
    const fs::path& folder
) {
    std::map<const definition::RecordType*, std::vector<NumberedRow>> rows;
    for (const BookPlan& book : plan.books) {
        rows[book.record];
    }
    int64_t number = 0;
    Generator generator(plan, options, villages, town_itself);
    generator.Run(
        [&] { return ++number; },
        [&](MadeRow&& row) {
            if (const auto wanted = rows.find(row.make->record); wanted != rows.end()) {
                const int64_t id = row.id;
                wanted->second.push_back({id, std::move(row)});
            }
        }
    );
    Books books;
    const BookMaker maker(plan, options, town, villages);
    for (size_t i = 0; i < plan.books.size(); ++i) {
        books.books.push_back(maker.Make(i, rows[plan.books[i].record], folder, books.left_out));
    }
    return books;
}

}  // namespace zw::sample
