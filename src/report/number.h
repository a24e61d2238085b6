#pragma once
// How figures are printed in official prose (GB/T 15835-2011; shared codes.md §6): Arabic digits
// without thousands separators, 万 and 亿 from 1万 and 1亿 on, at most two decimals, no trailing
// zeros; rounded half away from zero, once.

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "report/slot.h"

namespace zw::report {

// "10.66万吨" of 106644.38 and 吨; "98.9%"; "2.08亿元" of 20785.31 and 万元. A unit that begins
// with 万 or 亿 counts as that multiple.
std::string PrintNumber(const Decimal& value, const std::string& unit);
// With the unit as it is, no 万 or 亿 added: "20785.31万元".
std::string PrintInUnit(const Decimal& value, const std::string& unit);
// All digits: "106644.38吨".
std::string PrintExact(const Decimal& value, const std::string& unit);

// A figure under a style. `true_of_value` is false where the value does not satisfy it: then `text`
// is the plain number.
struct Styled {
    std::string text;
    bool true_of_value = true;
};

// `last_year`: what 突破 is judged by. `keep_unit`: the slot names its unit, so no 万 or 亿 is
// added.
Styled PrintStyled(
    const Decimal& value,
    const std::string& unit,
    StyleWord style,
    const std::optional<Decimal>& bound,
    const std::optional<Decimal>& last_year,
    bool keep_unit
);

// Whether two printed figures say the same, however their digits are written: ９５０２．７２元,
// 9,502.72 元 and 9502.72元; 1.2万吨 and 12000吨. Words around the number must be the same.
bool SameValue(std::string_view a, std::string_view b);

}  // namespace zw::report
