#include <algorithm>

#include "report/reports.h"

namespace zw::report {

std::vector<const ResolvedSlot*> Rendered::Pending() const {
    std::vector<const ResolvedSlot*> pending;
    for (const auto& slot : slots) {
        if (!slot.pending.empty()) {
            pending.push_back(&slot);
        }
    }
    return pending;
}

const ResolvedSlot* Rendered::Find(std::string_view slot) const {
    const auto found = std::find_if(slots.begin(), slots.end(), [&](const ResolvedSlot& one) {
        return one.id == slot;
    });
    return found == slots.end() ? nullptr : &*found;
}

}  // namespace zw::report
