#include "sheet/totals.h"

#include <algorithm>

#include "base/text.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kMostGroups = 300;  // distinct values of a column that are followed

Int128 AtMaxScale(const Decimal& value) {
    return static_cast<Int128>(value.units) * PowerOfTen(kMaxScale - value.scale);
}

std::string SumText(Int128 units, int scale) {
    return ToText(Decimal{Narrow(DivideRounded(units, PowerOfTen(kMaxScale - scale)), "sum"), scale}
    );
}

int ScaleOf(const Decimal& value) {
    Decimal shortest = value;
    while (shortest.scale > 0 && shortest.units % 10 == 0) {
        shortest.units /= 10;
        --shortest.scale;
    }
    return shortest.scale;
}

}  // namespace

TotalsChecker::TotalsChecker(const TableInfo& table, const Vocabulary& vocabulary)
    : vocabulary_(vocabulary) {
    for (const Column& column : table.columns) {
        label_columns_.push_back(column.index);
        if (column.adds) {
            columns_.push_back(column.index);
            units_.push_back(column.unit);
        }
    }
    mixed_.resize(columns_.size());
    all_.resize(columns_.size());
    since_total_.resize(columns_.size());
}

void TotalsChecker::Add(Sums& sums, const std::vector<std::optional<Decimal>>& values) const {
    sums.resize(columns_.size());
    for (size_t i = 0; i < values.size(); ++i) {
        if (values[i]) {
            sums[i].units += AtMaxScale(*values[i]);
            sums[i].scale = std::max(sums[i].scale, ScaleOf(*values[i]));
            ++sums[i].count;
        }
    }
}

// A merged amount counts once. 298户 is 298 where the column's unit is that or is not said;
// ¥12,000.00 is 12000.
std::optional<Decimal> TotalsChecker::Amount(const TableRow& row, size_t place) {
    const auto index = static_cast<size_t>(columns_[place] - 1);
    if (index >= row.cells.size() || row.filled[index]) {
        return std::nullopt;
    }
    const Cell& cell = row.cells[index];
    if (const auto value = Addend(cell); value || cell.kind != CellKind::kText) {
        return value;
    }
    try {
        const auto reading = ReadNumber(cell, vocabulary_);
        if (!reading) {
            return std::nullopt;
        }
        const bool own =
            reading->unit.empty() || units_[place].empty() || reading->unit == units_[place];
        mixed_[place] = mixed_[place] || !own;
        return reading->value;
    } catch (const Problem&) {
        return std::nullopt;  // told where the row is read
    }
}

void TotalsChecker::Continue(const TotalsChecker& before) {
    Sums sums = before.before_.value_or(Sums{});
    Add(sums, before.all_);
    before_ = Sums(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) {
        const auto same = std::find(before.columns_.begin(), before.columns_.end(), columns_[i]);
        if (same != before.columns_.end()) {
            before_->at(i) = sums.at(static_cast<size_t>(same - before.columns_.begin()));
        }
    }
}

void TotalsChecker::AddData(const TableRow& row) {
    std::vector<std::optional<Decimal>> values(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) {
        values[i] = Amount(row, i);
    }
    ++rows_;
    any_since_total_ = true;
    Add(all_, values);
    Add(since_total_, values);
    for (auto& [word, sums] : since_word_) {
        Add(sums, values);
    }
    for (Printed& printed : above_) {
        Add(printed.below, values);
    }
    for (const int column : label_columns_) {
        const auto index = static_cast<size_t>(column - 1);
        if (index >= row.cells.size() || row.cells[index].kind != CellKind::kText ||
            row.cells[index].text.size() > 60) {
            continue;
        }
        std::map<std::string, Sums>& groups = groups_[column];
        const std::string value = Normalise(row.cells[index].text);
        const auto found = groups.find(value);
        if (found != groups.end()) {
            Add(found->second, values);
        } else if (groups.size() < kMostGroups) {
            Add(groups[value], values);
        }
    }
}

void TotalsChecker::Add(Sums& sums, const Sums& more) {
    sums.resize(more.size());
    for (size_t i = 0; i < more.size(); ++i) {
        sums[i].units += more[i].units;
        sums[i].scale = std::max(sums[i].scale, more[i].scale);
        sums[i].count += more[i].count;
    }
}

// The rows that bear the name, in whatever way they write it: 柳湾小计 sums those of 柳湾村委会.
// 全镇合计 sums every row, not those that say 全镇.
std::optional<TotalsChecker::Sums> TotalsChecker::Group(const std::string& prefix) const {
    if (prefix.empty() || IsOneOf(prefix, vocabulary_.whole_words)) {
        return std::nullopt;
    }
    const auto name = [&](const std::string& text) {
        return vocabulary_.same_name ? vocabulary_.same_name(text) : text;
    };
    const std::string wanted = name(prefix);
    for (const auto& [column, groups] : groups_) {
        if (groups.size() >= kMostGroups) {
            continue;
        }
        std::optional<Sums> found;
        for (const auto& [value, sums] : groups) {
            if (name(value) == wanted) {
                found = found.value_or(Sums{});
                Add(*found, sums);
            }
        }
        if (found) {
            return found;
        }
    }
    return std::nullopt;
}

