#pragma once
// Looks whether the log and the versions that it vouches for are as they were written (shared
// storage.md, "The log").

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/digest.h"
#include "audit/head.h"
#include "audit/key_file.h"
#include "audit/vouch.h"
#include "base/problem.h"
#include "store/database.h"

namespace zw::audit {

// A record type's two tables.
// `current`: town, id, place, version, state, f<n>…
// `versions`: town, id, version, seq_from, seq_to, op, place, state, f<n>…, salt, digest; seq_to is
// 2^63-1 while nothing follows.
struct VersionedTable {
    int64_t record_number = 0;
    std::string name;  // 大棚
    std::string current;
    std::string versions;
    std::vector<VersionedField> fields;  // in ascending order of their numbers, dropped ones too
};

// A head of the log that was printed elsewhere: in a sealed edition, in a back-up.
struct KnownHead {
    std::string where;
    Head head;
};

// What a head file says.
struct HeadOnFile {
    std::string where;  // the file's name
    bool damaged = false;
    std::optional<Head> head;
};
HeadOnFile ReadHeadOnFile(const std::filesystem::path& path, const KeyFile& key);

struct VerifyRequest {
    int64_t town = 0;
    std::vector<VersionedTable> tables;
    std::vector<VouchedTable> vouched;  // what stands beside the versions
    std::vector<KnownHead> heads;
    std::filesystem::path head_file;  // DIR/log.head of a store at rest; empty: not looked at
    // In place of head_file while others may write: read before the connection's view was taken.
    // A head that they write after it would look like a cut tail.
    std::optional<HeadOnFile> head_on_file;
    // Rows looked at so far and in all.
    std::function<void(int64_t, int64_t)> progress;
};

// One thing that is not as it was written.
struct Fault {
    std::string code;  // audit_… of the catalogue
    Details details;
    std::string record;  // name of the record type; empty when it is about the log itself
    int64_t id = 0;      // of the record, 0 when it is not known which
    int64_t version = 0;
    int64_t seq = 0;  // of the log, 0 when it is about no entry

    std::string Message(bool english = false) const;
};

struct VerifyResult {
    std::vector<Fault> faults;  // of the log first, then by record type and id
    std::optional<Head> head;   // as the log stands
    int64_t entries = 0;
    int64_t versions = 0;

    bool sound() const { return faults.empty(); }
};

// `connection` must see one moment throughout (Database::ReadWithoutLimit). Throws only what the
// store throws.
VerifyResult Verify(
    store::Connection& connection, const KeyFile& key, const VerifyRequest& request
);

}  // namespace zw::audit
