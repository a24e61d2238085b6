#pragma once
// The code of the Problem that `work` throws; "" when it throws none.

#include <string>

#include "base/problem.h"

namespace zw::testing {

template <typename Work>
std::string ProblemOf(const Work& work) {
    try {
        work();
    } catch (const Problem& problem) {
        return problem.code();
    }
    return {};
}

}  // namespace zw::testing
