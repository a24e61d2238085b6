#pragma once
// How one office lays out one ledger: columns, headings, tiers, units, totals; chosen by seed.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"
#include "sample/generator.h"
#include "sample/plan.h"
#include "sample/stream.h"

namespace zw::sample {

struct NumberedRow {
    int64_t number = 0;  // in the generator's order, from 1
    MadeRow row;
};
// What one row of a sheet holds: a record, or one of each period where periods stand side by side.
using BookLine = std::vector<const NumberedRow*>;

enum class UnitPlace { kHeading, kRow, kTitle, kNone };
enum class TotalPlace { kNone, kBottom, kTop };

struct BookColumn {
    std::string id;  // field id, "place"; empty: the serial number
    const definition::Field* field = nullptr;
    size_t period = 0;    // which record of the line it shows
    std::string top;      // upper tier, empty: one tier
    std::string heading;  // without unit
    std::string unit;     // as the office counts; empty: none
    Ratio factor{1, 1};   // from the field's own unit to that one
    bool adds = false;    // gets a total
    bool part = false;    // 其中: a part of the column before
    bool hidden = false;
    bool plain = false;  // its values are spelt as totals of them name them

    bool Converts() const { return factor.numerator != factor.denominator; }
    std::string Path() const { return top.empty() ? heading : top + " / " + heading; }
};

struct BookLayout {
    std::vector<BookColumn> columns;
    UnitPlace units = UnitPlace::kHeading;
    TotalPlace totals = TotalPlace::kBottom;
    std::string subtotals;  // "place" or the field whose runs get one; empty: none
    bool by_value = false;  // instead, a total for each of its values at the end (肉牛合计)
    bool formulas = false;  // totals are formulas with their result
    bool merge_places = false;
};

struct LayoutTask {
    const Plan& plan;
    const BookPlan& book;
    std::set<std::string> without;     // fields, or "place", that the sheet or its title says
    std::vector<std::string> periods;  // side by side; empty: one record a row
    const std::vector<BookLine>& lines;
    bool csv = false;
    StreamKey key;
};

BookLayout LayOut(const LayoutTask& task);

// The value that a column shows of a line; null when the record has none.
formula::Value ValueAt(const BookColumn& column, const BookLine& line);

// One of a list.
template <typename T>
const T& Draw(const std::vector<T>& list, const StreamKey& key) {
    return list[static_cast<size_t>(Stream(key).Below(static_cast<int64_t>(list.size())))];
}
// One of the plan's words. Throws "sample_wrong" when it has none of that name.
const std::string& DrawWord(const Plan& plan, const std::string& name, const StreamKey& key);

}  // namespace zw::sample
