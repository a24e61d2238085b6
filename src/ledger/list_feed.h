#pragma once
// Rows for BatchWriter that are few enough to be held in memory.

#include <utility>
#include <vector>

#include "ledger/batch.h"

namespace zw::ledger {

class ListFeed final : public RowFeed {
public:
    ListFeed() = default;
    explicit ListFeed(std::vector<BatchRow> rows) : rows_(std::move(rows)) {}

    void Add(BatchRow row) { rows_.push_back(std::move(row)); }
    const std::vector<BatchRow>& rows() const { return rows_; }
    void Clear() {
        rows_.clear();
        next_ = 0;
    }

    void Rewind() override { next_ = 0; }
    bool Next(BatchRow& row) override {
        if (next_ == rows_.size()) {
            return false;
        }
        row = rows_[next_++];
        return true;
    }

private:
    std::vector<BatchRow> rows_;
    size_t next_ = 0;
};

}  // namespace zw::ledger
