#pragma once
// One figure on one A4 page for a leader: 指标定义, value and state, 同比 and target, 分村, the
// largest changes, the last entry, basis.

#include <string>

#include "indicator/figures.h"
#include "ledger/ledger.h"

namespace zw::report {

// The bytes of a .docx. Throws what Figures throws.
std::string FigureSheet(
    const ledger::Ledger& ledger,
    const indicator::Figures& figures,
    const access::Actor& actor,
    const indicator::FigureQuery& query
);

}  // namespace zw::report
