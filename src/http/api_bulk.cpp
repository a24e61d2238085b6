#include <boost/json.hpp>

#include "http/api.h"
#include "http/body.h"
#include "http/edit_guard.h"
#include "http/edit_json.h"
#include "http/json.h"
#include "http/json_import.h"
#include "ledger/checks.h"
#include "ledger/list_feed.h"

namespace zw::http {

namespace json = boost::json;

namespace {

// What was sent: good rows in the feed, the findings of the others.
struct SentRows {
    ledger::ListFeed feed;
    std::vector<bool> fed;                       // by row as sent
    std::vector<std::vector<Finding>> findings;  // by row as sent
};

SentRows ReadRows(
    app::App& app,
    const Request& request,
    const definition::RecordType& type,
    const json::array& sent
) {
    const access::PlaceTree places = app.Places();
    ledger::WrittenReader reader(app.ledger(), request.actor);
    SentRows rows;
    for (const json::value& one : sent) {
        SentRow row = ReadSentRow(one, places);
        if ((row.id == 0) != (row.version == 0)) {
            throw Problem::Because(
                "bad_request", {"id 和 version 应一起给出", "id and version come together"}
            );
        }
        RequirePlace(request, type, row.place.value_or(0));
        ledger::Written written = reader.Read(type, row.typed);
        const bool good = !ledger::HasRefusal(written.findings);
        rows.fed.push_back(good);
        rows.findings.push_back(std::move(written.findings));
        if (good) {
            ledger::BatchRow feed;
            feed.type = &type;
            feed.id = row.id;
            feed.version = row.version;
            feed.place = row.place.value_or(0);
            feed.erases = row.id != 0;
            feed.values = std::move(written.values);
            feed.precision = std::move(written.precision);
            rows.feed.Add(std::move(feed));
        }
    }
    return rows;
}

std::string AnswerText(const SentRows& sent, const ledger::BatchResult& result, Language language) {
    constexpr std::string_view kOutcomes[] = {"new", "changed", "same", "refused", "draft"};
    json::array rows;
    size_t n = 0;
    for (size_t i = 0; i < sent.fed.size(); ++i) {
        std::vector<Finding> findings = sent.findings[i];
        json::object row{{"outcome", "refused"}, {"id", nullptr}};
        if (sent.fed[i]) {
            row["outcome"] = kOutcomes[static_cast<int>(result.outcomes[n])];
            if (result.ids[n] != 0) {
                row["id"] = std::to_string(result.ids[n]);
            }
            if (const auto found = result.findings.find(n); found != result.findings.end()) {
                findings.insert(findings.end(), found->second.begin(), found->second.end());
            }
            ++n;
        }
        row["findings"] = FindingsJson(findings, language);
        rows.emplace_back(std::move(row));
    }
    return json::serialize(json::object{
        {"batch",
         result.batch != 0 ? json::value(std::to_string(result.batch)) : json::value(nullptr)},
        {"rows", std::move(rows)}});
}

Response Answer(std::string text) {
    Response response;
    response.body = std::move(text);
    return response;
}

Response Bulk(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const Language language = LanguageOf(request);
    const bool dry_run = request.Query("dry_run") == "1";
    const ledger::ReceiptName name = dry_run ? ledger::ReceiptName{} : ReceiptNameOf(request);
    if (!dry_run) {
        if (auto answer = ledger::FindReceipt(app.ledger(), name)) {
            return Answer(std::move(*answer));
        }
    }
    const json::value body = BodyOf(request, request.body.size());
    if (!body.is_array()) {
        throw Problem::Because("bad_request", {"应为各行的数组", "an array of rows is needed"});
    }
    if (body.as_array().size() > kMaxBulkRows) {
        throw Problem("batch_too_large", {{"limit", std::to_string(kMaxBulkRows)}});
    }
    SentRows sent = ReadRows(app, request, type, body.as_array());
    ledger::BatchOptions options;
    options.why = request.Query("why");
    options.dry_run = dry_run;
    options.along = [&](ledger::WriteSession& session, const ledger::BatchResult& done) {
        ledger::KeepReceipt(app.ledger(), session, name, AnswerText(sent, done, language));
    };
    try {
        return Answer(AnswerText(
            sent,
            ledger::BatchWriter(app.ledger()).Apply(request.actor, sent.feed, options),
            language
        ));
    } catch (const ledger::AnsweredBefore&) {
        return Answer(*ledger::FindReceipt(app.ledger(), name));
    }
}

// Whose rows it holds is asked where they are taken back: a batch with one row outside the actor's
// places is not undone at all.
Response Undo(app::App& app, const Request& request) {
    const ledger::BatchInfo undone =
        ledger::BatchWriter(app.ledger())
            .Undo(request.actor, IdOf(request.parts.at("id"), "id"), request.Query("why"));
    return JsonResponse(ToJson(undone));
}

}  // namespace

void AddBulkRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "POST", "/api/v1/records/{record}/bulk", Rule::kWrite, Bulk);
    AddRoute(router, app, "POST", "/api/v1/batches/{id}/undo", Rule::kWrite, Undo);
}

}  // namespace zw::http
