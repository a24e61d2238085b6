#include "ledger/place_cache.h"

#include "access/vouched.h"

namespace zw::ledger {

namespace {

int64_t NewestVouched(store::Connection& connection, int64_t town) {
    // seq + 0: by the key of the table; SQLite would walk the log's numbers backwards to the last
    // place instead.
    const auto row = connection.First(
        "select coalesce(max(seq + 0), 0) from vouched where town = ? and source = ?",
        {town, access::VouchedPlaces().table}
    );
    return std::get<int64_t>(row[0]);
}

}  // namespace

// Null when another state is kept, or none.
std::shared_ptr<const access::PlaceTree> PlaceCache::Kept(int64_t seq) const {
    const std::lock_guard lock(mutex_);
    // 0: a town whose places nobody vouched for yet
    return seq == seq_ && seq > 0 ? places_ : nullptr;
}

access::PlaceTree PlaceCache::ForWrite(store::Connection& connection, int64_t town) const {
    const auto kept = Kept(NewestVouched(connection, town));
    return kept ? *kept : access::PlaceTree::Load(connection, town);
}

std::shared_ptr<const access::PlaceTree> PlaceCache::At(
    store::Connection& connection, int64_t town
) {
    const int64_t seq = NewestVouched(connection, town);
    if (auto kept = Kept(seq)) {
        return kept;
    }
    auto places =
        std::make_shared<const access::PlaceTree>(access::PlaceTree::Load(connection, town));
    const std::lock_guard lock(mutex_);
    if (seq > seq_) {  // not what somebody still reads of before
        seq_ = seq;
        places_ = places;
    }
    return places;
}

}  // namespace zw::ledger
