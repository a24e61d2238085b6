#pragma once
// What a figure of the .html opens to without the program at hand: its formula, what it is computed
// from, villages and months. Records and people stay in the program, where who may see them is
// known.

#include <map>
#include <string>
#include <vector>

#include "document/content.h"
#include "indicator/figures.h"
#include "report/reports.h"

namespace zw::report {

// A section for each figure that the edition prints, marked open_<slot id> of the first slot that
// prints it; of a sealed edition as the ledgers stood at the seal.
class Openings {
public:
    Openings(
        const ledger::Ledger& ledger,
        const indicator::Figures& figures,
        const access::Actor& actor,
        const Rendered& rendered
    );

    std::vector<document::Block> Blocks() const;
    // The section that opens the figure of a slot, "#zw_open_p1"; empty: it has none.
    std::string LinkOf(const std::string& slot) const;

private:
    void AddSection(const ResolvedSlot& slot, std::vector<document::Block>& blocks) const;

    const definition::Model& model_;
    const indicator::Figures& figures_;
    const access::Actor& actor_;
    const Rendered& rendered_;
    const access::PlaceTree places_;
    std::map<std::string, std::string> section_of_;  // slot → the slot whose section opens it
};

}  // namespace zw::report
