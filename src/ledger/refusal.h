#pragma once
// What the checks refuse, with each finding kept apart: a page shows it at its cell.

#include <vector>

#include "base/problem.h"

namespace zw::ledger {

// Problem "refused".
class Refused final : public Problem {
public:
    explicit Refused(std::vector<Finding> findings);
    const std::vector<Finding>& findings() const { return findings_; }

private:
    std::vector<Finding> findings_;
};

}  // namespace zw::ledger
