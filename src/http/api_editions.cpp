#include <boost/json.hpp>

#include "base/crypto.h"
#include "base/files.h"
#include "base/text.h"
#include "http/api.h"
#include "http/body.h"
#include "http/edit_guard.h"
#include "http/json.h"
#include "http/json_report.h"
#include "http/once.h"

namespace zw::http {

namespace json = boost::json;

namespace {

// Throws "not_found".
int64_t ParagraphOf(const Request& request) {
    return IdOf(request.parts.at("id"), "id");
}

Response ParagraphResponse(const report::EditionParagraph& paragraph, int status = 200) {
    return VersionedResponse(ToJson(paragraph), paragraph.version, status);
}

Response Editions(app::App& app, const Request& request) {
    const std::string& report = request.parts.at("report");
    const Period period = PeriodParameter(request);
    json::array out;
    for (const report::EditionInfo& edition : app.reports().List()) {
        if (edition.report == report && edition.period == period) {
            out.emplace_back(ToJson(edition));
        }
    }
    return JsonResponse(out);
}

report::DraftRequest DraftAsked(const Request& request) {
    const json::object body = JsonBody(request);
    report::DraftRequest draft;
    draft.report = request.parts.at("report");
    draft.period = PeriodParameter(request);
    if (const auto from = OptionalText(body, "from_edition")) {
        draft.from_edition = IdOf(*from, "from_edition");
    }
    return draft;
}

// The open draft of the period, or a new one from the passages or an earlier edition (沿用).
Response Draft(app::App& app, const Request& request) {
    const auto told = [&](int64_t number) {
        return JsonResponse(ToJson(app.reports().Find(number)), 201);
    };
    return Once(
        app,
        request,
        [&](const store::Along& along) {
            return told(app.reports().Draft(request.actor, DraftAsked(request), along).number);
        },
        told
    );
}

Response Paragraphs(app::App& app, const Request& request) {
    json::array out;
    for (const report::EditionParagraph& one : app.reports().Paragraphs(EditionOf(app, request))) {
        out.emplace_back(ToJson(one));
    }
    return JsonResponse(out);
}

Response History(app::App& app, const Request& request) {
    json::array out;
    for (const report::EditionParagraph& one :
         app.reports().History(EditionOf(app, request), ParagraphOf(request))) {
        out.emplace_back(ToJson(one));
    }
    return JsonResponse(out);
}

Response Edit(app::App& app, const Request& request) {
    const int64_t version = VersionAsked(request);
    const std::string text = TextMember(JsonBody(request), "text");
    return ParagraphResponse(app.reports().Edit(
        request.actor, EditionOf(app, request), ParagraphOf(request), version, text
    ));
}

report::NewParagraph ParagraphSent(const Request& request) {
    const json::object body = JsonBody(request);
    report::NewParagraph paragraph;
    paragraph.chapter = TextMember(body, "chapter");
    paragraph.after = IdOf(OptionalText(body, "after").value_or("0"), "after");
    paragraph.style = OptionalText(body, "style").value_or("body");
    paragraph.text = TextMember(body, "text");
    return paragraph;
}

Response Add(app::App& app, const Request& request) {
    report::Reports& reports = app.reports();
    return Once(
        app,
        request,
        [&](const store::Along& along) {
            const int64_t edition = EditionOf(app, request);
            return ParagraphResponse(
                reports.Add(request.actor, edition, ParagraphSent(request), along), 201
            );
        },
        [&](int64_t id) {
            return ParagraphResponse(reports.History(EditionOf(app, request), id).front(), 201);
        }
    );
}

Response Remove(app::App& app, const Request& request) {
    const int64_t version = VersionAsked(request);
    app.reports().Remove(request.actor, EditionOf(app, request), ParagraphOf(request), version);
    return NoContent();
}

Response Seal(app::App& app, const Request& request) {
    const json::object body = JsonBody(request);
    std::map<std::string, std::string> waivers;
    if (const json::value* given = body.if_contains("waivers")) {
        if (!given->is_object()) {
            throw Problem::Because(
                "bad_request", {"waivers 应为 {位号: 理由}", "waivers is {slot: reason}"}
            );
        }
        for (const auto& [slot, why] : given->as_object()) {
            if (!why.is_string()) {
                throw Problem::Because(
                    "bad_request", {"waivers 应为 {位号: 理由}", "waivers is {slot: reason}"}
                );
            }
            waivers[std::string(slot)] = std::string(why.as_string());
        }
    }
    return JsonResponse(ToJson(app.reports().Seal(request.actor, EditionOf(app, request), waivers))
    );
}

Response Verify(app::App& app, const Request& request) {
    return JsonResponse(
        ToJson(app.reports().Verify(request.actor, EditionOf(app, request)), LanguageOf(request))
    );
}

// take_over=all takes all; take_over=0,2 these of the `sentences`, as they were seen.
report::TakeOverChoice ChoiceOf(const std::string& asked) {
    report::TakeOverChoice choice;
    choice.all = asked == "all";
    for (const std::string& text : choice.all ? std::vector<std::string>{} : Split(asked, ',')) {
        choice.places.insert(static_cast<size_t>(IdOf(text, "take_over")));
    }
    return choice;
}

// What an edition says otherwise than an earlier one.
Response Changes(app::App& app, const Request& request) {
    const int64_t since = app.reports().Find(IdOf(request.Query("since"), "since")).number;
    return JsonResponse(ToJson(
        app.reports().Changes(request.actor, EditionOf(app, request), since), LanguageOf(request)
    ));
}

// A .docx that came back: what differs, and with take_over its prose made the draft's own.
Response Returned(app::App& app, const Request& request) {
    const int64_t edition = EditionOf(app, request);
    const std::string& name = request.parts.at("name");
    const std::string docx = request.upload.empty() ? request.body : ReadFile(request.upload);
    const report::Comparison compared = app.reports().Compare(request.actor, edition, docx, name);
    const std::string asked = request.Query("take_over");
    json::object out = ToJson(compared, LanguageOf(request));
    const std::string seen = ToHex(Sm3(json::serialize(out)));
    if (!asked.empty() && asked != "all" && request.Query("seen") != seen) {
        throw Problem("comparison_changed");  // the draft is another since: so are its changes
    }
    out["seen"] = seen;
    out["taken"] =
        asked.empty() ? 0
                      : app.reports().TakeOver(request.actor, edition, docx, name, ChoiceOf(asked));
    return JsonResponse(out);
}

}  // namespace

void AddEditionRoutes(Router& router, app::App& app) {
    const std::string editions = "/api/v1/reports/{report}/editions";
    const std::string paragraphs = "/api/v1/editions/{edition}/paragraphs";
    AddRoute(router, app, "GET", editions, Rule::kTown, Editions);
    AddRoute(router, app, "POST", editions, Rule::kReport, Draft);
    AddRoute(router, app, "GET", paragraphs, Rule::kTown, Paragraphs);
    AddRoute(router, app, "POST", paragraphs, Rule::kReport, Add);
    AddRoute(router, app, "GET", paragraphs + "/{id}", Rule::kTown, History);
    AddRoute(router, app, "PATCH", paragraphs + "/{id}", Rule::kReport, Edit);
    AddRoute(router, app, "DELETE", paragraphs + "/{id}", Rule::kReport, Remove);
    AddRoute(router, app, "POST", "/api/v1/editions/{edition}/seal", Rule::kSeal, Seal);
    AddRoute(router, app, "GET", "/api/v1/editions/{edition}/verify", Rule::kTown, Verify);
    AddRoute(router, app, "GET", "/api/v1/editions/{edition}/changes", Rule::kTown, Changes);
    router.AddUpload(
        "/api/v1/editions/{edition}/returned/{name}",
        Rule::kReport,
        [&app](const Request& request) { return Returned(app, request); }
    );
}

}  // namespace zw::http
