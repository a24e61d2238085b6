#pragma once
// One log entry in the making, inside one transaction: rows written, what follows from them
// (computed values of rows that refer to them, counts of returns), the entry appended, what
// observers are to be told left for the end of the batch. On the writer's thread only.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "audit/log.h"
#include "ledger/checks.h"
#include "ledger/ledger.h"
#include "ledger/place_cache.h"
#include "ledger/record_row.h"
#include "ledger/row_store.h"
#include "ledger/settings.h"
#include "ledger/untold.h"

namespace zw::ledger {

// What lives as long as the ledger is open.
struct LedgerCore {
    const LedgerServices& services;
    const Schema& schema;
    const RowReader& reader;
    Untold& untold;
    const PlaceCache& places;
};

class WriteSession {
public:
    WriteSession(const LedgerCore& core, store::Connection& connection, const access::Actor& actor);
    ~WriteSession();
    WriteSession(const WriteSession&) = delete;
    WriteSession& operator=(const WriteSession&) = delete;

    RowChecks& checks() { return *checks_; }
    RowSource& rows() { return *rows_; }
    const access::PlaceTree& places() const { return places_; }
    store::Connection& connection() { return connection_; }
    int64_t seq() const { return writer_.seq(); }
    int64_t batch() const { return batch_; }

    // Each throws "forbidden" when the actor may not write rows of that line or place: what every
    // write comes by, whoever asked before. `record.id` 0: a new one is given. Computed values are
    // filled in by Compute before the checks, not here.
    void Create(const Table& table, Record record, const std::string& source);
    // `before`: the row as it stands.
    void Update(const Table& table, Record before, Record after, const std::string& source);
    void Delete(const Table& table, Record before);
    // `record.version`: the deleted version.
    void Restore(const Table& table, Record record);

    // Rows beside the versions that were written in the session: the entry vouches for them.
    void Vouch(const std::vector<audit::VouchedRow>& rows) {
        vouched_.insert(vouched_.end(), rows.begin(), rows.end());
    }
    int64_t NewId() { return core_.services.ids.Next(); }
    // A row that was named but not changed: its CHILD checks are asked too.
    void Visit(const Table& table, const Record& row) { RememberFamily(table, row); }
    // The row whose write made `parent` a matter of CHILD checks last; 0 when it was its own.
    int64_t LastToTouch(const Table& parent, int64_t id) const;

    // Follows references; called by itself every kChunk changes and by Finish. What observers are
    // to be told is told at once when it has become much.
    void Flush();
    // CHILD checks of every row written and of the parents of rows written; (record, id) →
    // findings.
    using FamilyFindings = std::map<std::pair<const Table*, int64_t>, std::vector<Finding>>;
    FamilyFindings CheckFamilies();
    // Appends the log entry. Nothing may be written after it.
    audit::Head Finish(const std::string& why);

private:
    void Replace(const Table& table, Record before, Record after, const std::string& source);
    void Note(const Table& table, RowChange change);
    void RememberFamily(const Table& table, const Record& row);
    void CountReturn(const Table& table, const Record& row, int64_t sign);
    void WriteReturnCounts();
    struct ReferredRow {
        const definition::RecordType* type = nullptr;
        int64_t id = 0;
    };
    void FollowReferences(const std::vector<ReferredRow>& rows);
    void RecomputeDependents(
        const Table& dependent, const std::vector<std::string>& path, int64_t id
    );

    struct ReturnDelta {
        int64_t with_value = 0;
        int64_t not_zero = 0;
        bool came = false;  // a row was written, not only taken away
    };

    const LedgerCore& core_;
    store::Connection& connection_;
    const access::Actor& actor_;
    const access::PlaceTree places_;
    const RuleValues rules_;
    const SqlContext context_;
    std::unique_ptr<RowSource> rows_;
    std::unique_ptr<RowChecks> checks_;
    RowWriter writer_;
    const int64_t batch_;
    std::vector<RowChange> pending_;  // whose consequences are still to come
    std::vector<RowChange> untold_;
    std::vector<audit::VouchedRow> vouched_;
    std::map<std::tuple<std::string, std::string, int64_t>, ReturnDelta>
        returns_;  // record, period, place
    std::map<std::pair<const Table*, int64_t>, int64_t>
        families_;  // rows with CHILD checks → who touched them last
};

}  // namespace zw::ledger
