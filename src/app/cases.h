#pragma once
// The worked cases of work lines (worklines/<chapter>/<line>/cases/*.toml): given settings and
// rows, which rows are refused or warned of, and which figures and sentences come out. Each case
// runs in a town of its own that is thrown away.
//
//   name  = "拆除当日不再计入"
//   today = "2024-01-10"                                       # optional
//   villages = ["甲村", "乙村"]                                 # optional, these two when left out
//   settings = { big_cattle_farm_head = "20" }                 # optional
//   [[given]]
//   record = "greenhouse"
//   rows   = [{ place = "甲村", holder = "张三", …, expect = "used_over_occupied" }]   # expect:
//   the finding's class; none: taken
//   [[returns]]                                                # optional: by hand
//   record = "…"; place = "甲村"; period = "2023"; zero = true
//   [[figure]]
//   of = "steel_greenhouses_existing"; period = "2023"; place = "甲村"; value = "1"; state =
//   "filled"
//   [[sentence]]
//   passage = "greenhouse"; period = "2023"; says = "…"        # a part that the printed passage
//   must hold; not = "…" must not

#include <string>
#include <vector>

#include "app/app.h"

namespace zw::app {

struct CaseResult {
    std::string name;  // industry/greenhouse/cases/removed.toml: 拆除当日不再计入
    std::vector<std::string> failures;  // what was expected and what came
};

struct CasesResult {
    int passed = 0;
    int failed = 0;
    std::vector<CaseResult> cases;
};

// `lines`: chapter/line; empty: all. Throws "not_found" for an unknown line; a case that cannot be
// read is a failed one.
CasesResult RunCases(
    const DefinitionOptions& options,
    const definition::Model& model,
    const std::vector<std::string>& lines,
    const Environment& environment
);

}  // namespace zw::app
