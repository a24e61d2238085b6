#pragma once
// The places of a town as they stand, kept until the log vouches for another one: they are read by
// every request and seldom change. Safe from many threads.

#include <cstdint>
#include <memory>
#include <mutex>

#include "access/place.h"
#include "store/database.h"

namespace zw::ledger {

class PlaceCache {
public:
    // As of what `connection` sees, which must have no change of its own under way: the log vouches
    // for a change at the end of its write.
    std::shared_ptr<const access::PlaceTree> At(store::Connection& connection, int64_t town);
    // The same on the writer's connection. What it sees may yet be taken back: it is not kept.
    access::PlaceTree ForWrite(store::Connection& connection, int64_t town) const;

private:
    std::shared_ptr<const access::PlaceTree> Kept(int64_t seq) const;

    mutable std::mutex mutex_;
    int64_t seq_ = -1;  // the newest entry of the log that vouches for a place
    std::shared_ptr<const access::PlaceTree> places_;
};

}  // namespace zw::ledger
