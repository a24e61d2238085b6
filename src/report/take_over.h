#pragma once
// The prose of a returned document as an edition's paragraphs again: slots and conditions stay what
// they are, words are the returned ones.

#include <vector>

#include "report/chosen_changes.h"
#include "report/marked_text.h"

namespace zw::report {

// One paragraph's text with slots: `was` as the edition printed `paragraph` (the `number`th of it),
// `now` as it came back. A condition whose printed branch was changed becomes the prose that it
// is; one that printed nothing stays.
std::string TextTakenOver(
    const Rendered& rendered,
    const EditionParagraph& paragraph,
    int number,
    const MarkedParagraph& was,
    const MarkedParagraph& now
);

struct TakenOver {
    std::vector<EditionParagraph> paragraphs;  // all, in order; id 0: new
    int changed = 0;                           // edited, added, taken out
};

// The whole edition, or of it the chosen paragraphs. Paragraphs that print nothing now stay where
// they are; the title stays. `chosen`: nullptr for all; else `now` is its.
TakenOver TakeOverTexts(
    const Rendered& rendered,
    const std::vector<EditionParagraph>& paragraphs,
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    const ChosenChanges* chosen
);

}  // namespace zw::report