TotalsChecker::Printed TotalsChecker::Read(
    const TableRow& row, const std::string& label, const std::string& word
) {
    Printed printed;
    printed.row = row.number;
    printed.word = word;
    printed.prefix =
        EndsWith(label, word) ? label.substr(0, label.size() - word.size()) : std::string{};
    for (size_t i = 0; i < columns_.size(); ++i) {
        const auto index = static_cast<size_t>(columns_[i] - 1);
        const bool there = index < row.cells.size() && !row.filled[index];
        printed.values.push_back(Amount(row, i));
        printed.decimals.push_back(
            there && !row.cells[index].is_percent ? std::min(row.cells[index].decimals, kMaxScale)
                                                  : -1
        );
    }
    return printed;
}

TotalCheck TotalsChecker::Compare(const Printed& printed, const Sums& sums) const {
    TotalCheck check;
    check.row = printed.row;
    for (size_t i = 0; i < columns_.size(); ++i) {
        if (!printed.values[i] || all_[i].count == 0 || mixed_[i]) {
            continue;  // not printed, or a column without numbers, or of several units
        }
        ++check.checked;
        const Sum& sum = i < sums.size() ? sums[i] : Sum{};
        const Int128 difference = AtMaxScale(*printed.values[i]) - sum.units;
        // Money and weights are printed to the hundredth at least: less than half of that is
        // rounding.
        const int scale = std::max({ScaleOf(*printed.values[i]), printed.decimals[i], 2});
        const Int128 tolerance = sum.scale > scale ? PowerOfTen(kMaxScale - scale) / 2 : 0;
        if (difference > tolerance || difference < -tolerance) {
            const int shown =
                std::max({ScaleOf(*printed.values[i]), printed.decimals[i], std::min(sum.scale, 2)}
                );
            check.differs.push_back(
                {columns_[i],
                 ToText(Rescale(*printed.values[i], shown)),
                 SumText(sum.units, sum.scale)}
            );
        }
    }
    return check;
}

// The reading of a total that fits best: a total is wrong only when it is wrong in every reading.
TotalCheck TotalsChecker::Best(const Printed& printed, const std::vector<const Sums*>& candidates)
    const {
    std::optional<TotalCheck> best;
    for (const Sums* sums : candidates) {
        TotalCheck check = Compare(printed, *sums);
        if (!best || check.differs.size() < best->differs.size()) {
            best = std::move(check);
        }
    }
    return best.value_or(TotalCheck{printed.row, 0, {}});
}

// A total that stood above its rows, and those rows.
TotalCheck TotalsChecker::Leading(const Printed& printed) const {
    const std::optional<Sums> group = Group(printed.prefix);
    const bool rows_below = std::any_of(
        printed.below.begin(), printed.below.end(), [](const Sum& sum) { return sum.count > 0; }
    );
    return Best(printed, {group ? &*group : (rows_below ? &printed.below : &all_)});
}

std::vector<TotalCheck> TotalsChecker::AddTotal(
    const TableRow& row,
    const std::string& label,
    const std::string& word,
    const std::string& beside
) {
    Printed printed = Read(row, label, word);
    if (rows_ == 0) {
        above_.push_back(std::move(printed));
        return {};
    }
    const auto before = std::find_if(above_.begin(), above_.end(), [&](const Printed& other) {
        return other.word == word;
    });
    if (before != above_.end() && any_since_total_ && since_word_.count(word) == 0) {
        // Either each group's total stands above it, or the total of everything at the top is
        // repeated at the bottom.
        const TotalCheck repeated = Best(printed, {&all_});
        if (static_cast<int>(repeated.differs.size()) * 2 >= repeated.checked) {
            std::vector<TotalCheck> checks = {Leading(*before)};
            *before = std::move(printed);
            ResetSinceTotal();
            return checks;
        }
    }
    const std::optional<Sums> group = Group(printed.prefix);
    const std::optional<Sums> named = group ? std::nullopt : Group(beside);
    std::vector<const Sums*> candidates;
    Sums with_before;
    if (group) {
        candidates.push_back(&*group);
    } else {
        if (named) {
            candidates.push_back(&*named);
        }
        if (const auto same = since_word_.find(word); same != since_word_.end()) {
            candidates.push_back(&same->second);
        }
        candidates.push_back(&all_);
        if (before_) {
            with_before = *before_;
            Add(with_before, all_);
            candidates.push_back(&with_before);
        }
        if (any_since_total_) {
            candidates.push_back(&since_total_);
        }
    }
    std::vector<TotalCheck> checks = {Best(printed, candidates)};
    since_word_[word].assign(columns_.size(), {});
    ResetSinceTotal();
    return checks;
}

void TotalsChecker::ResetSinceTotal() {
    since_total_.assign(columns_.size(), {});
    any_since_total_ = false;
}

std::vector<TotalCheck> TotalsChecker::Finish() {
    std::vector<TotalCheck> checks;
    for (const Printed& printed : above_) {
        checks.push_back(Leading(printed));
    }
    above_.clear();
    return checks;
}

}  // namespace zw::sheet
