#include "sheet/comparison_rows.h"

#include <algorithm>
#include <cmath>

#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr int kEnough = 3;
constexpr double kNoise = 1e-6;  // of what binary arithmetic in the form leaves behind

bool Same(double a, double b) {
    return std::abs(a - b) <= kNoise * std::max({1.0, std::abs(a), std::abs(b)});
}

// All numbers of the row are what `wanted` gives for their column; enough of them are not 0.
template <typename Wanted>
bool Explains(const std::vector<std::optional<double>>& row, const Wanted& wanted) {
    int telling = 0;
    for (size_t i = 0; i < row.size(); ++i) {
        const std::optional<double> value = wanted(i);
        if (!row[i] || !value) {
            if (row[i] && *row[i] != 0) {
                return false;
            }
            continue;
        }
        if (!Same(*row[i], *value)) {
            return false;
        }
        telling += *value != 0 ? 1 : 0;
    }
    return telling >= kEnough;
}

}  // namespace

ComparisonRows::ComparisonRows(const TableInfo& table) {
    for (const Column& column : table.columns) {
        if (column.adds) {
            columns_.push_back(column.index);
        }
    }
}

ComparisonRows::Numbers ComparisonRows::Read(const TableRow& row) const {
    Numbers numbers(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) {
        const auto index = static_cast<size_t>(columns_[i] - 1);
        if (index < row.cells.size() && !row.filled[index]) {
            if (const auto value = Addend(row.cells[index])) {
                numbers[i] = static_cast<double>(value->units) / std::pow(10.0, value->scale);
            }
        }
    }
    return numbers;
}

std::optional<RowKind> ComparisonRows::Judge(const TableRow& row) const {
    if (current_.empty()) {
        return std::nullopt;
    }
    const Numbers numbers = Read(row);
    if (data_) {
        const auto again = [&](size_t i) { return current_[i]; };
        return Explains(numbers, again) ? std::optional(RowKind::kTotal) : std::nullopt;
    }
    if (before_.empty()) {
        return std::nullopt;
    }
    const auto difference = [&](size_t i) -> std::optional<double> {
        return current_[i] && before_[i] ? std::optional(*current_[i] - *before_[i]) : std::nullopt;
    };
    const auto percent = [&](size_t i) -> std::optional<double> {
        const auto change = difference(i);
        return change && *before_[i] != 0 ? std::optional(*change / *before_[i] * 100)
                                          : std::nullopt;
    };
    return Explains(numbers, difference) || Explains(numbers, percent)
               ? std::optional(RowKind::kComparison)
               : std::nullopt;
}

void ComparisonRows::Take(const TableRow& row, RowKind kind, bool current) {
    if (kind == RowKind::kData) {
        data_ = data_ || !row.named_only;
    } else if (kind == RowKind::kTotal && current && current_.empty()) {
        current_ = Read(row);
    } else if (kind == RowKind::kComparison && before_.empty()) {
        before_ = Read(row);
    }
}

}  // namespace zw::sheet
