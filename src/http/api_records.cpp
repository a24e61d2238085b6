#include <boost/json.hpp>

#include "base/text.h"
#include "http/api.h"
#include "http/body.h"
#include "http/edit_guard.h"
#include "http/edit_json.h"
#include "http/json.h"
#include "ledger/lookup.h"
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

// Who deleted the row, and when.
json::object DeletionJson(app::App& app, const Request& request, const ledger::Record& row) {
    const std::string& record = request.parts.at("record");
    const ledger::VersionInfo last = app.ledger().History(request.actor, record, row.id).back();
    return {
        {"at", TimeToText(last.at_millis)},
        {"by", last.by},
        {"title", app.ledger().Title(request.actor, *app.model().FindRecord(record), row)},
    };
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
    if (!request.Query("skip").empty()) {
        query.skip = IdOf(request.Query("skip"), "skip");
    }
    query.deleted = request.Query("deleted") == "1";
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
        if (query.deleted) {
            row["deleted"] = DeletionJson(app, request, page.rows[i]);
        }
        rows.emplace_back(std::move(row));
    }
    // Further pages of one list have the same count: whoever scrolls asks once.
    const bool uncounted = request.Query("count") == "0";
    return JsonResponse(json::object{
        {"rows", std::move(rows)},
        {"next", page.next},
        {"count",
         uncounted ? json::value(nullptr) : json::value(app.ledger().Count(request.actor, query))},
    });
}

Response One(app::App& app, const Request& request) {
    const std::string& record = request.parts.at("record");
    const int64_t id = IdOf(request.parts.at("id"), "id");
    const std::optional<ledger::Record> standing = app.ledger().Find(request.actor, record, id);
    const std::vector<ledger::VersionInfo> versions =
        app.ledger().History(request.actor, record, id);
    if (versions.empty()) {
        NoSuchRow(request);
    }
    const ledger::Record& row = standing ? *standing : versions.back().record;
    const access::PlaceTree places = app.Places();
    json::array history;
    for (const ledger::VersionInfo& version : versions) {
        history.emplace_back(ToJson(version, places));
    }
    json::object out = ToJson(row, places);
    out["titles"] =
        TitlesJson(ledger::RowTitles(app.ledger(), request.actor, record, {row}).front());
    out["title"] = app.ledger().Title(request.actor, *app.model().FindRecord(record), row);
    out["is_deleted"] = !standing;
    out["history"] = std::move(history);
    return VersionedResponse(out, row.version);
}

// How rows that a reference may mean read.
Response Names(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeOf(app, request);
    const access::PlaceTree places = app.Places();
    const std::string near = request.Query("place");
    const ledger::Lookup found = ledger::FindByTitle(
        app.ledger(),
        request.actor,
        type,
        request.Query("text"),
        near.empty() ? 0 : PlaceParameter(request, places),
        kMaxPage
    );
    json::array rows;
    for (const ledger::Named& one : found.rows) {
        const access::Place* place = places.Find(one.place);
        rows.emplace_back(json::object{
            {"id", std::to_string(one.id)},
            {"title", one.title},
            {"place_name", place != nullptr ? place->name : std::string()}});
    }
    return JsonResponse(json::object{{"rows", std::move(rows)}, {"more", found.more}});
}

}  // namespace

void AddRecordRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/records/{record}", Rule::kRead, List);
    AddRoute(router, app, "GET", "/api/v1/lookup/{record}", Rule::kRead, Names);
    AddRoute(router, app, "GET", "/api/v1/records/{record}/{id}", Rule::kRead, One);
}

}  // namespace zw::http
