#include "http/edit_guard.h"

#include "base/crypto.h"
#include "base/not_found.h"
#include "http/body.h"
#include "http/edit_json.h"
#include "ledger/may_write.h"

namespace zw::http {

const definition::RecordType& TypeOf(app::App& app, const Request& request) {
    const std::string& record = request.parts.at("record");
    const definition::RecordType* type = app.model().FindRecord(record);
    if (type == nullptr) {
        throw NotFound(Thing::kLedger, record);
    }
    return *type;
}

const definition::RecordType& TypeToWrite(app::App& app, const Request& request) {
    const definition::RecordType& type = TypeOf(app, request);
    RequirePlace(request, type, 0);
    return type;
}

void NoSuchRow(const Request& request) {
    throw NotFound(Thing::kRecord, request.parts.at("id"));
}

void RequirePlace(const Request& request, const definition::RecordType& type, int64_t place) {
    if (place != 0) {
        ledger::RequireWrite(request.actor, type, place);
    } else if (!ledger::MayWrite(request.actor, type)) {
        throw Problem::Because(
            "forbidden",
            {"这本台账不属于您负责的工作线", "this ledger is of no line of work of yours"}
        );
    }
}

ledger::Record RowToWrite(
    app::App& app, const Request& request, const definition::RecordType& type
) {
    const int64_t id = IdOf(request.parts.at("id"), "id");
    auto row = app.ledger().Find(request.actor, type.id, id);
    if (!row) {
        if (!app.ledger().History(request.actor, type.id, id).empty()) {
            throw Problem("record_deleted");
        }
        NoSuchRow(request);
    }
    RequirePlace(request, type, row->place);
    return std::move(*row);
}

ledger::ReceiptName ReceiptNameOf(const Request& request) {
    std::string asked = request.method + " " + request.path + "\n";
    for (const auto& [name, value] : request.query) {
        asked.append(name).append("=").append(value).append("\n");
    }
    return {request.actor.name, KeyGiven(request), ToHex(Sm3(asked + "\n" + request.body))};
}

}  // namespace zw::http
