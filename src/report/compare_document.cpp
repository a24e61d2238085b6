#include "report/compare_document.h"

#include <set>

#include "report/align.h"
#include "report/number.h"

namespace zw::report {

namespace {

constexpr double kAlikeSentences = 0.35;

// Sentences of a whole text with the paragraph that each stands in.
struct SentenceList {
    std::vector<std::string> masked;
    std::vector<size_t> paragraph;  // index

    explicit SentenceList(const std::vector<MarkedParagraph>& paragraphs) {
        for (size_t i = 0; i < paragraphs.size(); ++i) {
            for (auto& sentence : Sentences(paragraphs[i].masked)) {
                masked.push_back(std::move(sentence));
                paragraph.push_back(i);
            }
        }
    }
};

class Comparer {
public:
    Comparer(
        const Rendered& rendered,
        const std::vector<MarkedParagraph>& was,
        const std::vector<MarkedParagraph>& now,
        Comparison& comparison
    )
        : rendered_(rendered),
          was_(was),
          now_(now),
          before_(was),
          after_(now),
          paragraphs_(PairParagraphs(was, now)),
          comparison_(comparison) {
        for (const auto& paragraph : now) {
            texts_.insert(paragraph.texts.begin(), paragraph.texts.end());
        }
    }

    void Run() {
        auto pairs = PairInOrder(before_.masked, after_.masked, kAlikeSentences);
        pairs.emplace_back(before_.masked.size(), after_.masked.size());
        size_t i = 0;
        size_t j = 0;
        for (const auto& [next_i, next_j] : pairs) {
            TakenOut(i, next_i);
            Added(j, next_j);
            if (next_i < before_.masked.size()) {
                Kept(next_i, next_j);
            }
            i = next_i + 1;
            j = next_j + 1;
        }
    }

private:
    void Kept(size_t i, size_t j) {
        Figures(i, true);
        if (before_.masked[i] != after_.masked[j]) {
            comparison_.sentences.push_back(
                {was_[before_.paragraph[i]].paragraph,
                 Shown(before_.masked[i], was_[before_.paragraph[i]].texts),
                 Shown(after_.masked[j], now_[after_.paragraph[j]].texts)}
            );
        }
    }

    void TakenOut(size_t from, size_t to) {
        for (size_t i = from; i < to;) {
            const size_t paragraph = before_.paragraph[i];
            SentenceChange change{was_[paragraph].paragraph, "", ""};
            for (; i < to && before_.paragraph[i] == paragraph; ++i) {
                Figures(i, false);
                change.was += Shown(before_.masked[i], was_[paragraph].texts);
            }
            change.whole_paragraph = change.was == was_[paragraph].Shown();
            comparison_.sentences.push_back(std::move(change));
        }
    }

    void Added(size_t from, size_t to) {
        for (size_t j = from; j < to;) {
            const size_t paragraph = after_.paragraph[j];
            const int old = paragraphs_[paragraph];
            SentenceChange change{old < 0 ? 0 : was_[static_cast<size_t>(old)].paragraph, "", ""};
            for (; j < to && after_.paragraph[j] == paragraph; ++j) {
                change.now += Shown(after_.masked[j], now_[paragraph].texts);
            }
            change.whole_paragraph = change.now == now_[paragraph].Shown();
            comparison_.sentences.push_back(std::move(change));
        }
    }

    // Of the sentence; `stands`: what is not found again is gone.
    void Figures(size_t i, bool stands) {
        const auto& texts = was_[before_.paragraph[i]].texts;
        for (const auto& token : Tokens(before_.masked[i])) {
            const std::string slot = SlotOf(token);
            const auto was = texts.find(slot);
            if (was == texts.end() || !seen_.insert(slot).second) {
                continue;
            }
            const auto now = texts_.find(slot);
            const bool gone = now == texts_.end();
            if (gone ? stands : now->second != was->second) {
                const auto* resolved = rendered_.Find(slot);
                const bool same = !gone && SameValue(was->second, now->second);
                (same ? comparison_.rewritten : comparison_.figures)
                    .push_back(
                        {slot,
                         resolved == nullptr ? "" : resolved->label,
                         was->second,
                         gone ? "" : now->second}
                    );
            }
        }
    }

    const Rendered& rendered_;
    const std::vector<MarkedParagraph>& was_;
    const std::vector<MarkedParagraph>& now_;
    const SentenceList before_;
    const SentenceList after_;
    const std::vector<int> paragraphs_;         // of now_: which of was_, -1 new
    std::map<std::string, std::string> texts_;  // slot → what it reads now
    std::set<std::string> seen_;
    Comparison& comparison_;
};

}  // namespace

void CompareTexts(
    const Rendered& rendered,
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    Comparison& comparison
) {
    Comparer(rendered, was, now, comparison).Run();
}

}  // namespace zw::report
