#pragma once
// Number formats of spreadsheets (ECMA-376 part 1, 18.8.30 and 18.8.31) as far as reading needs
// them: is it a date, to which precision, a percentage, with how many decimals. And the numbers
// themselves: their text, and the date behind a serial number.

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "sheet/grid.h"

namespace zw::sheet {

struct NumberFormat {
    std::string code;      // "" = General
    bool is_date = false;  // shows a date or a time of day
    bool has_year = false;
    bool has_month = false;
    bool has_day = false;
    bool is_percent = false;
    int decimals = -1;  // -1: General, dates, fractions, exponents
};

NumberFormat AnalyseFormat(std::string_view code);

// The code behind a built-in id (0 to 58, as a Chinese Excel shows them); "" for General and
// unknown ids.
std::string_view BuiltinFormat(int id);

// A double as Excel keeps it for people: at most 15 significant digits, shortest; from 1e15 on with
// an exponent
// ("6.21099199311104E+17"), below without one.
std::string NumberText(double value);

// The day of a serial number; absent outside 1 … 9999-12-31. `from_1904`: the workbook counts from
// 1904-01-01.
std::optional<Date> SerialDate(double serial, bool from_1904);

// Makes `cell` the number `value` under `format`: text, shown, date and flags.
void SetNumber(Cell& cell, double value, const NumberFormat& format, bool from_1904);

// `text` parsed as a double, whole and finite; absent otherwise. No locale.
std::optional<double> ParseDouble(std::string_view text);

}  // namespace zw::sheet
