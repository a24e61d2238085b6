#pragma once
// Small questions about cells and words that the readers of values and of tables share.

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "sheet/table.h"

namespace zw::sheet {

// Holds nothing: blank, only spaces, or only an empty mark.
bool IsEmpty(const Cell& cell, const Vocabulary& vocabulary);

// `text` is normalised (base/text.h); words are as the vocabulary writes them.
bool IsOneOf(const std::string& text, const std::vector<std::string>& words);
bool StartsWithOne(const std::string& text, const std::vector<std::string>& words);
// The longest word that `text` ends with; empty when there is none.
std::string EndingWord(const std::string& text, const std::vector<std::string>& words);

// `line`, normalised, without the days of 填报日期 and the like: they say when the form was filled
// in.
std::string WithoutFilledDates(const std::string& line, const Vocabulary& vocabulary);

// A double as a decimal of at most kMaxScale decimals; absent when it does not fit.
std::optional<Decimal> DecimalOf(double value);
// Text with more than kMaxScale decimals or an exponent, rounded half away from zero; absent when
// it is no such number.
std::optional<Decimal> RoundedDecimal(const std::string& text);

// The number of a cell for adding up, without a complaint: text that is no number, dates, errors
// count as nothing.
std::optional<Decimal> Addend(const Cell& cell);

// The cell holds digits: a number, a day, a code of digits.
bool LooksLikeValue(const Cell& cell);
// A bare year (2022), which may stand in a heading too.
bool LooksLikeYear(const Cell& cell);

}  // namespace zw::sheet
