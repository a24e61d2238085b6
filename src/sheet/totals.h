#pragma once
// Checks total rows against the rows that they sum, in one pass and in memory that does not grow
// with the rows.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sheet/table.h"

namespace zw::sheet {

class TotalsChecker {
public:
    // Both must outlive the checker.
    TotalsChecker(const TableInfo& table, const Vocabulary& vocabulary);

    // The same form stood above on this sheet: a total may sum the rows of both.
    void Continue(const TotalsChecker& before);
    void AddData(const TableRow& row);
    // `label`: what the total row is called, normalised ("肉牛合计"); `word`: the total word in it
    // ("合计"); `beside`: the text before it, which may say whose total it is. Returns the checks
    // that are ripe now: that of this row, or of an earlier total that stood above its rows.
    std::vector<TotalCheck> AddTotal(
        const TableRow& row,
        const std::string& label,
        const std::string& word,
        const std::string& beside = {}
    );
    // The checks of totals that stood above their rows.
    std::vector<TotalCheck> Finish();

private:
    struct Sum {
        Int128 units = 0;  // at kMaxScale
        int scale = 0;     // largest of the addends
        int count = 0;
    };
    using Sums = std::vector<Sum>;  // by place in columns_
    struct Printed {
        int row = 0;
        std::string word;
        std::string prefix;
        std::vector<std::optional<Decimal>> values;
        std::vector<int> decimals;
        Sums below;  // rows since
    };

    Printed Read(const TableRow& row, const std::string& label, const std::string& word);
    std::optional<Decimal> Amount(const TableRow& row, size_t place);
    void Add(Sums& sums, const std::vector<std::optional<Decimal>>& values) const;
    std::optional<Sums> Group(const std::string& prefix) const;
    static void Add(Sums& sums, const Sums& more);
    TotalCheck Compare(const Printed& printed, const Sums& sums) const;
    TotalCheck Leading(const Printed& printed) const;
    void ResetSinceTotal();
    TotalCheck Best(const Printed& printed, const std::vector<const Sums*>& candidates) const;

    const Vocabulary& vocabulary_;
    std::vector<int> columns_;        // that add
    std::vector<std::string> units_;  // theirs
    std::vector<bool> mixed_;         // a cell is in another unit: such a column is not checked
    std::vector<int> label_columns_;  // whose values a label may name: 肉牛 of 肉牛合计
    Sums all_;
    std::optional<Sums> before_;  // of the tables that this one continues
    Sums since_total_;
    std::map<std::string, Sums> since_word_;
    std::map<int, std::map<std::string, Sums>> groups_;  // column → value → sums
    std::vector<Printed> above_;                         // totals whose rows come after them
    int rows_ = 0;
    bool any_since_total_ = false;
};

}  // namespace zw::sheet
