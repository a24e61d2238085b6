#include <boost/json.hpp>

#include "base/not_found.h"
#include "base/text.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json.h"
#include "http/ledgers_behind.h"
#include "http/once.h"
#include "indicator/figure_text.h"
#include "report/figure_sheet.h"

namespace zw::http {

namespace json = boost::json;

namespace {

using indicator::Compare;
using indicator::FigureQuery;

constexpr int kRecordsPage = 100;

const definition::Indicator& IndicatorOf(app::App& app, const Request& request) {
    const definition::Indicator* found = app.model().FindIndicator(request.parts.at("indicator"));
    if (found == nullptr) {
        throw NotFound(Thing::kIndicator, request.parts.at("indicator"));
    }
    return *found;
}

FigureQuery QueryOf(app::App& app, const Request& request) {
    FigureQuery query;
    query.indicator = IndicatorOf(app, request).id;
    query.place = PlaceParameter(request, app.Places());
    query.period = PeriodParameter(request);
    return query;
}

json::value TargetJson(const std::optional<indicator::Figures::Target>& target) {
    if (!target) {
        return nullptr;
    }
    return json::object{
        {"value", indicator::ValueText(target->value)},
        {"due", target->due ? json::value(ToText(*target->due)) : json::value(nullptr)},
        {"document", target->document},
        {"completion",
         target->completion
             ? json::value(indicator::ValueText(
                   Round({target->completion->numerator * 100, target->completion->denominator}, 1)
               ))
             : json::value(nullptr)},
    };
}

json::object WithContext(
    app::App& app,
    const access::Actor& actor,
    const FigureQuery& query,
    const access::PlaceTree& places,
    Language language
) {
    const auto context = app.figures().GetInContext(actor, query, Compare::kYearOnYear);
    json::object out = ToJson(context.figure, places, &context.comparison, language);
    out["target"] = TargetJson(context.target);
    return out;
}

Response All(app::App& app, const Request& request) {
    const access::PlaceTree places = app.Places();
    FigureQuery query;
    query.place = PlaceParameter(request, places);
    query.period = PeriodParameter(request);
    json::array out;
    for (const definition::Indicator& indicator : app.model().indicators) {
        query.indicator = indicator.id;
        json::object entry = ToJson(indicator, LanguageOf(request));
        entry["figure"] = WithContext(app, request.actor, query, places, LanguageOf(request));
        out.emplace_back(std::move(entry));
    }
    return JsonResponse(out);
}

std::vector<indicator::Entry> EntriesAt(app::App& app, const FigureQuery& query) {
    std::vector<indicator::Entry> entries = app.figures().Entries();
    std::erase_if(entries, [&](const indicator::Entry& entry) {
        return entry.indicator != query.indicator || entry.place != query.place ||
               entry.period != query.period;
    });
    return entries;
}

// What was entered for the figure, newest first; of places of others nothing.
json::array EntriesOf(app::App& app, const access::Actor& actor, const FigureQuery& query) {
    json::array out;
    if (!actor.InScope(query.place)) {
        return out;
    }
    for (const indicator::Entry& entry : EntriesAt(app, query)) {
        out.emplace_back(ToJson(entry));
    }
    return out;
}

Response Explain(app::App& app, const Request& request) {
    const access::PlaceTree places = app.Places();
    const FigureQuery query = QueryOf(app, request);
    const definition::Indicator& indicator = IndicatorOf(app, request);
    const Language language = LanguageOf(request);
    json::object out = ToJson(indicator, language);
    out["figure"] = WithContext(app, request.actor, query, places, LanguageOf(request));
    const indicator::Breakdown breakdown = app.figures().Explain(request.actor, query);
    out["explanation"] = ToJson(breakdown, places, language);
    for (json::value& input : out["explanation"].at("inputs").as_array()) {
        const std::string id(input.at("indicator").as_string());
        input.as_object()["name"] = In(language, app.model().FindIndicator(id)->name);
    }
    out["ledgers"] = LedgersBehind(app.model(), breakdown, language);
    out["entered"] = EntriesOf(app, request.actor, query);
    return JsonResponse(out);
}

Response Records(app::App& app, const Request& request) {
    const std::string after = request.Query("after");
    const auto rows = app.figures().Records(
        request.actor, QueryOf(app, request), kRecordsPage, after.empty() ? 0 : IdOf(after, "after")
    );
    json::array out;
    for (const indicator::FigureRow& row : rows) {
        json::object entry = ToJson(row);
        entry["indicator_name"] =
            In(LanguageOf(request), app.model().FindIndicator(row.indicator)->name);
        out.emplace_back(std::move(entry));
    }
    return JsonResponse(json::object{
        {"rows", std::move(out)},
        {"next",
         static_cast<int>(rows.size()) >= kRecordsPage ? std::to_string(rows.back().row.id) : ""},
    });
}

// All that was ever entered, newest first: who changes a printed number does it before everybody's
// eyes (figures.md), so it is not cut to the caller's places.
Response Entries(app::App& app, const Request& request) {
    const access::PlaceTree places = app.Places();
    const bool all = request.Query("period").empty();
    json::array out;
    for (const indicator::Entry& entry : app.figures().Entries()) {
        if (all || entry.period == PeriodParameter(request)) {
            out.emplace_back(ToJson(entry, app.model(), places, LanguageOf(request)));
        }
    }
    return JsonResponse(out);
}

indicator::EntryRequest EntryOf(const FigureQuery& query, const json::object& body) {
    const std::string text = TextMember(body, "value");
    const auto value = ParseDecimal(text);
    if (!value) {
        throw Problem("not_a_number", {{"value", text}});
    }
    const std::string kind = TextMember(body, "kind");
    if (kind != "adopted" && kind != "forecast") {
        throw Problem::Because(
            "bad_request", {"kind 应为 adopted 或 forecast", "kind is adopted or forecast"}
        );
    }
    indicator::EntryRequest entry;
    entry.indicator = query.indicator;
    entry.place = query.place;
    entry.period = query.period;
    entry.value = *value;
    entry.adopted = kind == "adopted";
    entry.organ = Trim(OptionalText(body, "organ").value_or(""));
    entry.document = Trim(OptionalText(body, "document").value_or(""));
    entry.reason = Trim(OptionalText(body, "reason").value_or(""));
    return entry;
}

Response Enter(app::App& app, const Request& request) {
    const auto entered = [&](int64_t) {
        Response response = Explain(app, request);
        response.status = 201;
        return response;
    };
    return Once(
        app,
        request,
        [&](const store::Along& along) {
            const auto entry = EntryOf(QueryOf(app, request), JsonBody(request));
            return entered(app.figures().Enter(request.actor, entry, along));
        },
        entered
    );
}

Response Sheet(app::App& app, const Request& request) {
    const FigureQuery query = QueryOf(app, request);
    const access::PlaceTree places = app.Places();
    Response response;
    response.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    response.body = report::FigureSheet(app.ledger(), app.figures(), request.actor, query);
    response.headers["Content-Disposition"] = AttachmentHeader(
        places.Find(query.place)->name + ToChinese(query.period) +
        IndicatorOf(app, request).name.zh + ".docx"
    );
    return response;
}

}  // namespace

void AddFigureRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/figures", Rule::kRead, All);
    AddRoute(router, app, "GET", "/api/v1/entries", Rule::kRead, Entries);
    AddRoute(router, app, "GET", "/api/v1/figures/{indicator}", Rule::kRead, Explain);
    AddRoute(router, app, "GET", "/api/v1/figures/{indicator}/records", Rule::kRead, Records);
    AddRoute(router, app, "GET", "/api/v1/figures/{indicator}/sheet", Rule::kRead, Sheet);
    AddRoute(router, app, "POST", "/api/v1/figures/{indicator}/entered", Rule::kAdopt, Enter);
}

}  // namespace zw::http
