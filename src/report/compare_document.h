#pragma once
// A report that came back from Word, WPS or LibreOffice against what the program wrote: figures by
// their bookmarks, prose sentence by sentence, wherever paragraphs were split or joined.

#include <vector>

#include "report/marked_text.h"

namespace zw::report {

// Figures and sentences in the order of reading. A sentence in which only a figure changed is the
// same sentence; figures of a sentence that was taken out are not listed beside it. A figure that
// is written otherwise (full-width, 2,440) and is the same is none that changed.
void CompareTexts(
    const Rendered& rendered,
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    Comparison& comparison
);

}  // namespace zw::report
