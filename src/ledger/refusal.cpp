#include "ledger/refusal.h"

#include "ledger/checks.h"

namespace zw::ledger {

namespace {

Details BothLists(const std::vector<Finding>& findings) {
    const Words list = RefusalList(findings);
    return {{"list", list.zh}, {"list_en", list.en}};
}

}  // namespace

Refused::Refused(std::vector<Finding> findings)
    : Problem("refused", BothLists(findings)), findings_(std::move(findings)) {}

}  // namespace zw::ledger
