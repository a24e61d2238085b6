#include "report/align.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/text.h"

namespace zw::report {

namespace {

using Pairs = std::vector<std::pair<size_t, size_t>>;
constexpr size_t kMostCells = size_t{4000} * 4000;

// A table of (rows + 1) × (columns + 1) numbers, 0 at its last row and column.
template <typename Number>
class Grid {
public:
    Grid(size_t rows, size_t columns) : columns_(columns + 1), cells_((rows + 1) * columns_) {}
    Number& At(size_t row, size_t column) { return cells_[row * columns_ + column]; }

private:
    size_t columns_;
    std::vector<Number> cells_;
};

// Of a[from, to_a) and b[from, to_b), positions counted from 0 of the whole.
void CommonBetween(
    const std::vector<std::string>& a,
    const std::vector<std::string>& b,
    size_t from,
    size_t to_a,
    size_t to_b,
    Pairs& pairs
) {
    const size_t rows = to_a - from;
    const size_t columns = to_b - from;
    if (rows == 0 || columns == 0 || rows > kMostCells / columns) {
        return;
    }
    Grid<uint32_t> best(rows, columns);
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            best.At(i, j) = a[from + i] == b[from + j]
                                ? best.At(i + 1, j + 1) + 1
                                : std::max(best.At(i + 1, j), best.At(i, j + 1));
        }
    }
    size_t i = 0;
    size_t j = 0;
    while (i < rows && j < columns) {
        if (a[from + i] == b[from + j]) {
            pairs.emplace_back(from + i++, from + j++);
        } else if (best.At(i + 1, j) >= best.At(i, j + 1)) {
            ++i;
        } else {
            ++j;
        }
    }
}

std::multiset<std::u32string> PairsOfLetters(std::string_view text) {
    const auto points = ToCodePoints(text);
    std::multiset<std::u32string> pairs;
    for (size_t i = 0; i + 1 < points.size(); ++i) {
        pairs.insert(points.substr(i, 2));
    }
    return pairs;
}

std::vector<std::string> Slice(const std::vector<std::string>& items, size_t from, size_t to) {
    return {
        items.begin() + static_cast<std::ptrdiff_t>(from),
        items.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

Pairs CommonInOrder(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    Pairs pairs;
    size_t from = 0;
    while (from < a.size() && from < b.size() && a[from] == b[from]) {
        pairs.emplace_back(from, from);
        ++from;
    }
    size_t to_a = a.size();
    size_t to_b = b.size();
    while (to_a > from && to_b > from && a[to_a - 1] == b[to_b - 1]) {
        --to_a;
        --to_b;
    }
    CommonBetween(a, b, from, to_a, to_b, pairs);
    for (; to_a < a.size(); ++to_a, ++to_b) {
        pairs.emplace_back(to_a, to_b);
    }
    return pairs;
}

double Likeness(std::string_view a, std::string_view b) {
    const auto of_a = PairsOfLetters(a);
    const auto of_b = PairsOfLetters(b);
    if (of_a.empty() || of_b.empty()) {
        return a == b ? 1 : 0;
    }
    std::vector<std::u32string> both;
    std::set_intersection(
        of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(both)
    );
    return 2.0 * static_cast<double>(both.size()) / static_cast<double>(of_a.size() + of_b.size());
}

Pairs AlikeInOrder(
    const std::vector<std::string>& a, const std::vector<std::string>& b, double least
) {
    if (a.empty() || b.empty() || a.size() > kMostCells / b.size()) {
        return {};
    }
    Grid<double> alike(a.size(), b.size());
    Grid<double> best(a.size(), b.size());
    for (size_t i = a.size(); i-- > 0;) {
        for (size_t j = b.size(); j-- > 0;) {
            const double likeness = Likeness(a[i], b[j]);
            alike.At(i, j) = likeness < least ? 0 : likeness;
            best.At(i, j) = std::max(best.At(i + 1, j), best.At(i, j + 1));
            if (alike.At(i, j) > 0) {
                best.At(i, j) = std::max(best.At(i, j), best.At(i + 1, j + 1) + alike.At(i, j));
            }
        }
    }
    Pairs pairs;
    size_t i = 0;
    size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (best.At(i, j) <= best.At(i + 1, j)) {
            ++i;
        } else if (best.At(i, j) <= best.At(i, j + 1)) {
            ++j;
        } else {
            pairs.emplace_back(i++, j++);
        }
    }
    return pairs;
}

Pairs PairInOrder(
    const std::vector<std::string>& a, const std::vector<std::string>& b, double least
) {
    Pairs pairs;
    Pairs equal = CommonInOrder(a, b);
    equal.emplace_back(a.size(), b.size());
    size_t i = 0;
    size_t j = 0;
    for (const auto& [next_i, next_j] : equal) {
        for (const auto& [in_a, in_b] :
             AlikeInOrder(Slice(a, i, next_i), Slice(b, j, next_j), least)) {
            pairs.emplace_back(i + in_a, j + in_b);
        }
        if (next_i < a.size() && next_j < b.size()) {
            pairs.emplace_back(next_i, next_j);
        }
        i = next_i + 1;
        j = next_j + 1;
    }
    return pairs;
}

}  // namespace zw::report
