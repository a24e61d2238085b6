#pragma once
// One consistent look at a town's rows, cells, places and returns, as of today or of a log number.
// One thread; short-lived.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "access/place.h"
#include "indicator/cells.h"
#include "ledger/ledger.h"
#include "ledger/rules.h"
#include "ledger/schema.h"

namespace zw::indicator {

// What all figures of a town share. Immutable once opened.
struct Town {
    ledger::Ledger& ledger;
    const definition::Model& model;
    const ledger::Schema& schema;
    std::vector<SourceSet> sets;
    int64_t id = 0;

    // The indicator's sources in order; empty for derived ones.
    std::vector<const SourceSet*> SourcesOf(const definition::Indicator& indicator) const;
    // Throws "not_found" with the nearest name.
    const definition::Indicator& Find(const std::string& indicator) const;
};

class View {
public:
    View(const Town& town, std::optional<int64_t> as_of_seq);
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    const Town& town() const { return town_; }
    store::Connection& connection() const { return reader_->connection(); }
    const access::PlaceTree& places() const { return places_; }
    const ledger::SqlContext& context() const { return context_; }
    const ledger::RuleValues& rules() const { return rules_; }
    std::optional<int64_t> as_of_seq() const { return context_.as_of_seq; }
    // Log number that this look shows.
    int64_t seq() const { return seq_; }

    // By place: from cells where they are of today's formula, else from rows.
    const std::map<int64_t, Sums>& SumsOf(const SourceSet& set, const Period& period);
    // Aggregates that are never kept, over the rows of these places.
    struct Spread {
        std::optional<int64_t> min;
        std::optional<int64_t> max;
        std::set<store::Value> distinct;  // of count(distinct …) only
        int64_t n = 0;
        int64_t nulls = 0;
    };
    Spread SpreadOf(const SourceSet& set, const Period& period, const std::vector<int64_t>& places);

    // Which villages have returned the record for all of `period`; kept, as many indicators ask.
    const std::map<int64_t, bool>& Returned(
        const definition::RecordType& type, const Period& period
    );
    bool RegisterStarted(const definition::RecordType& type);

private:
    const Town& town_;
    const std::unique_ptr<store::Reader> reader_;
    const access::PlaceTree places_;
    const ledger::RuleValues rules_;
    const ledger::SqlContext context_;
    const Cells cells_;
    Cells::Digests digests_;
    int64_t seq_ = 0;
    std::map<std::pair<const SourceSet*, Period>, std::map<int64_t, Sums>> sums_;
    std::map<std::pair<const definition::RecordType*, Period>, std::map<int64_t, bool>> returned_;
    std::map<const definition::RecordType*, bool> started_;
};

}  // namespace zw::indicator
