#pragma once
// How one text became another, sentence by sentence in the order of reading: the walk that telling
// the changes and taking some of them over have in common, so that both count them alike.

#include <cstddef>
#include <string>
#include <vector>

#include "report/marked_text.h"

namespace zw::report {

// Sentences of a whole text with the paragraph that each stands in.
struct SentenceList {
    std::vector<std::string> masked;
    std::vector<size_t> paragraph;  // index

    explicit SentenceList(const std::vector<MarkedParagraph>& paragraphs);
};

// Sentences [was, was_end) became [now, now_end). One of each: kept, as it was or changed. None
// of one: taken out or added, all of them of one paragraph.
struct SentenceStep {
    size_t was = 0;
    size_t was_end = 0;
    size_t now = 0;
    size_t now_end = 0;
    bool changed = false;
};

std::vector<SentenceStep> SentenceSteps(const SentenceList& was, const SentenceList& now);

}  // namespace zw::report
