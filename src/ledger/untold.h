#pragma once
// Changes of rows that the observers have still to be told: once for a batch of requests, at its
// end and in its transaction, for what they keep is cheaper to bring up to date once than after
// each request. On the writer's thread only, but for Add.

#include <vector>

#include "ledger/ledger.h"

namespace zw::ledger {

class Untold final : public store::BatchEnd {
public:
    // Asks the database for the ends of its batches as long as it lives.
    explicit Untold(store::Database& database);
    ~Untold() override;
    Untold(const Untold&) = delete;
    Untold& operator=(const Untold&) = delete;

    // Before anything is written.
    void Add(WriteObserver& observer) { observers_.push_back(&observer); }
    // To be told at the end of the batch.
    void Leave(std::vector<RowChange> changes);
    // Tells at once. False when others have left something, which has to be told before: then
    // nothing is.
    bool TellNow(store::Connection& connection, const std::vector<RowChange>& changes) const;

    size_t Left() const override { return left_.size(); }
    void Cut(size_t count) override;
    void Run(store::Connection& connection) override;

private:
    store::Database& database_;
    std::vector<WriteObserver*> observers_;
    std::vector<RowChange> left_;
};

}  // namespace zw::ledger
