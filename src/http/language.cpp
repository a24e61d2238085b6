#include "http/language.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace zw::http {

namespace {

constexpr double kWhole = 1;

// Of "en;q=0.8": 0.8; without a weight, or with one that is no number, all of it.
double WeightOf(const std::vector<std::string>& choice) {
    for (size_t i = 1; i < choice.size(); ++i) {
        const std::string part = Trim(choice[i]);
        if (!StartsWith(part, "q=")) {
            continue;
        }
        double weight = kWhole;
        const auto read = std::from_chars(part.data() + 2, part.data() + part.size(), weight);
        return read.ec == std::errc() ? weight : kWhole;
    }
    return kWhole;
}

bool IsTongue(const std::string& tag, const char* tongue) {
    return tag.substr(0, tag.find('-')) == tongue;
}

}  // namespace

Language LanguageOf(const Request& request) {
    double chinese = 0;
    double english = 0;
    for (const std::string& one : Split(request.Header("accept-language"), ',')) {
        const std::vector<std::string> choice = Split(one, ';');
        const std::string tag = Trim(choice.front());
        if (IsTongue(tag, "zh")) {
            chinese = std::max(chinese, WeightOf(choice));
        } else if (IsTongue(tag, "en")) {
            english = std::max(english, WeightOf(choice));
        }
    }
    return english > chinese ? Language::kEnglish : Language::kChinese;
}

const std::string& In(Language language, const definition::Names& names) {
    return language == Language::kEnglish && !names.en.empty() ? names.en : names.zh;
}

const std::string& In(Language language, const Words& words) {
    return language == Language::kEnglish && !words.en.empty() ? words.en : words.zh;
}

const std::string& MessageIn(Language language, const Finding& finding) {
    return language == Language::kEnglish && !finding.message_en.empty() ? finding.message_en
                                                                         : finding.message;
}

}  // namespace zw::http
