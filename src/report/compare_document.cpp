#include "report/compare_document.h"

#include <set>

#include "report/number.h"
#include "report/sentence_steps.h"

namespace zw::report {

namespace {

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
        for (const SentenceStep& step : SentenceSteps(before_, after_)) {
            if (step.now == step.now_end) {
                TakenOut(step);
            } else if (step.was == step.was_end) {
                Added(step);
            } else {
                Kept(step.was, step.now, step.changed);
            }
        }
    }

private:
    void Kept(size_t i, size_t j, bool changed) {
        Figures(i, true);
        if (changed) {
            comparison_.sentences.push_back(
                {was_[before_.paragraph[i]].paragraph,
                 Shown(before_.masked[i], was_[before_.paragraph[i]].texts),
                 Shown(after_.masked[j], now_[after_.paragraph[j]].texts)}
            );
        }
    }

    void TakenOut(const SentenceStep& step) {
        const MarkedParagraph& paragraph = was_[before_.paragraph[step.was]];
        SentenceChange change{paragraph.paragraph, "", ""};
        for (size_t i = step.was; i < step.was_end; ++i) {
            Figures(i, false);
            change.was += Shown(before_.masked[i], paragraph.texts);
        }
        change.whole_paragraph = change.was == paragraph.Shown();
        comparison_.sentences.push_back(std::move(change));
    }

    void Added(const SentenceStep& step) {
        const size_t paragraph = after_.paragraph[step.now];
        const int old = paragraphs_[paragraph];
        SentenceChange change{old < 0 ? 0 : was_[static_cast<size_t>(old)].paragraph, "", ""};
        for (size_t j = step.now; j < step.now_end; ++j) {
            change.now += Shown(after_.masked[j], now_[paragraph].texts);
        }
        change.whole_paragraph = change.now == now_[paragraph].Shown();
        comparison_.sentences.push_back(std::move(change));
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
                         resolved == nullptr ? Words() : resolved->Label(),
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
