#pragma once
// How many rows a ledger has, kept until something is written: counting a million rows takes longer
// than reading a page of them. Safe from many threads.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace zw::ledger {

class CountCache {
public:
    // The number under `key` as it stood at log number `seq`; else what `count` says. `seq` is read
    // before counting: a write in between is then counted too early, never left out.
    int64_t At(int64_t seq, const std::string& key, const std::function<int64_t()>& count);

private:
    std::mutex mutex_;
    int64_t seq_ = -1;  // of all that is kept
    std::map<std::string, int64_t> counts_;
};

}  // namespace zw::ledger
