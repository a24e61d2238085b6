#pragma once
// What was answered to a write that carries a name of its own (Idempotency-Key): kept in the
// write's own transaction, so that the same request sent again after a lost answer or a restart
// writes nothing. A name is one person's and is forgotten after a day.

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "ledger/ledger.h"

namespace zw::ledger {

constexpr int64_t kReceiptMillis = 24LL * 60 * 60 * 1000;

struct ReceiptName {
    std::string by;
    std::string name;   // as the client gave it
    std::string asked;  // digest of what was asked: another question under the same name is refused
};

// Thrown by KeepReceipt out of the write, which it takes back: the same was written a moment ago.
class AnsweredBefore final : public std::exception {
public:
    const char* what() const noexcept override { return "answered before"; }
};

// The answer kept under the name; absent when there is none that is younger than a day. Throws
// Problem "key_reused" when something else was asked under it.
std::optional<std::string> FindReceipt(const Ledger& ledger, const ReceiptName& name);
// In the write's transaction (Along). Throws AnsweredBefore, or "key_reused". Drops what has grown
// old.
void KeepReceipt(
    const Ledger& ledger, WriteSession& session, const ReceiptName& name, const std::string& answer
);
// The same in the transaction of a write that is no ledger's.
void KeepReceipt(
    const Ledger& ledger,
    store::Connection& connection,
    const ReceiptName& name,
    const std::string& answer
);

}  // namespace zw::ledger
