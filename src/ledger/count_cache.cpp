#include "ledger/count_cache.h"

namespace zw::ledger {

namespace {

constexpr size_t kMost = 1000;  // places and ledgers of a town, as they are asked for

}  // namespace

int64_t CountCache::At(int64_t seq, const std::string& key, const std::function<int64_t()>& count) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(key);
        if (found != counts_.end() && found->second.seq == seq) {
            return found->second.count;
        }
    }
    const int64_t counted = count();
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= kMost) {
        counts_.clear();
    }
    if (Kept& kept = counts_[key]; seq >= kept.seq) {
        kept = {seq, counted};
    }
    return counted;
}

}  // namespace zw::ledger
