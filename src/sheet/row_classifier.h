#pragma once
// Says of one row of a table what it is: data, a total, a note …

#include <map>
#include <string>
#include <vector>

#include "sheet/heading.h"

namespace zw::sheet {

struct RowVerdict {
    RowKind kind = RowKind::kData;
    std::string label;     // of a total, normalised: 肉牛合计
    std::string word;      // the total word in it
    std::string beside;    // of a total, the text before its label: 柳湾村 | 小计
    bool current = false;  // a total that prints this year's own sum beside other years' (本年)
    bool named_only = false;  // data with nothing but a name
    bool lonely = false;      // one short text alone: a name if rows follow, else a note
};

class RowClassifier {
public:
    RowClassifier(
        const Heading& heading,
        const TableInfo& table,
        const SheetInfo& info,
        const Vocabulary& vocabulary
    );

    // `row` has its vertical merges filled down.
    RowVerdict Classify(const TableRow& row) const;
    // The row begins another table: words where this table has numbers, or names of columns.
    // `apart`: blank rows, notes or a total stand above it; right under data it must look like
    // nothing else.
    bool MayBeginAnother(const TableRow& row, bool apart) const;
    // The row is the first of the heading over again.
    bool BeginsAgain(const TableRow& row) const;
    // What of a row of data tells words from numbers, for MayBeginAnother.
    void Learn(const TableRow& row);

private:
    struct Filled {
        int column;
        std::string text;
        bool own;    // not from a merge above
        bool value;  // LooksLikeValue
    };

    std::vector<Filled> InTable(const TableRow& row) const;
    bool OutsideOnly(const TableRow& row) const;
    std::vector<std::pair<int, std::string>> OwnTexts(const TableRow& row) const;
    bool IsRepeatedHeading(const TableRow& row) const;
    bool FindComparison(const std::vector<Filled>& labels, RowVerdict& verdict) const;
    bool NamesAThing(const std::vector<Filled>& labels) const;
    bool FindTotal(const std::vector<Filled>& cells, RowVerdict& verdict) const;
    bool LabelIsTotal(const std::string& label, size_t labels, bool numbered, RowVerdict& verdict)
        const;
    bool IsCount(const std::string& text) const;
    bool IsNote(const TableRow& row, const std::vector<Filled>& own) const;
    bool IsHollow(const std::vector<Filled>& cells, const std::vector<Filled>& own) const;
    bool IsWide(int row) const;
    bool IsSerial(int column) const;
    bool IsNumbering(int column) const;

    const Heading& heading_;
    const TableInfo& table_;
    const Vocabulary& vocabulary_;
    std::map<int, const Column*> columns_;
    std::map<int, bool> serial_;               // column → is a row number
    std::map<int, bool> numbering_;            // column → row number or code
    std::map<int, int> wide_;                  // row → columns that its widest merged cell takes
    std::map<int, std::pair<int, int>> seen_;  // column → numbers, texts
};

}  // namespace zw::sheet
