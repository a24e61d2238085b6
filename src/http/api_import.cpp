#include <boost/json.hpp>

#include "base/files.h"
#include "base/not_found.h"
#include "http/api.h"
#include "http/body.h"
#include "http/json_import.h"
#include "http/json_tray.h"
#include "ledger/batch.h"

namespace zw::http {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr int kBatchesShown = 50;

Response TrayResponse(
    const app::ImportDesk& desk, const Request& request, const std::string& tray, int status = 200
) {
    return JsonResponse(ToJson(desk.View(request.actor, tray), LanguageOf(request)), status);
}

const std::string& TrayOf(const Request& request) {
    return request.parts.at("tray");
}

json::object BodyOf(const Request& request) {
    return request.body.empty() ? json::object() : JsonBody(request);
}

// What the server has written to a file already stays where it is; a small body is written here.
fs::path UploadOf(const app::App& app, const Request& request) {
    if (!request.upload.empty()) {
        return request.upload;
    }
    const fs::path folder = app.folder().staging();
    fs::create_directories(folder);
    fs::path file = folder / ("body-" + TrayOf(request));
    WriteFile(file, request.body);
    return file;
}

Response Rejects(const app::ImportDesk& desk, const Request& request) {
    const std::string& name = request.parts.at("name");
    const auto file = desk.Rejects(request.actor, TrayOf(request), name);
    if (!file) {
        throw NotFound(Thing::kRefusedRow, name);
    }
    Response response;
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.body = ReadFile(*file);
    response.headers["Content-Disposition"] = AttachmentHeader(file->filename().string());
    return response;
}

// What others brought is told to those who see the whole town; the reasons quote cells.
Response Batches(app::App& app, const Request& request) {
    json::array out;
    for (const ledger::BatchInfo& batch : ledger::BatchWriter(app.ledger()).List(kBatchesShown)) {
        if (request.actor.WholeTown() || batch.by == request.actor.name) {
            out.emplace_back(ToJson(batch));
        }
    }
    return JsonResponse(out);
}

void AddTrayRoutes(Router& router, app::App& app, app::ImportDesk& desk) {
    const std::string tray = "/api/v1/imports/{tray}";
    router.Add("POST", "/api/v1/imports", Rule::kImport, [&desk](const Request& request) {
        return TrayResponse(desk, request, desk.Open(request.actor), 201);
    });
    router.Add("GET", tray, Rule::kImport, [&desk](const Request& request) {
        return TrayResponse(desk, request, TrayOf(request));
    });
    router.Add("DELETE", tray, Rule::kImport, [&desk](const Request& request) {
        desk.Close(request.actor, TrayOf(request));
        return NoContent();
    });
    router.AddUpload(tray + "/files/{name}", Rule::kImport, [&](const Request& request) {
        desk.Add(request.actor, TrayOf(request), request.parts.at("name"), UploadOf(app, request));
        return TrayResponse(desk, request, TrayOf(request));
    });
    router.Add("DELETE", tray + "/files/{name}", Rule::kImport, [&desk](const Request& request) {
        desk.Remove(request.actor, TrayOf(request), request.parts.at("name"));
        return TrayResponse(desk, request, TrayOf(request));
    });
    router.Add("GET", tray + "/rejects/{name}", Rule::kImport, [&desk](const Request& request) {
        return Rejects(desk, request);
    });
}

void AddWorkRoutes(Router& router, app::ImportDesk& desk) {
    const std::string tray = "/api/v1/imports/{tray}";
    router.Add("POST", tray + "/decisions", Rule::kImport, [&desk](const Request& request) {
        desk.Decide(request.actor, TrayOf(request), DecisionOf(JsonBody(request)));
        return TrayResponse(desk, request, TrayOf(request));
    });
    router.Add("POST", tray + "/mends", Rule::kImport, [&desk](const Request& request) {
        const json::object body = JsonBody(request);
        desk.Mend(request.actor, TrayOf(request), MendOf(body), OptionalText(body, "value"));
        return TrayResponse(desk, request, TrayOf(request));
    });
    router.Add("POST", tray + "/look", Rule::kImport, [&desk](const Request& request) {
        const bool take = OptionalBool(BodyOf(request), "take_proposals").value_or(false);
        desk.Look(request.actor, TrayOf(request), take);
        return TrayResponse(desk, request, TrayOf(request), 202);
    });
    router.Add("POST", tray + "/run", Rule::kImport, [&desk](const Request& request) {
        const std::string why = OptionalText(BodyOf(request), "why").value_or("");
        desk.Run(request.actor, TrayOf(request), why);
        return TrayResponse(desk, request, TrayOf(request), 202);
    });
    router.Add("POST", tray + "/cancel", Rule::kImport, [&desk](const Request& request) {
        desk.Cancel(request.actor, TrayOf(request));
        return TrayResponse(desk, request, TrayOf(request));
    });
}

}  // namespace

void AddImportRoutes(Router& router, app::App& app) {
    app::ImportDesk& desk = app.import_desk();
    AddTrayRoutes(router, app, desk);
    AddWorkRoutes(router, desk);
    AddRoute(router, app, "GET", "/api/v1/batches", Rule::kImport, Batches);
}

}  // namespace zw::http
