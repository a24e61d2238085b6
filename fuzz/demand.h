#pragma once
// A property that a target holds: where it fails, the run ends with a finding that says the line.

#include <cstdio>
#include <cstdlib>

namespace zw::fuzz {

inline void Demand(bool holds, int line = __builtin_LINE()) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: line %d\n", line);
        std::abort();
    }
}

}  // namespace zw::fuzz
