#pragma once
// A report that came back from Word or WPS against what the program wrote: figures by their
// bookmarks, prose sentence by sentence.

#include <map>
#include <string>
#include <vector>

#include "document/docx_read.h"
#include "report/reports.h"

namespace zw::report {

// A paragraph in which figures are marks (their ids) instead of texts, so that a changed figure
// does not change its sentence.
struct MarkedParagraph {
    int64_t paragraph = 0;                     // of the edition, 0 none
    std::string masked;                        // figures as "\x01id\x02"
    std::map<std::string, std::string> texts;  // id → text
};

std::vector<MarkedParagraph> MarkedOf(const Rendered& rendered);
// Up to the annex, empty paragraphs left out. `slots`: bookmarks of other names are text.
std::vector<MarkedParagraph> MarkedOf(
    const document::ReadDocument& document, const std::vector<ResolvedSlot>& slots
);

// Which paragraph of `now` is which of `was` (-1: new), by longest common run of equal ones, then
// by likeness.
std::vector<int> Pair(
    const std::vector<MarkedParagraph>& was, const std::vector<MarkedParagraph>& now
);

void CompareFigures(
    const Rendered& rendered,
    const std::vector<MarkedParagraph>& now,
    std::vector<FigureChange>& changes
);
void CompareSentences(
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    std::vector<SentenceChange>& changes
);

// The paragraph's text with slots for a returned one: marks become the slots of `text` again. A
// condition's branch stays as the prose that it was.
std::string WithSlots(const MarkedParagraph& returned, const std::string& text);

}  // namespace zw::report
