#pragma once
// The figures of lines.h recomputed the plain way: all rows read, each counted by hand. Shares no
// code with src/indicator.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/indicator/test_town.h"

namespace zw::testing {

struct Expected {
    std::optional<Ratio> value;
    std::string state;
    int64_t records = 0;
};

class Naive {
public:
    explicit Naive(TestTown& town, int64_t big_herd = 20);

    // Ids of lines.h that are known here.
    static const std::vector<std::string>& Indicators();
    // `place`: a village, 镇本级 or the town.
    Expected Get(const std::string& indicator, int64_t place, const Period& period) const;

private:
    struct Leaf {
        int64_t total = 0;  // in steps of the rows' own scale
        int64_t n = 0;
        int64_t nulls = 0;
        std::string state = "filled";
        bool counted() const { return state != "missing"; }
    };
    Leaf LeafOf(const std::string& indicator, int64_t place, const Period& period) const;
    void CountRow(
        const std::string& indicator, const ledger::Record& row, const Period& period, Leaf& leaf
    ) const;
    Leaf Sheds(const std::string& indicator, int64_t place, const Period& period) const;
    Leaf Herds(const std::string& indicator, int64_t place, const Period& period) const;
    Leaf Trained(int64_t place, const Period& period) const;
    Leaf InForce(int64_t place, const Period& period) const;
    Leaf Yield(int64_t place, const Period& period) const;
    bool Returned(
        const std::vector<ledger::Record>& rows,
        int64_t place,
        const Period& period,
        const std::string& at,
        const std::vector<std::string>& counting
    ) const;
    Expected Aggregated(const std::string& indicator, int64_t place, const Period& period) const;
    Expected Derived(const std::string& indicator, int64_t place, const Period& period) const;
    std::vector<int64_t> LeavesOf(int64_t place) const;

    int64_t town_;
    int64_t itself_;
    std::vector<int64_t> villages_;
    int64_t big_herd_;
    std::vector<ledger::Record> plots_, sheds_, herds_, trainings_, harvests_, returns_;
};

}  // namespace zw::testing
