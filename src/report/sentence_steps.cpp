#include "report/sentence_steps.h"

#include "report/align.h"

namespace zw::report {

namespace {

constexpr double kAlikeSentences = 0.35;

// The end of those that stand in one paragraph with the first.
size_t EndOfParagraph(const SentenceList& list, size_t from, size_t to) {
    size_t end = from;
    while (end < to && list.paragraph[end] == list.paragraph[from]) {
        ++end;
    }
    return end;
}

}  // namespace

SentenceList::SentenceList(const std::vector<MarkedParagraph>& paragraphs) {
    for (size_t i = 0; i < paragraphs.size(); ++i) {
        for (auto& sentence : Sentences(paragraphs[i].masked)) {
            masked.push_back(std::move(sentence));
            paragraph.push_back(i);
        }
    }
}

std::vector<SentenceStep> SentenceSteps(const SentenceList& was, const SentenceList& now) {
    auto pairs = PairInOrder(was.masked, now.masked, kAlikeSentences);
    pairs.emplace_back(was.masked.size(), now.masked.size());
    std::vector<SentenceStep> steps;
    size_t i = 0;
    size_t j = 0;
    for (const auto& [next_i, next_j] : pairs) {
        while (i < next_i) {
            const size_t end = EndOfParagraph(was, i, next_i);
            steps.push_back({i, end, j, j, true});
            i = end;
        }
        while (j < next_j) {
            const size_t end = EndOfParagraph(now, j, next_j);
            steps.push_back({i, i, j, end, true});
            j = end;
        }
        if (next_i < was.masked.size()) {
            steps.push_back({i, i + 1, j, j + 1, was.masked[i] != now.masked[j]});
            ++i;
            ++j;
        }
    }
    return steps;
}

}  // namespace zw::report
