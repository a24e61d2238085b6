#include <boost/json.hpp>

#include "base/text.h"
#include "indicator/figure_text.h"
#include "sample/books.h"

namespace zw::sample {

namespace {

namespace json = boost::json;

json::value OrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array Findings(const std::vector<BookFinding>& findings) {
    json::array list;
    for (const BookFinding& finding : findings) {
        list.push_back(json::object{
            {"sheet", finding.sheet},
            {"row", finding.row},
            {"column", OrNull(finding.column)},
            {"heading", OrNull(finding.heading)},
            {"class", finding.code},
            {"value", OrNull(finding.value)}});
    }
    return list;
}

json::object TableObject(const BookSheet& sheet) {
    json::object columns;
    for (const auto& [letters, field] : sheet.columns) {
        columns[letters] = field.empty() ? std::string("no") : field;
    }
    return {
        {"heading_rows", {sheet.heading_rows.first, sheet.heading_rows.second}},
        {"data_rows", sheet.data_rows},
        {"accepted_rows", sheet.data_rows - sheet.refused},
        {"total_rows", json::value_from(sheet.total_rows)},
        {"blank_rows", json::value_from(sheet.blank_rows)},
        {"hidden_rows", json::value_from(sheet.hidden_rows)},
        {"repeated_heading_rows", json::value_from(sheet.repeated_heading_rows)},
        {"columns", std::move(columns)}};
}

json::array Totals(const Book& book) {
    json::array totals;
    for (const BookFinding& total : book.totals) {
        totals.push_back(json::object{
            {"sheet", total.sheet},
            {"row", total.row},
            {"column", total.column},
            {"heading", total.heading},
            {"stated", total.value},
            {"sum", total.sum}});
    }
    return totals;
}

json::object BookObject(const Book& book) {
    json::object sheets;
    for (const BookSheet& sheet : book.sheets) {
        json::value& known = sheets[sheet.name];
        if (known.is_object()) {
            // The second table of a sheet, and so on.
            json::value& more = known.as_object()["more_tables"];
            if (!more.is_array()) {
                more = json::array();
            }
            more.as_array().push_back(TableObject(sheet));
        } else {
            known = TableObject(sheet);
        }
    }
    json::array silent;
    for (const BookFinding& village : book.not_reported) {
        silent.push_back(json::object{
            {"sheet", village.sheet}, {"row", village.row}, {"village", village.value}});
    }
    json::object object{
        {"record", book.record},
        {"sheets", std::move(sheets)},
        {"no_data_sheets", json::value_from(book.no_data_sheets)},
        {"refuse", Findings(book.refused)},
        {"warn", Findings(book.warned)},
        {"tolerate", json::array()},
        {"either", json::array()},
        {"total_mismatch", Totals(book)},
        {"not_reported", std::move(silent)}};
    if (!book.encoding.empty()) {
        object["csv_encoding"] = book.encoding;
    }
    return object;
}

// null: no data; a ratio with its exact value beside the rounded one.
json::value FigureValue(const indicator::Figure& figure) {
    if (!figure.value) {
        return nullptr;
    }
    if (figure.exact) {
        return json::object{
            {"exact", ToText(*figure.exact)}, {"rounded", ToText(Round(*figure.exact, 2))}};
    }
    return json::value(ToShortText(*figure.value));
}

}  // namespace

std::string SettingsJson(const TownPlan& town) {
    json::object root;
    for (const auto& [key, value] : town.values) {
        if (const size_t dot = key.find('.'); dot != std::string::npos) {
            json::value& part = root[key.substr(0, dot)];
            if (!part.is_object()) {
                part = json::object();
            }
            part.as_object()[key.substr(dot + 1)] = value;
        } else {
            const auto number = ParseDecimal(value);
            root[key] =
                number && number->scale == 0 ? json::value(number->units) : json::value(value);
        }
    }
    json::array villages;
    for (const access::VillageSetup& village : town.places.villages) {
        villages.push_back(json::object{
            {"code", village.code},
            {"name", village.name},
            {"aliases", json::value_from(village.aliases)},
            {"groups", village.groups}});
    }
    root["villages"] = std::move(villages);
    return json::serialize(root);
}

std::string AnswersJson(
    const Books& books,
    const indicator::Figures& figures,
    const access::Actor& actor,
    const ledger::Ledger& ledger,
    const SampleOptions& options
) {
    json::object files;
    for (const Book& book : books.books) {
        files[book.file] = BookObject(book);
    }
    const access::PlaceTree tree = ledger.Places();
    json::object years;
    for (const int year : {options.year - 1, options.year}) {
        json::object town;
        json::object villages;
        for (const definition::Indicator& indicator : ledger.model().indicators) {
            const indicator::FigureQuery query{
                indicator.id, tree.town().id, YearPeriod(year), {}, {}};
            town[indicator.id] = FigureValue(figures.Get(actor, query));
            for (const indicator::Figure& figure : figures.ByVillage(actor, query)) {
                json::value& village = villages[tree.Find(figure.place)->code];
                if (!village.is_object()) {
                    village = json::object();
                }
                village.as_object()[indicator.id] = FigureValue(figure);
            }
        }
        years[std::to_string(year)] =
            json::object{{"town", std::move(town)}, {"villages", std::move(villages)}};
    }
    return json::serialize(json::object{
        {"seed", options.seed},
        {"report_period", options.year},
        {"files", std::move(files)},
        {"figures", std::move(years)}});
}

}  // namespace zw::sample
