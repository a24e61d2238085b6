#include "report/chosen_changes.h"

#include <algorithm>
#include <map>

#include "base/problem.h"
#include "report/sentence_steps.h"

namespace zw::report {

namespace {

class Mixer {
public:
    Mixer(
        const std::vector<MarkedParagraph>& was,
        const std::vector<MarkedParagraph>& now,
        const std::set<size_t>& chosen
    )
        : was_(was),
          now_(now),
          chosen_(chosen),
          before_(was),
          after_(now),
          pairs_(PairParagraphs(was, now)) {}

    ChosenChanges Run() {
        size_t change = 0;
        for (const SentenceStep& step : SentenceSteps(before_, after_)) {
            const bool takes = !step.changed || chosen_.contains(change);
            change += step.changed ? 1 : 0;
            Put(step, takes);
            if (takes && step.changed) {
                Mark(step);
            }
        }
        if (!chosen_.empty() && *chosen_.rbegin() >= change) {
            const std::string place = std::to_string(*chosen_.rbegin());
            throw Problem::Because(
                "bad_request",
                {"take_over 里没有第" + place + "处改动",
                 "there is no change " + place + " to take over"}
            );
        }
        return std::move(out_);
    }

private:
    void Put(const SentenceStep& step, bool takes) {
        if (takes) {
            for (size_t j = step.now; j < step.now_end; ++j) {
                PutNow(j, after_.masked[j]);
            }
            return;
        }
        const bool kept = step.now != step.now_end;
        for (size_t i = step.was; i < step.was_end; ++i) {
            if (kept) {
                PutNow(step.now, before_.masked[i]);
                Know(was_[before_.paragraph[i]]);
            } else {
                PutBack(i);
            }
        }
    }

    // Into the paragraph in which it came back.
    void PutNow(size_t j, const std::string& masked) {
        const size_t paragraph = after_.paragraph[j];
        MarkedParagraph& at = At(static_cast<int64_t>(paragraph), now_[paragraph]);
        at.masked += masked;
    }

    // A sentence that was taken out, where its paragraph came back, else in a paragraph of its own.
    void PutBack(size_t i) {
        const size_t paragraph = before_.paragraph[i];
        const auto came = std::find(pairs_.begin(), pairs_.end(), static_cast<int>(paragraph));
        const bool stands = came != pairs_.end();
        const auto index = static_cast<size_t>(came - pairs_.begin());
        MarkedParagraph& at = stands ? At(static_cast<int64_t>(index), now_[index])
                                     : At(-1 - static_cast<int64_t>(paragraph), was_[paragraph]);
        at.masked += before_.masked[i];
        Know(was_[paragraph]);
    }

    // The paragraph of that key, made where it is met first: like `model`, without its sentences.
    MarkedParagraph& At(int64_t key, const MarkedParagraph& model) {
        const auto [place, made] = places_.emplace(key, out_.now.size());
        if (made) {
            out_.now.push_back(model);
            out_.now.back().masked.clear();
            out_.touched.push_back(false);
        }
        last_ = place->second;
        return out_.now[last_];
    }

    // How the slots of a sentence that was put back read.
    void Know(const MarkedParagraph& from) {
        out_.now[last_].texts.insert(from.texts.begin(), from.texts.end());
    }

    void Mark(const SentenceStep& step) {
        if (step.was != step.was_end) {
            out_.paragraphs.insert(was_[before_.paragraph[step.was]].paragraph);
        }
        if (step.now == step.now_end) {
            return;
        }
        out_.touched[last_] = true;
        const int old = pairs_[after_.paragraph[step.now]];
        if (old >= 0) {
            out_.paragraphs.insert(was_[static_cast<size_t>(old)].paragraph);
        }
    }

    const std::vector<MarkedParagraph>& was_;
    const std::vector<MarkedParagraph>& now_;
    const std::set<size_t>& chosen_;
    const SentenceList before_;
    const SentenceList after_;
    const std::vector<int> pairs_;  // of now_: which of was_, -1 new
    std::map<int64_t, size_t> places_;
    size_t last_ = 0;
    ChosenChanges out_;
};

}  // namespace

ChosenChanges WithChosen(
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    const std::set<size_t>& chosen
) {
    return Mixer(was, now, chosen).Run();
}

}  // namespace zw::report
