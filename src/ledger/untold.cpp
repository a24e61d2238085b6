#include "ledger/untold.h"

#include <algorithm>
#include <iterator>

namespace zw::ledger {

Untold::Untold(store::Database& database) : database_(database) {
    database_.AddBatchEnd(*this);
}

Untold::~Untold() {
    database_.RemoveBatchEnd(*this);
}

void Untold::Leave(std::vector<RowChange> changes) {
    if (!observers_.empty()) {
        left_.insert(
            left_.end(),
            std::make_move_iterator(changes.begin()),
            std::make_move_iterator(changes.end())
        );
    }
}

bool Untold::TellNow(store::Connection& connection, const std::vector<RowChange>& changes) const {
    if (!left_.empty()) {
        return false;
    }
    for (WriteObserver* observer : observers_) {
        observer->AfterRows(connection, changes);
    }
    return true;
}

void Untold::Cut(size_t count) {
    left_.resize(std::min(count, left_.size()));
}

void Untold::Run(store::Connection& connection) {
    std::vector<RowChange> changes;
    changes.swap(left_);
    if (!changes.empty()) {
        TellNow(connection, changes);
    }
}

}  // namespace zw::ledger
