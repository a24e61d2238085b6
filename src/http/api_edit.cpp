#include <boost/json.hpp>

#include "http/api.h"
#include "http/body.h"
#include "http/edit_guard.h"
#include "http/edit_json.h"
#include "http/json.h"
#include "ledger/checks.h"

namespace zw::http {

namespace json = boost::json;

namespace {

std::string WhyOf(const json::value& body) {
    const json::value* why = body.is_object() ? body.as_object().if_contains("why") : nullptr;
    return why != nullptr && why->is_string() ? std::string(why->as_string()) : std::string();
}

std::optional<ledger::VersionInfo> VersionOf(
    app::App& app, const Request& request, int64_t id, int64_t version
) {
    for (ledger::VersionInfo& one :
         app.ledger().History(request.actor, request.parts.at("record"), id)) {
        if (one.version == version) {
            return std::move(one);
        }
    }
    return std::nullopt;
}

// The row as the write left it.
Response Written(
    app::App& app, const Request& request, const ledger::WriteResult& result, int status = 200
) {
    const auto row =
        app.ledger().Find(request.actor, request.parts.at("record"), result.ids.front());
    if (!row) {
        throw Problem("record_deleted");
    }
    return VersionedResponse(RowJson(app, request, *row, result.findings), row->version, status);
}

// A receipt's {"id"} → the answer it stands for: the row as it was made.
Response CreatedBefore(app::App& app, const Request& request, const std::string& answer) {
    const json::value kept = json::parse(answer);
    const int64_t id = IdOf(std::string(kept.at("id").as_string()), "id");
    const auto made = VersionOf(app, request, id, 1);
    if (!made) {
        throw Problem("record_deleted");
    }
    return VersionedResponse(RowJson(app, request, made->record, {}), made->record.version, 201);
}

// What cannot be read is refused before anything else is asked.
ledger::Written Read(
    app::App& app,
    const Request& request,
    const definition::RecordType& type,
    const ledger::Typed& typed
) {
    ledger::Written written = ledger::WrittenReader(app.ledger(), request.actor).Read(type, typed);
    if (ledger::HasRefusal(written.findings)) {
        throw ledger::Refused(written.findings);
    }
    return written;
}

Response Create(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const ledger::ReceiptName name = ReceiptNameOf(request);
    if (const auto answer = ledger::FindReceipt(app.ledger(), name)) {
        return CreatedBefore(app, request, *answer);
    }
    const json::value body = BodyOf(request, kMaxRowBytes);
    const SentRow sent = ReadSentRow(body, app.Places());
    const int64_t place = sent.place.value_or(0);
    RequirePlace(request, type, place);
    ledger::Written written = Read(app, request, type, sent.typed);
    const auto keep = [&](ledger::WriteSession& session, const ledger::WriteResult& done) {
        const json::object answer{{"id", std::to_string(done.ids.front())}};
        ledger::KeepReceipt(app.ledger(), session, name, json::serialize(answer));
    };
    try {
        const ledger::WriteResult result = app.ledger().Create(
            request.actor,
            type.id,
            {place, std::move(written.values), std::move(written.precision), {}},
            WhyOf(body),
            keep
        );
        return Written(app, request, result, 201);
    } catch (const ledger::AnsweredBefore&) {
        return CreatedBefore(app, request, *ledger::FindReceipt(app.ledger(), name));
    }
}

// Both values: the row as it stands, who wrote it and when, beside what was asked for.
Response Stale(
    app::App& app, const Request& request, const Problem& problem, const json::value& asked
) {
    const int64_t id = IdOf(request.parts.at("id"), "id");
    const std::vector<ledger::VersionInfo> history =
        app.ledger().History(request.actor, request.parts.at("record"), id);
    json::object more;
    if (!history.empty()) {
        more["current"] = RowJson(app, request, history.back().record, {});
        more["by"] = history.back().by;
        more["at"] = TimeToText(history.back().at_millis);
    }
    const json::value* values =
        asked.is_object() ? asked.as_object().if_contains("values") : nullptr;
    more["yours"] = values != nullptr ? *values : json::value(json::object{});
    return ProblemResponse(problem, more);
}

// What `write` answers, or why it came too late.
Response OrStale(
    app::App& app,
    const Request& request,
    const json::value& asked,
    const std::function<Response()>& write
) {
    try {
        return write();
    } catch (const Problem& problem) {
        if (problem.code() != "stale_version") {
            throw;
        }
        return Stale(app, request, problem, asked);
    }
}

Response Change(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const int64_t version = VersionAsked(request);
    const json::value body = BodyOf(request, kMaxRowBytes);
    const ledger::Record before = RowToWrite(app, request, type);
    SentRow sent = ReadSentRow(body, app.Places());
    RequirePlace(request, type, sent.place.value_or(0));
    if (!sent.place) {
        sent.typed.place = before.place;
    }
    ledger::Written written = Read(app, request, type, sent.typed);
    const ledger::Change change{
        before.id, version, std::move(written.values), std::move(written.precision), sent.place};
    return OrStale(app, request, body, [&] {
        return Written(
            app, request, app.ledger().Update(request.actor, type.id, change, WhyOf(body))
        );
    });
}

Response Delete(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const int64_t version = VersionAsked(request);
    const ledger::Record before = RowToWrite(app, request, type);
    return OrStale(app, request, {}, [&] {
        const ledger::WriteResult result =
            app.ledger().Delete(request.actor, type.id, before.id, version, request.Query("why"));
        return JsonResponse(json::object{
            {"id", std::to_string(before.id)}, {"seq", std::to_string(result.seq)}});
    });
}

Response Restore(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const int64_t id = IdOf(request.parts.at("id"), "id");
    const auto history = app.ledger().History(request.actor, type.id, id);
    if (history.empty()) {
        NoSuchRow(request);
    }
    RequirePlace(request, type, history.back().record.place);
    return Written(
        app, request, app.ledger().Restore(request.actor, type.id, id, request.Query("why"))
    );
}

// The row as it was at the version that `body` names with "to". Its masked fields are in clear,
// whoever asks: undo must not write masks.
ledger::VersionInfo VersionNamed(
    app::App& app, const Request& request, int64_t id, const json::value& body
) {
    const json::value* to = body.is_object() ? body.as_object().if_contains("to") : nullptr;
    if (to == nullptr || !to->is_string()) {
        throw Problem::Because("bad_request", {"to 应为版本号", "to is the number of a version"});
    }
    Request in_clear = request;
    in_clear.actor.unmask = true;
    auto then = VersionOf(app, in_clear, id, IdOf(std::string(to->as_string()), "to"));
    if (!then || then->op == ledger::Op::kDelete) {
        throw Problem::Because("bad_request", {"没有这个版本", "there is no such version"});
    }
    return std::move(*then);
}

// Every field as it was at a version, also those that it did not have.
Response Revert(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const int64_t version = VersionAsked(request);
    const json::value body = BodyOf(request, kMaxRowBytes);
    const ledger::Record before = RowToWrite(app, request, type);
    const ledger::Record then = VersionNamed(app, request, before.id, body).record;
    RequirePlace(request, type, then.place);
    ledger::Change change{before.id, version, {}, then.precision, then.place};
    for (const definition::Field& field : type.fields) {
        const auto value = then.values.find(field.id);
        change.values[field.id] = value == then.values.end() ? ledger::Value() : value->second;
    }
    return OrStale(app, request, {}, [&] {
        return Written(
            app, request, app.ledger().Update(request.actor, type.id, change, "撤销修改")
        );
    });
}

// What writing would say; nothing is written. What cannot be read is told beside what the rest
// gives.
Response Check(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    const json::value body = BodyOf(request, kMaxRowBytes);
    SentRow sent = ReadSentRow(body, app.Places());
    RequirePlace(request, type, sent.place.value_or(0));
    ledger::Written written =
        ledger::WrittenReader(app.ledger(), request.actor).Read(type, sent.typed);
    ledger::Checked checked = app.ledger().Check(
        request.actor,
        type.id,
        sent.id,
        {sent.place.value_or(0), written.values, written.precision, {}}
    );
    // A cell that could not be read is not also said to be empty.
    std::erase_if(checked.findings, [&](const Finding& finding) {
        return std::any_of(
            written.findings.begin(),
            written.findings.end(),
            [&](const Finding& unread) {
                return unread.severity == Severity::kRefused && unread.field == finding.field;
            }
        );
    });
    std::vector<Finding> findings = std::move(written.findings);
    findings.insert(findings.end(), checked.findings.begin(), checked.findings.end());
    json::object read = RowJson(app, request, checked.record, findings);
    const json::object& values = read.at("values").as_object();
    json::object computed;
    for (const definition::Computed& one : type.computed) {
        const json::value* value = values.if_contains(one.field.id);
        computed[one.field.id] = value != nullptr ? *value : json::value(nullptr);
    }
    json::object out{{"computed", std::move(computed)}};
    for (const char* member : {"findings", "values", "precision", "titles"}) {
        out[member] = std::move(read.at(member));
    }
    return JsonResponse(out);
}

Handler Refusing(app::App& app, Response (*handle)(app::App&, const Request&)) {
    return [&app, handle](const Request& request) {
        try {
            return handle(app, request);
        } catch (const ledger::Refused& refused) {
            return ProblemResponse(
                refused, {{"findings", FindingsJson(refused.findings(), LanguageOf(request))}}
            );
        }
    };
}

}  // namespace

void AddEditRoutes(Router& router, app::App& app) {
    const std::string rows = "/api/v1/records/{record}";
    router.Add("POST", rows, Rule::kWrite, Refusing(app, Create));
    router.Add("POST", rows + "/check", Rule::kWrite, Refusing(app, Check));
    router.Add("PATCH", rows + "/{id}", Rule::kWrite, Refusing(app, Change));
    router.Add("DELETE", rows + "/{id}", Rule::kWrite, Refusing(app, Delete));
    router.Add("POST", rows + "/{id}/restore", Rule::kWrite, Refusing(app, Restore));
    router.Add("POST", rows + "/{id}/revert", Rule::kWrite, Refusing(app, Revert));
}

}  // namespace zw::http
