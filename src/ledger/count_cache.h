#pragma once
// How many rows a ledger has, kept until something is written to it: counting a million rows takes
// longer than reading a page of them. Safe from many threads.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace zw::ledger {

class CountCache {
public:
    // The number under `key`, which names the ledger, as it stood when the log number `seq` was the
    // last to change that ledger; else what `count` says. `seq` is read before counting: a write in
    // between is then counted too early, never left out.
    int64_t At(int64_t seq, const std::string& key, const std::function<int64_t()>& count);

private:
    std::mutex mutex_;
    struct Kept {
        int64_t seq = -1;
        int64_t count = 0;
    };
    std::map<std::string, Kept> counts_;
};

}  // namespace zw::ledger
