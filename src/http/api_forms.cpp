#include "http/api_forms.h"

#include <boost/json.hpp>

#include "base/files.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json.h"
#include "http/json_form.h"
#include "http/once.h"
#include "report/forms_json.h"

namespace zw::http {

namespace json = boost::json;

namespace {

report::Forms FormsOf(app::App& app) {
    return {app.ledger(), app.figures()};
}

int64_t FormOf(const Request& request) {
    return IdOf(request.parts.at("id"), "id");
}

std::vector<report::FormBinding> BindingsOf(const Request& request) {
    const json::object body = JsonBody(request);
    const json::value* bindings = body.if_contains("bindings");
    if (bindings == nullptr) {
        throw Problem::Because("bad_request", {"缺少 bindings", "bindings is missing"});
    }
    return report::BindingsOf(*bindings);
}

Response Xlsx(const std::string& bytes, const std::string& name) {
    Response response;
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.headers["Content-Disposition"] = AttachmentHeader(name + ".xlsx");
    response.body = bytes;
    return response;
}

Response Forms(app::App& app, const Request&) {
    json::array out;
    for (const report::FormInfo& form : FormsOf(app).List()) {
        out.emplace_back(ToJson(form));
    }
    return JsonResponse(out);
}

Response Put(app::App& app, const Request& request) {
    const std::string xlsx = request.upload.empty() ? request.body : ReadFile(request.upload);
    const auto form = FormsOf(app).Put(request.actor, request.parts.at("form"), xlsx);
    return VersionedResponse(ToJson(form), form.version);
}

Response One(app::App& app, const Request& request) {
    const report::Form form = FormsOf(app).Find(FormOf(request));
    json::object out = ToJson(form.info);
    json::array sheets;
    for (const auto& sheet : document::XlsxForm::Read(form.xlsx, form.info.name).Sheets()) {
        sheets.emplace_back(ToJson(sheet));
    }
    out["sheets"] = std::move(sheets);
    out["bindings"] = report::ToJson(form.bindings);
    return VersionedResponse(out, form.info.version);
}

Response Bind(app::App& app, const Request& request) {
    const int64_t version = VersionAsked(request);
    const auto form =
        FormsOf(app).Bind(request.actor, FormOf(request), version, BindingsOf(request));
    return VersionedResponse(ToJson(form), form.version);
}

Response Check(app::App& app, const Request& request) {
    json::array faults;
    for (const Finding& finding :
         FormsOf(app).Check(request.actor, FormOf(request), BindingsOf(request))) {
        faults.emplace_back(ToJson(finding, LanguageOf(request)));
    }
    return JsonResponse(json::object{{"faults", std::move(faults)}});
}

Response Filled(app::App& app, const Request& request) {
    return JsonResponse(ToJson(
        FormsOf(app).Fill(request.actor, FormOf(request), PeriodParameter(request)),
        LanguageOf(request)
    ));
}

Response FilledFile(app::App& app, const Request& request) {
    const Period period = PeriodParameter(request);
    const int64_t id = FormOf(request);
    const std::string name = FormsOf(app).Find(id).info.name + " " + ToText(period);
    return Xlsx(FormsOf(app).Fill(request.actor, id, period).xlsx, name);
}

Response Filings(app::App& app, const Request& request) {
    json::array out;
    for (const report::Filing& filing : FormsOf(app).Filings(FormOf(request))) {
        out.emplace_back(ToJson(filing));
    }
    return JsonResponse(out);
}

report::Filing KeepAsked(app::App& app, const Request& request, const store::Along& along) {
    const json::object body = JsonBody(request);
    const auto period = ParsePeriod(TextMember(body, "period"));
    if (!period) {
        throw Problem::Because(
            "bad_request",
            {"period 应如 2023、2023Q4、2023-06", "period is 2023, 2023Q4 or 2023-06"}
        );
    }
    const std::string why = TextMember(body, "why");
    return FormsOf(app).Keep(request.actor, FormOf(request), *period, why, along).filing;
}

Response Keep(app::App& app, const Request& request) {
    return Once(
        app,
        request,
        [&](const store::Along& along) {
            return JsonResponse(ToJson(KeepAsked(app, request, along)), 201);
        },
        [&](int64_t id) {
            return JsonResponse(ToJson(FormsOf(app).FindFiling(request.actor, id)), 201);
        }
    );
}

Response Remove(app::App& app, const Request& request) {
    FormsOf(app).Remove(request.actor, FormOf(request), TextMember(JsonBody(request), "why"));
    return NoContent();
}

Response Filing(app::App& app, const Request& request) {
    const report::Filing filing = FormsOf(app).FindFiling(request.actor, FormOf(request));
    json::object out = ToJson(filing);
    out["cells"] = json::parse(filing.cells);
    return JsonResponse(out);
}

Response FilingFile(app::App& app, const Request& request) {
    const report::Filing filing = FormsOf(app).FindFiling(request.actor, FormOf(request));
    return Xlsx(
        FormsOf(app).FilingBytes(request.actor, filing.id), filing.form_name + " " + filing.period
    );
}

}  // namespace

void AddFormRoutes(Router& router, app::App& app) {
    const std::string forms = "/api/v1/forms";
    const std::string form = forms + "/{id}";
    const std::string filing = "/api/v1/filings/{id}";
    AddRoute(router, app, "GET", forms, Rule::kTown, Forms);
    router.AddUpload(forms + "/{form}/blank", Rule::kReport, [&app](const Request& request) {
        return Put(app, request);
    });
    AddRoute(router, app, "GET", form, Rule::kTown, One);
    AddRoute(router, app, "DELETE", form, Rule::kReport, Remove);
    AddRoute(router, app, "PUT", form + "/bindings", Rule::kReport, Bind);
    AddRoute(router, app, "POST", form + "/check", Rule::kReport, Check);
    AddRoute(router, app, "GET", form + "/filled", Rule::kTown, Filled);
    AddRoute(router, app, "GET", form + "/file", Rule::kTown, FilledFile);
    AddRoute(router, app, "GET", form + "/filings", Rule::kTown, Filings);
    AddRoute(router, app, "POST", form + "/filings", Rule::kReport, Keep);
    AddRoute(router, app, "GET", filing, Rule::kTown, Filing);
    AddRoute(router, app, "GET", filing + "/file", Rule::kTown, FilingFile);
}

}  // namespace zw::http
