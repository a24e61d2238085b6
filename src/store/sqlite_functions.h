#pragma once
// The exact arithmetic that SQLite lacks, as functions of SQL. All are null on a null argument (but
// zw_and, zw_or, zw_between: Kleene's) and deterministic. Whole numbers are 64 bits; ratios are the
// text "n/d". Factors are positive.
//
//   zw_add(a,b) zw_sub(a,b) zw_mul(a,b)   checked          zw_linear(v1,f1,v2,f2,…)   Σ v·f, 128
//   bits between zw_muldiv(a,n,d)   a·n/d, half away from zero           zw_divround(n,nf,d,df)
//   n·nf/(d·df), null when d is 0 zw_cmp(a,af,b,bf)  −1, 0, 1 of a·af against b·bf
//   zw_between(x,low,high), zw_between(x,xf,low,lf,high,hf)   1 or 0 zw_and(a,b) zw_or(a,b)   of 1,
//   0, null; both sides are evaluated zw_ratio(n,nf,d,df)  n·nf/(d·df), null when d is 0 zw_rmul
//   zw_rdiv zw_rneg zw_rcmp zw_rbetween zw_rround(r,scale)   units at that scale zw_months(date,n)
//   zw_days(a,b) zw_age(birth,on) zw_workdays(a,b,calendar)   calendar: WorkCalendar::Serialize()
//   zw_sum(x)   exact whatever the order of rows; null of no rows
//
// Those that may overflow take one more argument, the record's id, to name it in the problem.

#include <sqlite3.h>

#include <optional>
#include <string_view>

#include "base/problem.h"

namespace zw::store {

// Registers the functions with one connection. Throws Problem "sql_failed" when SQLite refuses.
void RegisterFunctions(sqlite3* handle);

// The problem that a zw_ function raised, from SQLite's error text ("zw:overflow:what",
// "zw:overflow:what:record=17", "zw:no_work_calendar:2031"); absent when the text is another's.
std::optional<Problem> ProblemOfFunction(std::string_view message);

}  // namespace zw::store
