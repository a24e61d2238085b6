#pragma once
// The single way in and out of records: validate, write, history, query, import, export. Every
// write is one log row, one transaction, one batch (storage.md). Thread-safe: many readers, writes
// go through the store's writer.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "audit/key_file.h"
#include "audit/log.h"
#include "audit/verify.h"
#include "base/environment.h"
#include "definition/model.h"
#include "store/database.h"

namespace zw::sheet {
struct Vocabulary;
}

namespace zw::ledger {

using formula::Value;

// Field id → value. Reading: all fields, computed ones too. "place" is not among them.
using Values = std::map<std::string, Value, std::less<>>;

enum class DatePrecision { kDay, kMonth, kYear };

struct Record {
    int64_t id = 0;
    int64_t place = 0;
    int64_t version = 0;
    std::string state = "live";  // live, draft
    Values values;
    std::map<std::string, DatePrecision> precision;  // dates known to a month or year only
};

struct NewRecord {
    int64_t place = 0;
    Values values;
    std::map<std::string, DatePrecision> precision;
    std::string source;  // "file|sheet|row", empty when typed
};

struct Change {
    int64_t id = 0;
    int64_t version = 0;  // the one the change was made from; another one now: Problem
                          // "stale_version" with both values
    Values values;        // only what changes
    std::map<std::string, DatePrecision> precision;
    std::optional<int64_t> place;
};

enum class Op { kCreate, kUpdate, kDelete, kRestore };

// What a write did to one row; given to observers inside the write's transaction.
struct RowChange {
    const definition::RecordType* type = nullptr;
    Op op = Op::kCreate;
    int64_t seq = 0;               // log number
    std::optional<Record> before;  // live row before, absent for create/restore
    std::optional<Record> after;   // absent for delete
};

// Implemented by `indicator`, wired by `app`, so that cells change in the write's own transaction.
// Called on the writer's thread, in the order of the changes, with those of one log number or of
// several; every change since the last call that stands is among them.
class WriteObserver {
public:
    virtual ~WriteObserver() = default;
    virtual void AfterRows(
        store::Connection& connection, const std::vector<RowChange>& changes
    ) = 0;
};

struct WriteResult {
    int64_t seq = 0;
    int64_t batch = 0;
    std::vector<int64_t> ids;
    std::vector<Finding> findings;  // warnings; refusals throw in single writes (Problem "refused"
                                    // with the findings in details)
};

// What a row would be if it were written now, and what would be said to it.
struct Checked {
    Record record;  // computed values filled in; masked like any answer
    std::vector<Finding> findings;
};

class WriteSession;
// Done in the write's own transaction once nothing speaks against it; what it throws takes the
// write back and reaches the caller.
using Along = std::function<void(WriteSession&, const WriteResult&)>;

struct Sort {
    std::string field;  // a field id, "place" or "id"
    bool descending = false;
};

struct Query {
    std::string record;
    std::string filter;           // a formula (kRow profile), empty for all
    std::vector<int64_t> places;  // cut to these, empty: the actor's scope
    std::vector<Sort> sort;       // ties are broken by id
    std::string after;            // keyset cursor from Page::next
    int64_t skip = 0;  // rows passed over first: where somebody jumps far and no cursor is known
    int limit = 50;
    std::optional<int64_t> as_of_seq;
    bool deleted = false;        // the deleted ones instead
    std::string state = "live";  // live, draft; empty: both
    Values equals;  // fields that have exactly these values: the only way to look for a secret one
    // Text and choice fields that hold this somewhere, whatever the case of Latin letters; of
    // personal ones only for who may see them.
    std::map<std::string, std::string> contains;
    std::vector<int64_t> ids;  // only these, empty: all
};

struct Page {
    std::vector<Record> rows;
    std::string next;  // empty at the end
};

struct VersionInfo {
    int64_t version = 0;
    int64_t seq = 0;
    int64_t at_millis = 0;
    std::string by;
    std::string why;
    int64_t batch = 0;
    Op op = Op::kCreate;
    Record record;
    std::string source;  // file|sheet|row of the batch that wrote it
};

struct LedgerServices {
    store::Database& database;
    std::shared_ptr<const definition::Model> model;
    const Clock& clock;
    IdGenerator& ids;
    RandomSource& random;
    const audit::KeyFile& key;
    int64_t town = 0;
    std::map<std::string, std::string>
        definition_files;  // layer/path → bytes of the loaded tree, kept by Model::digest
};

class RowReader;
class RuleValues;
class Schema;

class Ledger {
public:
    explicit Ledger(LedgerServices services);
    ~Ledger();

