#pragma once
// What single rows near a heading are: rows of units, of codes, of names.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sheet/heading.h"

namespace zw::sheet {

// What one row looks like from afar.
struct Look {
    const RowData* row = nullptr;
    std::vector<std::pair<int, std::string>> texts;  // all that is not empty
    int values = 0;                                  // of them, numbers, days, codes
    int remarks = 0;                                 // of them, "填报单位：…" and the like
};

Look LookAt(const RowData& row, const Vocabulary& vocabulary);

// 计量单位 亩 亩 吨, or units only; up to two texts may lead.
bool IsUnitRow(const Look& look, const Vocabulary& vocabulary);
// 汇总代码 01 02 03, or 甲 乙 1 2 3: names of columns for machines. `after_units`: a row of units
// stands above.
bool IsCodeRow(const Look& look, const Vocabulary& vocabulary, bool after_units);
// 甲, A: a column's name that says nothing.
bool IsStem(const std::string& text);
// (亩) → 亩
std::string WithoutBrackets(const std::string& text);

// How well the heading explains the rows under it: its columns, times the share of their columns
// that it names. `looks`: by row.
double Score(
    const Heading& heading, const std::map<int, Look>& looks, const Vocabulary& vocabulary
);

}  // namespace zw::sheet
