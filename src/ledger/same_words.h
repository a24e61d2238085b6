#pragma once
// Headings as they are compared: of words that mean the same (same_words of rules/vocabulary.toml)
// one stands for all, so that 棵数 and 株数 are one heading.

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace zw::ledger {

// One thread: what was unified once is remembered.
class SameWords {
public:
    SameWords() = default;
    // One set to a string, spaces between.
    explicit SameWords(const std::vector<std::string>& sets);

    // `text` with each word of a set replaced by the set's first; at each place the longest counts.
    const std::string& Unified(const std::string& text) const;

private:
    std::map<std::string, std::string> first_;  // word → first of its set
    size_t longest_ = 0;                        // bytes
    mutable std::unordered_map<std::string, std::string> known_;
};

}  // namespace zw::ledger
