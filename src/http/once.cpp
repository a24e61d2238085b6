#include "http/once.h"

#include "http/edit_guard.h"

namespace zw::http {

Response Once(
    app::App& app,
    const Request& request,
    const std::function<Response(const store::Along& along)>& make,
    const std::function<Response(int64_t id)>& again
) {
    const ledger::ReceiptName name = ReceiptNameOf(request);
    if (const auto answer = ledger::FindReceipt(app.ledger(), name)) {
        return again(std::stoll(*answer));
    }
    try {
        return make([&](store::Connection& connection, int64_t id) {
            ledger::KeepReceipt(app.ledger(), connection, name, std::to_string(id));
        });
    } catch (const ledger::AnsweredBefore&) {
        return again(std::stoll(*ledger::FindReceipt(app.ledger(), name)));
    }
}

}  // namespace zw::http
