#pragma once
// One table of an import run: its plan, what is found in it, what came of its rows.

#include <memory>

#include "ledger/import_run.h"

namespace zw::ledger {

struct ImportRun::TableJob {
    const SheetProposal* proposal = nullptr;
    size_t file = 0;
    int sheet = 0;  // index in the workbook
    int heading_first = 0;
    SheetPlan plan;
    std::unique_ptr<RowConverter> converter;
    SheetResult result;
    RejectedTable rejected;

    void Count(RowOutcome outcome) {
        ++result.rows.read;
        result.rows.refused += outcome == RowOutcome::kRefused ? 1 : 0;
        result.rows.created += outcome == RowOutcome::kNew ? 1 : 0;
        result.rows.changed += outcome == RowOutcome::kChanged ? 1 : 0;
        result.rows.same += outcome == RowOutcome::kSame ? 1 : 0;
    }
};

}  // namespace zw::ledger