    // Creates and migrates tables to the model (schema.h); throws "migration_refused" with all
    // reasons and the rows that would be hurt.
    void Open();
    void AddObserver(WriteObserver& observer);

    WriteResult Create(
        const access::Actor& actor,
        const std::string& record,
        const NewRecord& row,
        const std::string& why = {},
        const Along& along = {}
    );
    // What Create (`id` 0) or Update would say, by the same way, and nothing is written. `row`:
    // what is new or changes; its place 0 stays. Of an incomplete row all that is missing is said.
    Checked Check(
        const access::Actor& actor, const std::string& record, int64_t id, const NewRecord& row
    );
    WriteResult Update(
        const access::Actor& actor,
        const std::string& record,
        const Change& change,
        const std::string& why = {}
    );
    WriteResult Delete(
        const access::Actor& actor,
        const std::string& record,
        int64_t id,
        int64_t version,
        const std::string& why = {}
    );
    WriteResult Restore(
        const access::Actor& actor,
        const std::string& record,
        int64_t id,
        const std::string& why = {}
    );

    Page List(const access::Actor& actor, const Query& query) const;
    int64_t Count(const access::Actor& actor, const Query& query) const;
    // Absent when it is not there or out of scope.
    std::optional<Record> Find(const access::Actor& actor, const std::string& record, int64_t id)
        const;
    std::vector<VersionInfo> History(
        const access::Actor& actor, const std::string& record, int64_t id
    ) const;
    // How a reference to it reads: the record's title. What the referred rows give to it is masked
    // unless the actor may see it; the row's own values are taken as they are.
    std::string Title(const definition::RecordType& type, const Record& row) const;
    std::string Title(
        const access::Actor& actor, const definition::RecordType& type, const Record& row
    ) const;
    // A draft becomes live when it passes all checks ("refused" otherwise), with `values` filled
    // in. Update does the same.
    WriteResult Confirm(
        const access::Actor& actor,
        const std::string& record,
        int64_t id,
        int64_t version,
        const Values& values = {},
        const std::string& why = {}
    );

    const definition::Model& model() const;
    // The model's words for reading sheets and what people type.
    const sheet::Vocabulary& vocabulary() const;
    const LedgerServices& services() const;
    access::PlaceTree Places() const;

    // For modules that read rows by SQL (indicator). Valid after Open, as long as the ledger.
    const Schema& schema() const;
    const RowReader& reader() const;
    // The town's rule values as its settings stand now.
    RuleValues Rules(store::Connection& connection) const;
    // What audit::Verify needs to know of the ledger's tables.
    std::vector<audit::VersionedTable> VersionedTables(store::Connection& connection) const;
    // Recomputes every computed column; a finding (computed_differs) for each row that holds
    // another value.
    std::vector<Finding> CheckComputed() const;
    // The kept counts of returns against the rows: a finding (return_counts_differ) for each.
    std::vector<Finding> CheckReturns() const;
    // What Open changed, in Chinese; empty when the tables fitted.
    const std::vector<std::string>& migrated() const;

    // One log entry in one transaction: what `work` does through the session, the observers and the
    // entry are committed together; false takes all of it back without an entry. Everything that
    // writes goes this way. `work` may run twice, the first time taken back (Database::Write).
    // `alone`: in a commit of its own, so that what many rows leave to the observers is never held.
    // Returns the log number, 0 when taken back.
    int64_t Commit(
        const access::Actor& actor,
        const std::string& why,
        const std::function<bool(WriteSession&)>& work,
        bool alone = false
    );

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw::ledger
