#include "ledger/export.h"

#include <memory>

#include "base/problem.h"
#include "base/text.h"
#include "ledger/masking.h"
#include "ledger/query_sql.h"
#include "ledger/settings.h"
#include "ledger/title.h"
#include "sheet/writer.h"

namespace zw::ledger {

namespace {

constexpr int64_t kProgressRows = 1'000;

// The two file formats behind one call.
class RowsOut {
public:
    virtual ~RowsOut() = default;
    virtual void Row(const std::vector<sheet::WriteCell>& cells) = 0;
    virtual void Close() = 0;
};

class XlsxOut final : public RowsOut {
public:
    XlsxOut(const std::filesystem::path& file, const std::string& sheet_name) : writer_(file) {
        sheet::SheetLayout layout;
        layout.name = sheet_name;
        writer_.BeginSheet(layout);
    }
    void Row(const std::vector<sheet::WriteCell>& cells) override { writer_.Row(cells); }
    void Close() override { writer_.Close(); }

private:
    sheet::XlsxWriter writer_;
};

class CsvOut final : public RowsOut {
public:
    explicit CsvOut(const std::filesystem::path& file) : writer_(file) {}
    void Row(const std::vector<sheet::WriteCell>& cells) override { writer_.Row(cells); }
    void Close() override { writer_.Close(); }

private:
    sheet::CsvWriter writer_;
};

std::unique_ptr<RowsOut> OpenFile(
    const std::filesystem::path& file, const std::string& sheet_name
) {
    if (file.extension() == ".xlsx") {
        return std::make_unique<XlsxOut>(file, sheet_name);
    }
    if (file.extension() == ".csv") {
        return std::make_unique<CsvOut>(file);
    }
    throw Problem::Because(
        "wrong_use",
        {"导出文件应以.xlsx或.csv结尾：" + file.filename().string(),
         "the file must end in .xlsx or .csv: " + file.filename().string()}
    );
}

// A field's heading carries its unit, so that the sheet can be read back.
std::vector<sheet::WriteCell> Heading(const Table& table) {
    const std::string& place = table.type->place_name.zh;
    std::vector<sheet::WriteCell> cells{sheet::HeadingCell(place.empty() ? "村" : place)};
    for (const Column& column : table.columns) {
        std::string name = column.field->name.zh;
        if (const std::string& unit = column.field->type.unit.name; !unit.empty()) {
            name.append("(").append(unit).append(")");
        }
        cells.push_back(sheet::HeadingCell(std::move(name)));
    }
    return cells;
}

sheet::WriteCell DateCellOf(const Date& date, DatePrecision precision) {
    switch (precision) {
        case DatePrecision::kYear:
            return sheet::TextCell(std::to_string(date.year) + "年");
        case DatePrecision::kMonth:
            return sheet::TextCell(
                std::to_string(date.year) + "年" + std::to_string(date.month) + "月"
            );
        case DatePrecision::kDay:
            break;
    }
    return sheet::DateCell(date);
}

sheet::WriteCell CellOf(
    RowSource& source, const Column& column, const Record& row, const access::Actor& actor
) {
    const auto found = row.values.find(column.field->id);
    if (found == row.values.end() || formula::IsNull(found->second)) {
        return {};
    }
    if (const auto* date = std::get_if<Date>(&found->second)) {
        const auto precision = row.precision.find(column.field->id);
        return DateCellOf(
            *date, precision == row.precision.end() ? DatePrecision::kDay : precision->second
        );
    }
    if (const auto* decimal = std::get_if<Decimal>(&found->second)) {
        return sheet::NumberCell(*decimal);
    }
    if (const auto* number = std::get_if<int64_t>(&found->second);
        number != nullptr && column.field->type.IsNumber()) {
        return sheet::NumberCell(Decimal{*number, 0});
    }
    return sheet::TextCell(DisplayText(source, *column.field, found->second, actor));
}

}  // namespace

int64_t Export(
    const Ledger& ledger,
    const access::Actor& actor,
    const Query& query,
    const std::filesystem::path& file,
    const std::function<void(int64_t)>& progress
) {
    const LedgerServices& services = ledger.services();
    const Table& table = ledger.schema().Of(query.record);
    const auto reader = services.database.ReadWithoutLimit();
    store::Connection& connection = reader->connection();
    const RuleValues rules = ledger.Rules(connection);
    const SqlContext context{
        *services.model, ledger.schema(), rules, services.clock.Today(), query.as_of_seq};
    const QuerySql sql = BuildQuery(context, ledger.reader(), services.town, actor, query);
    const access::PlaceTree places = access::PlaceTree::Load(connection, services.town);
    RowSource source(connection, ledger.reader(), context, services.town);
    const std::unique_ptr<RowsOut> out = OpenFile(file, table.type->name.zh);
    out->Row(Heading(table));
    int64_t rows = 0;
    connection.Query(
        "select " + RowReader::Columns(table, "r") + " from " + sql.where + OrderBy(sql),
        sql.values,
        [&](const store::Statement& statement) {
            Record row = ledger.reader().Read(table, statement);
            if (!actor.unmask) {
                MaskRecord(*table.type, row);
            }
            const access::Place* place = places.Find(row.place);
            std::vector<sheet::WriteCell> cells{
                sheet::TextCell(place == nullptr ? "" : place->name)};
            for (const Column& column : table.columns) {
                cells.push_back(CellOf(source, column, row, actor));
            }
            out->Row(cells);
            if (++rows % kProgressRows == 0 && progress) {
                progress(rows);
            }
        }
    );
    out->Close();
    return rows;
}

}  // namespace zw::ledger
