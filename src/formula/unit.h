#pragma once
// Units are data (rules/units.toml): a dimension has an integer quantum, each unit is a whole
// number of quanta; `*` and `/` compose units (元/人, 公斤/亩). See formula.md "Types". A Unit is a
// small value: powers of dimensions and an exact factor to quanta. Immutable once loaded; safe to
// read from any thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace zw::formula {

// A possibly composed unit. `name` is how it was written ("公斤/亩"), empty for a pure number.
// 1 of this unit = factor.numerator / factor.denominator of the product of quanta of `dims`.
struct Unit {
    std::string name;
    std::map<std::string, int> dims;  // dimension → power, never 0; empty: a number without unit
    Ratio factor{1, 1};

    bool SameDimension(const Unit& other) const { return dims == other.dims; }
    bool IsNone() const { return dims.empty() && name.empty(); }
};

struct UnitDefinition {
    std::string name;  // 亩
    std::string
        dimension;  // area; "number" for ways to write a number, whose quantum is 1/1000: % is 10
    int64_t quanta = 1;             // 2000
    std::vector<std::string> also;  // other spellings: 畝, mu
};

class Units {
public:
    // Throws Problem "bad_unit" when two units share a name or quanta are not positive.
    void Add(const UnitDefinition& definition);
    // "亩", "公斤/亩", "元/人", "万元", "%"; ways to print before other units (万吨, 亿斤) parse as
    // that multiple. Absent when a part is unknown.
    std::optional<Unit> Parse(std::string_view text) const;
    // Throw Problem "bad_unit" when a power passes 4 or a factor 10^18.
    Unit Multiply(const Unit& a, const Unit& b) const;
    Unit Divide(const Unit& a, const Unit& b) const;
    std::vector<std::string> Names() const;

private:
    std::optional<Unit> ParseOne(std::string_view text) const;
    Unit Named(Unit unit, std::string name) const;

    std::map<std::string, UnitDefinition, std::less<>> units_;  // by each spelling
};

// How many `to` one `from` is; both must be of one dimension.
Ratio Conversion(const Unit& from, const Unit& to);

}  // namespace zw::formula
