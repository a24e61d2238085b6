#pragma once
// Whether a sealed edition is what was sealed, and what the ledgers say of its figures.

#include "report/edition_store.h"
#include "report/source.h"

namespace zw::report {

// The stored text and figures against the digest, the digest against the log row of the seal, the
// head against the log.
void VerifySeal(
    store::Connection& connection,
    int64_t town,
    const EditionRow& row,
    const Rendered& sealed,
    Verification& verification
);
// Each figure as of the seal, by today's formulas; and as of now.
void VerifyFigures(const Rendered& sealed, const FigureSource& source, Verification& verification);

}  // namespace zw::report
