#pragma once
// The log: one row per request or batch, each bound to the one before it by HMAC-SM3 (shared
// storage.md, "The log").

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "audit/head.h"
#include "audit/key_file.h"
#include "audit/vouch.h"
#include "store/database.h"

namespace zw::audit {

// What one request or batch did.
struct Entry {
    int64_t town = 0;
    int64_t at = 0;   // milliseconds since 1970-01-01 UTC
    std::string by;   // account
    std::string why;  // the reason given, may be empty
    std::optional<int64_t> batch;
    std::string definitions;  // digest of the tree of definitions in force
    // RowsDigest::Finish() of the versions written; of an entry that was read back, WithVouched.
    std::string rows_digest;
    std::vector<VouchedRow> vouched = {};  // what else it vouches for, in any order; not read back
};

struct LoggedEntry {
    Entry entry;
    int64_t seq = 0;
    std::string mac;  // hex
};

class Log {
public:
    explicit Log(const KeyFile& key) : key_(key) {}

    // Makes the tables `log` and `vouched`, or what they lack.
    static void CreateTable(store::Connection& connection);
    // The number that the next Append gives: versions written before it carry it as seq_from. 1 for
    // the first.
    static int64_t NextSeq(store::Connection& connection, int64_t town);
    // In the transaction of what it logs; the head is to be kept after the commit only. `at` never
    // falls: one before the newest entry's becomes the moment after it, so as-of answers stay.
    Head Append(store::Connection& connection, const Entry& entry) const;
    // Absent while nothing has been logged.
    static std::optional<Head> Newest(store::Connection& connection, int64_t town);
    // Whether the log has that entry, with that mac.
    static bool Holds(store::Connection& connection, const Head& head);
    // The last commit at or before `at`, for as-of; 0 when there is none.
    static int64_t SeqAt(store::Connection& connection, int64_t town, int64_t at);
    // In order of seq.
    static void Each(
        store::Connection& connection,
        int64_t town,
        const std::function<void(const LoggedEntry&)>& entry
    );
    // The mac that an entry must have, in hex.
    std::string MacOf(const std::string& previous_mac, int64_t seq, const Entry& entry) const;

private:
    const KeyFile& key_;
};

}  // namespace zw::audit
