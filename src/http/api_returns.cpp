#include <boost/json.hpp>

#include "http/api.h"
#include "http/body.h"
#include "http/edit_guard.h"
#include "http/json.h"
#include "ledger/may_write.h"
#include "ledger/returns.h"

namespace zw::http {

namespace json = boost::json;

namespace {

using ledger::HandReturn;
using ledger::PlaceReturn;
using ledger::ReturnState;

std::string_view StateName(ReturnState state) {
    constexpr std::string_view kNames[] = {"missing", "returned", "zero"};
    return kNames[static_cast<int>(state)];
}

json::object ToJson(const PlaceReturn& one, const access::PlaceTree& places) {
    const access::Place* place = places.Find(one.place);
    return {
        {"code", place != nullptr ? place->code : std::string()},
        {"name", place != nullptr ? place->name : std::string()},
        {"state", StateName(one.state)},
        {"by_hand", one.by_hand},
        {"by", one.by},
        {"at", one.by_hand ? json::value(TimeToText(one.at_millis)) : json::value(nullptr)},
        {"why", one.why},
        {"has_rows", one.has_rows},
    };
}

ledger::Returns ReturnsOf(
    app::App& app,
    const Request& request,
    const access::PlaceTree& places,
    const definition::RecordType& type,
    const Period& period
) {
    const auto reader = app.database().Read();
    return ledger::CutTo(
        request.actor,
        ledger::ReturnsFor(
            reader->connection(), app.ledger().schema(), places, app.town(), type, period
        )
    );
}

json::object OfType(
    app::App& app,
    const Request& request,
    const access::PlaceTree& places,
    const definition::RecordType& type,
    const Period& period
) {
    const ledger::Returns returns = ReturnsOf(app, request, places, type, period);
    json::array missing;
    for (const int64_t id : returns.missing) {
        missing.emplace_back(json::object{
            {"code", places.Find(id)->code}, {"name", places.Find(id)->name}});
    }
    json::array all;
    for (const PlaceReturn& one : returns.places) {
        all.emplace_back(ToJson(one, places));
    }
    return {
        {"record", type.id},
        {"name", In(LanguageOf(request), type.name)},
        {"line", type.line},
        {"every", GrainName(type.reported->every)},
        {"at", type.reported->at},
        {"period", ToText(period)},
        {"may_write", ledger::MayWrite(request.actor, type)},
        {"returned", returns.returned},
        {"owed", returns.places.size()},
        {"missing", std::move(missing)},
        {"places", std::move(all)},
    };
}

Response Returns(app::App& app, const Request& request) {
    const Period period = PeriodParameter(request);
    const access::PlaceTree places = app.Places();
    json::array out;
    for (const definition::RecordType& type : app.model().records) {
        if (type.reported && period.grain >= type.reported->every) {
            out.emplace_back(OfType(app, request, places, type, period));
        }
    }
    return JsonResponse(out);
}

// The return that a request speaks of, and how it stands.
struct Asked {
    const definition::RecordType& type;
    access::PlaceTree places;
    int64_t place;
    Period period;
};

Asked AskedOf(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeToWrite(app, request);
    access::PlaceTree places = app.Places();
    const int64_t place = PlaceParameter(request, places);
    RequirePlace(request, type, place);
    return {type, std::move(places), place, PeriodParameter(request)};
}

// Absent where nothing is owed: GiveReturn says why.
std::optional<PlaceReturn> StandsNow(app::App& app, const Request& request, const Asked& asked) {
    if (!asked.type.reported || asked.period.grain != asked.type.reported->every) {
        return std::nullopt;
    }
    const ledger::Returns returns = ReturnsOf(app, request, asked.places, asked.type, asked.period);
    for (const PlaceReturn& one : returns.places) {
        if (one.place == asked.place) {
            return one;
        }
    }
    return std::nullopt;
}

// Said already: the same again writes nothing.
bool Stands(const std::optional<PlaceReturn>& now, HandReturn what) {
    if (!now) {
        return false;
    }
    switch (what) {
        case HandReturn::kZero:
            return now->state == ReturnState::kZero;
        case HandReturn::kReturned:
            return now->state == ReturnState::kReturned;
        case HandReturn::kWithdrawn:
            break;
    }
    return now->state == ReturnState::kMissing;
}

Response Give(
    app::App& app,
    const Request& request,
    const Asked& asked,
    HandReturn what,
    const std::string& why
) {
    const auto now = StandsNow(app, request, asked);
    if (!Stands(now, what)) {
        if (what == HandReturn::kWithdrawn && now && now->has_rows && why.empty()) {
            throw Problem("reason_needed");
        }
        ledger::GiveReturn(
            app.ledger(), request.actor, asked.type.id, asked.place, asked.period, what, why
        );
    }
    return JsonResponse(OfType(app, request, asked.places, asked.type, asked.period));
}

Response Declare(app::App& app, const Request& request) {
    const Asked asked = AskedOf(app, request);
    const json::object body = JsonBody(request);
    const std::string what = TextMember(body, "what");
    if (what != "zero" && what != "returned") {
        throw Problem::Because(
            "bad_request", {"what 应为 zero 或 returned", "what is zero or returned"}
        );
    }
    return Give(
        app,
        request,
        asked,
        what == "zero" ? HandReturn::kZero : HandReturn::kReturned,
        OptionalText(body, "why").value_or("")
    );
}

Response Withdraw(app::App& app, const Request& request) {
    return Give(app, request, AskedOf(app, request), HandReturn::kWithdrawn, request.Query("why"));
}

}  // namespace

void AddReturnRoutes(Router& router, app::App& app) {
    AddRoute(router, app, "GET", "/api/v1/returns", Rule::kRead, Returns);
    AddRoute(router, app, "POST", "/api/v1/returns/{record}", Rule::kWrite, Declare);
    AddRoute(router, app, "DELETE", "/api/v1/returns/{record}", Rule::kWrite, Withdraw);
}

}  // namespace zw::http
