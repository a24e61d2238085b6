#pragma once
// Keeps cells true inside each write's own transaction: for each source that a change can touch, K
// before and K after, the difference applied (figures.md "Cells"). Runs on the writer's thread
// only.

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "base/environment.h"
#include "indicator/cells.h"
#include "ledger/ledger.h"

namespace zw::indicator {

// More dependants of a changed row than this and the whole set is scanned instead.
constexpr size_t kMaxDependants = 10'000;

class CellKeeper final : public ledger::WriteObserver {
public:
    // All references must outlive the keeper.
    CellKeeper(
        int64_t town,
        const definition::Model& model,
        const ledger::Schema& schema,
        const std::vector<SourceSet>& sets,
        const Clock& clock
    );

    void AfterRows(store::Connection& connection, const std::vector<ledger::RowChange>& changes)
        override;
    // Rebuilds the sets whose cells are not of today's formula, category and rule values, and drops
    // those nobody reads.
    void Refresh(store::Connection& connection) const;

private:
    struct Call;
    void Update(Call& call, const SourceSet& set) const;
    const std::string& DigestUnder(const Call& call, const SourceSet& set) const;
    void NoteChangedTypes(const std::vector<ledger::RowChange>& changes);

    const int64_t town_;
    const definition::Model& model_;
    const ledger::Schema& schema_;
    const std::vector<SourceSet>& sets_;
    const Clock& clock_;
    const Cells cells_;
    // DigestOf each set under these values of rules, which seldom change.
    mutable std::string digested_under_;
    mutable std::map<const SourceSet*, std::string> digests_;
    // Record types that earlier calls of the same log number have changed: for them "one number
    // ago" is no longer "before".
    int64_t noted_seq_ = 0;
    std::set<const definition::RecordType*> noted_types_;
};

}  // namespace zw::indicator
