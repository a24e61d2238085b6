#pragma once
// Takes a batch back: every row it wrote returns to what it was just before, unless an edit that
// still stands came after it. Versions of undone batches and of the batches that undid them count
// for nothing: that is why any order works.

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/write_session.h"

namespace zw::ledger {

class BatchUndo {
public:
    BatchUndo(
        const Ledger& ledger, WriteSession& session, const access::Actor& actor, int64_t batch
    );
    // Throws "not_found", "batch_undone", "batch_built_upon", "forbidden". Writes the undo's own
    // row in the list of batches.
    void Run(const std::string& why);

private:
    struct Touched {
        int64_t id = 0;
        int64_t first = 0;  // version
        int64_t last = 0;
    };

    void ReadBatch();
    std::vector<Touched> RowsOf(const Table& table) const;
    void TakeBack(const Table& table, const Touched& row);
    void ListLaterEdits(const Table& table, const Touched& row);
    void ListReferences(const Table& table);
    void ListRivals();
    void TakeBackReturns();
    void Finish(const std::string& why);

    const Ledger& ledger_;
    WriteSession& session_;
    store::Connection& connection_;
    const access::Actor& actor_;
    const int64_t town_;
    const int64_t batch_;
    int64_t batch_seq_ = 0;
    int64_t undoes_ = 0;           // the batch that this one undid
    std::set<int64_t> void_seqs_;  // of undone batches and of undos
    std::vector<std::pair<const Table*, int64_t>> deleted_;
    std::vector<std::pair<const Table*, int64_t>> put_back_;
    std::vector<std::string> blockers_;
    int64_t changed_ = 0;
};

}  // namespace zw::ledger
