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
            {"class", finding.code},
            {"value", OrNull(finding.value)}});
    }
    return list;
}

json::object SheetObject(const BookSheet& sheet) {
    json::object columns;
    for (const auto& [letters, field] : sheet.columns) {
        columns[letters] = field.empty() ? std::string("no") : field;
    }
    return {
        {"heading_rows", {sheet.heading_rows.first, sheet.heading_rows.second}},
        {"data_rows", sheet.data_rows},
        {"accepted_rows", sheet.data_rows - sheet.refused},
        {"total_rows", json::value_from(sheet.total_rows)},
        {"hidden_rows", json::value_from(sheet.hidden_rows)},
        {"columns", std::move(columns)}};
}

json::object BookObject(const Book& book) {
    json::object sheets;
    for (const BookSheet& sheet : book.sheets) {
        sheets[sheet.name] = SheetObject(sheet);
    }
    json::array totals;
    for (const BookFinding& total : book.totals) {
        totals.push_back(json::object{
            {"sheet", total.sheet},
            {"row", total.row},
            {"column", total.column},
            {"stated", total.value},
            {"sum", total.sum}});
    }
    json::array silent;
    for (const BookFinding& village : book.not_reported) {
        silent.push_back(json::object{
            {"sheet", village.sheet}, {"row", village.row}, {"village", village.value}});
    }
    return {
        {"record", book.record},
        {"sheets", std::move(sheets)},
        {"refuse", Findings(book.refused)},
        {"warn", Findings(book.warned)},
        {"total_mismatch", std::move(totals)},
        {"not_reported", std::move(silent)}};
}

json::object FigureObject(const indicator::Figure& figure) {
    json::object object{
        {"value", figure.value ? json::value(ToText(*figure.value)) : json::value(nullptr)}};
    if (figure.exact) {
        object["exact"] = ToText(*figure.exact);
    }
    object["unit"] = figure.unit;
    object["state"] = indicator::StateName(figure.state);
    return object;
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
            root[key] = value;
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
            town[indicator.id] = FigureObject(figures.Get(actor, query));
            for (const indicator::Figure& figure : figures.ByVillage(actor, query)) {
                json::value& village = villages[tree.Find(figure.place)->code];
                if (!village.is_object()) {
                    village = json::object();
                }
                village.as_object()[indicator.id] = FigureObject(figure);
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
