#pragma once
// A returned document as if only some of its changes had been made.

#include <cstddef>
#include <set>
#include <vector>

#include "report/marked_text.h"

namespace zw::report {

struct ChosenChanges {
    std::vector<MarkedParagraph> now;  // sentences that were not chosen read as they were
    std::vector<bool> touched;         // beside `now`: something that is chosen stands in it
    std::set<int64_t> paragraphs;      // of the edition, in which something is chosen
};

// `chosen`: places among Comparison::sentences of the same two texts. Throws "bad_request" for one
// that is not there.
ChosenChanges WithChosen(
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    const std::set<size_t>& chosen
);

}  // namespace zw::report
