#pragma once
// What a formula reads as, in one language: templates with {a} {b} {c} for its parts in words.

#include <array>
#include <string_view>

namespace zw::formula {

struct Phrases {
    bool english;
    std::string_view previous, rule, today, negation, choice;
    std::string_view both, any;  // between two tests
    std::string_view yes, no, quote, bracket, listed;
    std::string_view given, not_given, between, not_between;
    std::array<std::string_view, 6> compared;  // by Comparison
    std::string_view in_nothing, not_in_nothing, is, is_not, among, not_among;
    std::string_view minus, otherwise, or_else;
    std::string_view rows, sum, only;
    std::string_view rounded, rounded_to, months, days, workdays, age, year;
    std::string_view records, different, least, most, average;
};

extern const Phrases kChinesePhrases;
extern const Phrases kEnglishPhrases;

}  // namespace zw::formula
