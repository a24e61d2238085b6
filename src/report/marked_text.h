#pragma once
// Text in which figures are marks (their slot ids) instead of what they read, so that a changed
// figure does not change its sentence: of an edition, and of a .docx that came back from Word, WPS
// or LibreOffice.

#include <map>
#include <string>
#include <vector>

#include "document/docx_read.h"
#include "report/reports.h"

namespace zw::report {

struct MarkedParagraph {
    int64_t paragraph = 0;                     // of the edition, 0 none
    std::string style;                         // of the document: 公文正文 …
    std::string masked;                        // figures as marks
    std::map<std::string, std::string> texts;  // slot id → what it reads

    std::string Shown() const;  // figures as they read
};

// What stands in `masked` for the slot.
std::string MarkOf(const std::string& slot);
// A letter each, a mark whole.
std::vector<std::string> Tokens(const std::string& masked);
// The slot of a token that is a mark, else empty.
std::string SlotOf(const std::string& token);
// With their end marks 。；！？; marks stay whole.
std::vector<std::string> Sentences(const std::string& masked);
std::string Shown(const std::string& masked, const std::map<std::string, std::string>& texts);

// Title and paragraphs. What is layout only (line and page breaks, tabs, characters of no width)
// is left out, here and below.
std::vector<MarkedParagraph> MarkedOf(const Rendered& rendered);
// Up to the annex, empty paragraphs left out. `slots`: bookmarks of other names are text.
std::vector<MarkedParagraph> MarkedOf(
    const document::ReadDocument& document, const std::vector<ResolvedSlot>& slots
);

// Which paragraph of `now` is which of `was` (-1: new).
std::vector<int> PairParagraphs(
    const std::vector<MarkedParagraph>& was, const std::vector<MarkedParagraph>& now
);

// A figure that was typed over often loses its bookmark, or keeps only a part of it: where the
// words around it are the same, what stands between them is the figure. Changes `now`.
void RestoreMarks(const std::vector<MarkedParagraph>& was, std::vector<MarkedParagraph>& now);

}  // namespace zw::report
