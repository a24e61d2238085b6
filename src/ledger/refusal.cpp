#include "ledger/refusal.h"

#include "ledger/checks.h"

namespace zw::ledger {

Refused::Refused(std::vector<Finding> findings)
    : Problem("refused", {{"list", RefusalList(findings)}}), findings_(std::move(findings)) {}

}  // namespace zw::ledger
