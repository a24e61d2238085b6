#include "ledger/same_words.h"

#include <algorithm>

#include "base/text.h"

namespace zw::ledger {

SameWords::SameWords(const std::vector<std::string>& sets) {
    for (const std::string& set : sets) {
        const std::vector<std::string> words = Split(set, ' ');
        for (const std::string& word : words) {
            const std::string key = Normalise(word);
            if (!key.empty()) {
                first_.emplace(key, Normalise(words.front()));
                longest_ = std::max(longest_, key.size());
            }
        }
    }
}

const std::string& SameWords::Unified(const std::string& text) const {
    const auto known = known_.find(text);
    if (known != known_.end()) {
        return known->second;
    }
    std::string out;
    for (size_t at = 0; at < text.size();) {
        auto found = first_.end();
        for (size_t length = std::min(longest_, text.size() - at);
             length > 0 && found == first_.end();
             --length) {
            found = first_.find(text.substr(at, length));
        }
        if (found == first_.end()) {
            out += text[at++];
        } else {
            out += found->second;
            at += found->first.size();
        }
    }
    return known_.emplace(text, std::move(out)).first->second;
}

}  // namespace zw::ledger
