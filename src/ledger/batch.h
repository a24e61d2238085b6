#pragma once
// Bulk writes: up to 200,000 prepared rows in one transaction, one log row, one batch (storage.md
// "The writer"). Rows are pulled from a feed and never all held, so memory does not grow with them.
// A batch is undone whole, in any order, unless later edits stand on it; the undo is a batch
// itself.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zw::ledger {

constexpr size_t kMaxBatchRows = 200'000;

struct BatchRow {
    const definition::RecordType* type = nullptr;
    int64_t id =
        0;  // 0: the row of this key is changed, or a new one made. Else a new row takes this id
            // (drafts that later rows of the feed refer to: from LedgerServices::ids)
    bool draft = false;   // state draft: only formats are checked; an existing row of the key is
                          // left as it is
    int64_t version = 0;  // not 0: the row `id` is changed, as it stood at this version; refused
                          // when another stands now, or none. Its place 0: stays
    int64_t place = 0;
    Values values;        // what the row says; an absent or null value never erases
    bool erases = false;  // a null value does erase (settings; never set by imports)
    std::map<std::string, DatePrecision> precision;
    std::string source;  // file|sheet|row
    std::string file;    // what tells files apart (a digest of the contents); empty: the name in
                         // `source`. Two rows of one file with one key are duplicates, of two files
                         // a change
};

// Gives rows in order, twice or more (a batch that must leave rows out is applied again without
// them).
class RowFeed {
public:
    virtual ~RowFeed() = default;
    virtual void Rewind() = 0;
    // False at the end. `row` may hold an earlier row: every member is to be set.
    virtual bool Next(BatchRow& row) = 0;
};

enum class RowOutcome : uint8_t { kNew, kChanged, kSame, kRefused, kDraft };

struct BatchResult;

struct BatchOptions {
    std::string why;
    std::vector<std::string> files;  // names for the list of batches
    bool dry_run = false;            // everything is done and taken back; seq and batch are 0
    std::function<void(size_t rows)> progress;  // called on the writer's thread every 1,000 rows
    // As Along (ledger.h); not called when nothing is written.
    std::function<void(WriteSession&, const BatchResult&)> along;
};

struct BatchCounts {
    int64_t created = 0;
    int64_t changed = 0;
    int64_t same = 0;
    int64_t refused = 0;
    int64_t drafts = 0;
};

// What became of row n of the feed stands at [n]. Findings: refusals and warnings; Finding::field
// names the field, file, sheet, row come from the row's source. Classes: required, below_min,
// above_max, unknown_choice, id_check_digit …, duplicate_same, duplicate_conflict, key_taken,
// not_unique, overlaps, missing_reference, after_place_end, checks' own ids.
struct BatchResult {
    int64_t seq = 0;  // 0: nothing was to be written (no log row either)
    int64_t batch = 0;
    BatchCounts counts;
    std::vector<RowOutcome> outcomes;
    std::vector<int64_t> ids;  // 0 for refused ones
    std::map<size_t, std::vector<Finding>> findings;
};

struct BatchInfo {
    int64_t id = 0;
    int64_t seq = 0;
    int64_t at_millis = 0;
    std::string by;
    std::string why;
    std::vector<std::string> files;
    BatchCounts counts;
    int64_t undoes = 0;     // this batch is the undo of that one
    int64_t undone_by = 0;  // the batch that undid it; 0: it stands
};

// Thread-safe like the Ledger, which must outlive it.
class BatchWriter {
public:
    explicit BatchWriter(Ledger& ledger) : ledger_(ledger) {}

    // Rows outside the actor's places and lines are refused (out_of_scope, out_of_lines). Throws
    // "forbidden" when it may write nothing, "batch_too_large" over kMaxBatchRows.
    BatchResult Apply(const access::Actor& actor, RowFeed& feed, const BatchOptions& options);
    // Takes back every row of the batch to what it was before. Throws "not_found", "batch_undone",
    // and "batch_built_upon" with the later edits listed in details["list"]; the batch's hand-given
    // returns go with it.
    BatchInfo Undo(const access::Actor& actor, int64_t batch, const std::string& why = {});

    // Newest first; `before`: only batches with a smaller id (paging), 0: from the newest.
    std::vector<BatchInfo> List(int limit = 100, int64_t before = 0) const;
    std::optional<BatchInfo> Find(int64_t batch) const;

private:
    Ledger& ledger_;
};

}  // namespace zw::ledger
