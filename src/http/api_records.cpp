#include <boost/json.hpp>

#include "base/text.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json.h"
#include "ledger/row_titles.h"

namespace zw::http {

namespace json = boost::json;

namespace {

constexpr int kMaxPage = 200;

// sort=-built_on,place
std::vector<ledger::Sort> SortOf(const std::string& text) {
    std::vector<ledger::Sort> sort;
    for (const std::string& part : Split(text, ',')) {
        if (!part.empty()) {
            const bool descending = part[0] == '-';
            sort.push_back({descending ? part.substr(1) : part, descending});
        }
    }
    return sort;
}

constexpr std::string_view kContains = "contains.";

// contains.note=温室&contains.squad=一
std::map<std::string, std::string> ContainsOf(const Request& request) {
    std::map<std::string, std::string> contains;
    for (const auto& [name, text] : request.query) {
        if (StartsWith(name, kContains) && !text.empty()) {
            contains[name.substr(kContains.size())] = text;
        }
    }
    return contains;
}

json::object TitlesJson(const std::map<std::string, std::string>& titles) {
    json::object out;
    for (const auto& [field, title] : titles) {
        out[field] = title;
    }
    return out;
}

ledger::Query QueryOf(app::App& app, const Request& request) {
    ledger::Query query;
    query.record = request.parts.at("record");
    query.filter = request.Query("filter");
    query.contains = ContainsOf(request);
    query.sort = SortOf(request.Query("sort"));
    query.after = request.Query("after");
    if (!request.Query("limit").empty()) {
        query.limit =
            static_cast<int>(std::min<int64_t>(kMaxPage, IdOf(request.Query("limit"), "limit")));
    }
    const access::PlaceTree places = app.Places();
    const int64_t place = PlaceParameter(request, places);
    if (place != places.town().id) {
        query.places = {place};
    }
    return query;
}

Response List(app::App& app, const Request& request) {
    const ledger::Query query = QueryOf(app, request);
    const access::PlaceTree places = app.Places();
    const ledger::Page page = app.ledger().List(request.actor, query);
    const auto titles = ledger::RowTitles(app.ledger(), request.actor, query.record, page.rows);
    json::array rows;
    for (size_t i = 0; i < page.rows.size(); ++i) {
        json::object row = ToJson(page.rows[i], places);
        row["titles"] = TitlesJson(titles[i]);
        rows.emplace_back(std::move(row));
    }
    return JsonResponse(json::object{
        {"rows", std::move(rows)},
        {"next", page.next},
        {"count", app.ledger().Count(request.actor, query)},
    });
}

Response One(app::App& app, const Request& request) {
    const std::string& record = request.parts.at("record");
    const auto row = app.ledger().Find(request.actor, record, IdOf(request.parts.at("id"), "id"));
    if (!row) {
        throw Problem(
            "not_found", {{"kind", "记录"}, {"name", request.parts.at("id")}, {"nearest", ""}}
        );
    }
    const access::PlaceTree places = app.Places();
    json::array history;
    for (const ledger::VersionInfo& version :
         app.ledger().History(request.actor, record, row->id)) {
        history.emplace_back(ToJson(version, places));
    }
    json::object out = ToJson(*row, places);
    out["titles"] =
        TitlesJson(ledger::RowTitles(app.ledger(), request.actor, record, {*row}).front());
    out["title"] = app.ledger().Title(request.actor, *app.model().FindRecord(record), *row);
    out["history"] = std::move(history);
    return JsonResponse(out);
}

}  // namespace

void AddRecordRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/records/{record}", Rule::kRead, List);
    AddRoute(router, app, "GET", "/api/v1/records/{record}/{id}", Rule::kRead, One);
}

}  // namespace zw::http
