#include "http/edit_json.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/not_found.h"
#include "http/body.h"
#include "http/edit_guard.h"
#include "http/json.h"
#include "ledger/row_titles.h"

namespace zw::http {

namespace json = boost::json;

namespace {

constexpr size_t kLongestKey = 128;

const json::object& ObjectAt(const json::value& value, const std::string& what) {
    if (!value.is_object()) {
        BadRequest({what + " 应为对象", what + " is an object"});
    }
    return value.as_object();
}

std::string TextAt(const json::value& value, const std::string& what) {
    if (!value.is_string()) {
        BadRequest(
            {what + " 应为文字（数和编号也写成文字）", what + " is text (numbers and ids too)"}
        );
    }
    return std::string(value.as_string());
}

void ReadValues(const json::object& row, ledger::Typed& typed) {
    const json::value* values = row.if_contains("values");
    if (values == nullptr) {
        return;
    }
    for (const auto& [field, value] : ObjectAt(*values, "values")) {
        typed.values[field] =
            value.is_null() ? std::nullopt : std::optional(TextAt(value, std::string(field)));
    }
}

void ReadPrecision(const json::object& row, ledger::Typed& typed) {
    const json::value* precision = row.if_contains("precision");
    if (precision == nullptr) {
        return;
    }
    for (const auto& [field, value] : ObjectAt(*precision, "precision")) {
        const std::string known = TextAt(value, std::string(field));
        if (known != "day" && known != "month" && known != "year") {
            BadRequest({"precision 应为 day、month 或 year", "precision is day, month or year"});
        }
        typed.precision[field] = known == "day"     ? ledger::DatePrecision::kDay
                                 : known == "month" ? ledger::DatePrecision::kMonth
                                                    : ledger::DatePrecision::kYear;
    }
}

}  // namespace

json::value BodyOf(const Request& request, size_t limit) {
    if (request.body.size() > limit) {
        throw Problem("request_too_large");
    }
    boost::system::error_code error;
    json::value body = json::parse(request.body, error);
    if (error) {
        BadRequest({"内容不是 JSON", "the body is no JSON"});
    }
    return body;
}

SentRow ReadSentRow(const json::value& sent, const access::PlaceTree& places) {
    const json::object& object = ObjectAt(sent, "一行");
    SentRow row;
    if (const json::value* id = object.if_contains("id")) {
        row.id = IdOf(TextAt(*id, "id"), "id");
    }
    if (const json::value* version = object.if_contains("version")) {
        row.version = IdOf(TextAt(*version, "version"), "version");
    }
    if (const json::value* place = object.if_contains("place"); place && !place->is_null()) {
        const std::string text = TextAt(*place, "place");
        row.place = places.Match(text);
        if (!row.place) {
            throw NotFound(Thing::kPlace, text);
        }
    }
    ReadValues(object, row.typed);
    ReadPrecision(object, row.typed);
    row.typed.place = row.place.value_or(0);
    return row;
}

std::string KeyGiven(const Request& request) {
    std::string key = HeaderGiven(request, "idempotency-key", "Idempotency-Key");
    if (key.size() > kLongestKey) {
        BadRequest({"Idempotency-Key 太长", "the Idempotency-Key is too long"});
    }
    return key;
}

json::array FindingsJson(const std::vector<Finding>& findings, Language language) {
    json::array out;
    for (const Finding& finding : findings) {
        json::object one{
            {"field", finding.field.empty() ? json::value(nullptr) : json::value(finding.field)},
            {"code", finding.code},
            {"severity", SeverityName(finding.severity)},
            {"message", MessageIn(language, finding)},
        };
        if (!finding.value.empty()) {
            one["value"] = finding.value;
        }
        out.emplace_back(std::move(one));
    }
    return out;
}

json::object TitlesJson(const std::map<std::string, std::string>& titles) {
    json::object out;
    for (const auto& [field, title] : titles) {
        out[field] = title;
    }
    return out;
}

Response ProblemResponse(const Problem& problem, const json::object& more) {
    Response response = ProblemResponse(problem);
    json::object body = ToJson(problem);
    for (const auto& [name, value] : more) {
        body[name] = value;
    }
    response.body = json::serialize(body);
    return response;
}

json::object RowJson(
    app::App& app,
    const Request& request,
    const ledger::Record& row,
    const std::vector<Finding>& findings
) {
    json::object out = ToJson(row, app.Places());
    const auto titles =
        ledger::RowTitles(app.ledger(), request.actor, request.parts.at("record"), {row});
    out["titles"] = TitlesJson(titles.front());
    out["findings"] = FindingsJson(findings, LanguageOf(request));
    return out;
}

}  // namespace zw::http
