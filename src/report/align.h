#pragma once
// Which parts of two texts are the same, in order: for documents that came back changed.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zw::report {

// Positions of equal items, ascending in both: as many pairs as there are (longest common
// subsequence). Lists too long for that (more than 4,000 × 4,000 differing items) are the same only
// at their beginning and end.
std::vector<std::pair<size_t, size_t>> CommonInOrder(
    const std::vector<std::string>& a, const std::vector<std::string>& b
);

// Share of common pairs of letters, 0 to 1.
double Likeness(std::string_view a, std::string_view b);

// Pairs of items that are at least `least` alike, ascending in both, so that the sum of likeness is
// greatest.
std::vector<std::pair<size_t, size_t>> AlikeInOrder(
    const std::vector<std::string>& a, const std::vector<std::string>& b, double least
);

// Equal items first, then what lies between two equal ones by likeness.
std::vector<std::pair<size_t, size_t>> PairInOrder(
    const std::vector<std::string>& a, const std::vector<std::string>& b, double least
);

}  // namespace zw::report
