#include "ledger/count_cache.h"

namespace zw::ledger {

namespace {

constexpr size_t kMost = 1000;  // places and ledgers of a town, as they are asked for

}  // namespace

int64_t CountCache::At(int64_t seq, const std::string& key, const std::function<int64_t()>& count) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(key);
        if (seq == seq_ && found != counts_.end()) {
            return found->second;
        }
    }
    const int64_t counted = count();
    const std::lock_guard lock(mutex_);
    if (seq > seq_ || counts_.size() >= kMost) {
        counts_.clear();
    }
    if (seq >= seq_) {
        seq_ = seq;
        counts_.emplace(key, counted);
    }
    return counted;
}

}  // namespace zw::ledger
