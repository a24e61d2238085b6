#pragma once
// The ledger and the row that a path names; whether whoever asks may write there, and by which name
// the request may be sent again.

#include <string>

#include "app/app.h"
#include "http/message.h"
#include "ledger/receipts.h"

namespace zw::http {

// The record type of the path. Throws "not_found".
const definition::RecordType& TypeOf(app::App& app, const Request& request);
// The same. Throws "forbidden", too, for who may not write it at all.
const definition::RecordType& TypeToWrite(app::App& app, const Request& request);
// Throws "not_found" for the row of the path.
[[noreturn]] void NoSuchRow(const Request& request);
// Throws "forbidden" for who may not write rows of that place; 0: not said.
void RequirePlace(const Request& request, const definition::RecordType& type, int64_t place);
// The row as it stands. Throws "record_deleted", "not_found", and "forbidden" as RequirePlace.
ledger::Record RowToWrite(
    app::App& app, const Request& request, const definition::RecordType& type
);
// Idempotency-Key with what was asked under it. Throws "header_missing".
ledger::ReceiptName ReceiptNameOf(const Request& request);

}  // namespace zw::http
