#pragma once
// Creates that may be sent again (Idempotency-Key): under a key that was answered before nothing is
// made a second time, after a restart too.

#include <functional>

#include "app/app.h"
#include "http/message.h"
#include "ledger/receipts.h"

namespace zw::http {

// `make` writes, and has `along` called in the transaction with the id of what it made. `again`
// answers for what was made under the key before. Throws "header_missing" without a key,
// "key_reused" when something else was asked under it.
Response Once(
    app::App& app,
    const Request& request,
    const std::function<Response(const store::Along& along)>& make,
    const std::function<Response(int64_t id)>& again
);

}  // namespace zw::http
