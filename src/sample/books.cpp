#include "sample/books.h"

#include <algorithm>

#include "base/text.h"
#include "sample/book_sheet.h"

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

std::string PeriodText(const MadeRow& row, const std::string& field) {
    const auto value = row.values.find(field);
    return value == row.values.end() ? std::string() : ToChinese(std::get<Period>(value->second));
}

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
        for (size_t i = 0; i < villages.size(); ++i) {
            const auto named = std::find_if(
                town.places.villages.begin(),
                town.places.villages.end(),
                [&](const auto& v) { return v.code == villages[i].code; }
            );
            villages_[villages[i].id] = &*named;
        }
    }

    void Make(
        const BookPlan& book,
        const std::vector<NumberedRow>& rows,
        const fs::path& folder,
        Books& books
    ) {
        const StreamKey key = root_.With(book.record->id);
        std::string kind = Draw(book.kinds, key.With("kind"));
        const std::string spread = kind == "csv" ? "one" : Draw(book.sheets, key.With("sheets"));
        const std::string period = PeriodFieldOf(*book.record);
        const bool by_period = spread == "period" && !period.empty();
        std::set<std::string> without = NeverSet(*book.record);
        if (by_period) {
            without.insert(period);
        }
        const std::vector<BookColumn> columns =
            LayOutColumns(*plan_.model, book, without, key.With("columns"));
        Book said;
        said.file = Draw(book.files, key.With("file")) + "." + kind;
        said.record = book.record->id;
        std::vector<SheetGrid> grids;
        for (const auto& [name, members] : Spread(rows, by_period ? "period" : spread, period)) {
            SheetTask task{
                *plan_.model,
                book,
                columns,
                town_,
                villages_,
                kind == "csv" ? "Sheet1" : name,
                {},
                kind == "csv",
                key.With(name)};
            task.title = Title(book, by_period ? name : std::string(), key);
            grids.push_back(MakeSheet(task, members, said, books.left_out));
        }
        kind == "csv" ? WriteCsv(grids.front(), folder / said.file, key)
                      : WriteXlsx(grids, folder / said.file);
        books.books.push_back(std::move(said));
    }

private:
    std::set<std::string> NeverSet(const definition::RecordType& record) const {
        std::set<std::string> unset;
        for (const definition::Field& field : record.fields) {
            const bool set =
                std::any_of(plan_.makes.begin(), plan_.makes.end(), [&](const sample::Make& make) {
                    return make.record == &record &&
                           (make.along == field.id ||
                            std::any_of(
                                make.specs.begin(),
                                make.specs.end(),
                                [&](const Spec& spec) { return spec.name == field.id; }
                            ));
                });
            if (!set) {
                unset.insert(field.id);
            }
        }
        return unset;
    }

    // Sheets in the order of the town: name and rows.
    std::vector<std::pair<std::string, std::vector<const NumberedRow*>>> Spread(
        const std::vector<NumberedRow>& rows, const std::string& how, const std::string& period
    ) const {
        std::vector<std::pair<std::string, std::vector<const NumberedRow*>>> sheets;
        for (const NumberedRow& row : rows) {
            const std::string name = how == "place"    ? villages_.at(row.row.place)->name
                                     : how == "period" ? PeriodText(row.row, period)
                                                       : std::string("Sheet1");
            auto sheet = std::find_if(sheets.begin(), sheets.end(), [&](const auto& s) {
                return s.first == name;
            });
            if (sheet == sheets.end()) {
                sheets.emplace_back(name, std::vector<const NumberedRow*>());
                sheet = sheets.end() - 1;
            }
            sheet->second.push_back(&row);
        }
        return sheets;
    }

    std::string Title(const BookPlan& book, const std::string& period, const StreamKey& key) const {
        std::string title =
            ReplaceAll(Draw(book.titles, key.With("title")), "{town}", town_.places.name);
        const std::string year =
            period.empty() ? std::to_string(options_.year) : period.substr(0, 4);
        return ReplaceAll(ReplaceAll(title, "{period}", period), "{year}", year);
    }

    static void WriteXlsx(const std::vector<SheetGrid>& grids, const fs::path& file) {
        sheet::XlsxWriter writer(file);
        for (const SheetGrid& grid : grids) {
            sheet::SheetLayout layout;
            layout.name = grid.name;
            layout.merges = grid.merges;
            writer.BeginSheet(layout);
            for (size_t i = 0; i < grid.rows.size(); ++i) {
                writer.Row(grid.rows[i], grid.hidden.contains(static_cast<int>(i) + 1));
            }
        }
        writer.Close();
    }

    static void WriteCsv(const SheetGrid& grid, const fs::path& file, const StreamKey& key) {
        sheet::CsvWriter writer(
            file,
            Stream(key.With("encoding")).Chance(0.6) ? sheet::CsvEncoding::kGb18030
                                                     : sheet::CsvEncoding::kUtf8Bom
        );
        for (const auto& row : grid.rows) {
            writer.Row(row);
        }
        writer.Close();
    }

    const Plan& plan_;
    const SampleOptions& options_;
    const TownPlan& town_;
    const StreamKey root_;
    std::map<int64_t, const access::VillageSetup*> villages_;
};

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
    BookMaker maker(plan, options, town, villages);
    for (const BookPlan& book : plan.books) {
        maker.Make(book, rows[book.record], folder, books);
    }
    return books;
}

}  // namespace zw::sample
