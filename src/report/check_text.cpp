#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "report/check.h"

namespace zw::report {

namespace {

constexpr std::string_view kInstead = "instead.";

class TextChecker {
public:
    TextChecker(const definition::Model& model, const Period& period)
        : model_(model), period_(period) {}

    std::vector<Finding> Take() { return std::move(findings_); }

    // `years`: those that slots of the paragraph print; `names`: texts that come from settings and
    // phrases.
    void Paragraph(int number, const std::string& text, const std::set<int>& years) {
        number_ = number;
        Leftovers(text);
        Words(text);
        Phrases(text);
        Years(text, years);
        Digits(text);
    }

    // A phrase that nobody has compared with its document yet: said once.
    void Source(int number, const ResolvedSlot& slot) {
        if (slot.kind == "phrase" && slot.basis.find("待核") != std::string::npos &&
            unchecked_.insert(slot.key).second) {
            number_ = number;
            Add(Severity::kWarning,
                "phrase_unverified",
                {{"phrase", slot.text}, {"source", slot.basis}},
                slot.id);
        }
    }

    // `said`: the sentence, where it is not the one of the class.
    void Add(
        Severity severity,
        const char* code,
        const Details& details,
        std::string value = "",
        std::string_view said = {}
    ) {
        Finding finding = Finding::Of(severity, code, details, said);
        finding.row = number_;
        finding.value = std::move(value);
        findings_.push_back(std::move(finding));
    }

private:
    void Leftovers(const std::string& text) {
        for (const char* mark : {"XX", "××", "＊＊", "**", "___", "{{", "}}", "##"}) {
            if (text.find(mark) != std::string::npos) {
                Add(Severity::kRefused, "placeholder_left", {{"mark", mark}}, mark);
            }
        }
        for (const char* mark :
             {"http://", "https://", "www.", "微信", "公众号", "QQ群", "素材库"}) {
            if (text.find(mark) != std::string::npos) {
                Add(Severity::kRefused, "advertising", {{"mark", mark}}, mark);
            }
        }
        for (const char* mark : {"绝密", "机密★", "秘密★", "内部资料"}) {
            if (text.find(mark) != std::string::npos) {
                Add(Severity::kWarning, "secrecy", {{"mark", mark}}, mark);
            }
        }
    }

    // Words out of use and typing errors; an empty phrase: must not stand at all.
    void Words(const std::string& text) {
        for (const auto& phrase : model_.phrases) {
            if (!StartsWith(phrase.key, kInstead) || !InForce(phrase)) {
                continue;
            }
            const std::string word = phrase.key.substr(kInstead.size());
            if (!word.empty() && text.find(word) != std::string::npos) {
                Add(Severity::kWarning,
                    "word_out_of_use",
                    {{"word", word}, {"instead", phrase.text}},
                    word);
            }
        }
    }

    bool InForce(const definition::Phrase& phrase) const {
        return (!phrase.valid_from || *phrase.valid_from <= period_.last) &&
               (!phrase.valid_to || *phrase.valid_to >= period_.last);
    }

    // Fixed phrases are quoted exactly: one letter off is an error, one that is no longer said too.
    void Phrases(const std::string& text) {
        const std::u32string points = ToCodePoints(text);
        for (const auto& phrase : model_.phrases) {
            if (StartsWith(phrase.key, kInstead)) {
                continue;
            }
            if (!InForce(phrase)) {
                const auto* current = model_.FindPhrase(phrase.key, period_.last);
                if (text.find(phrase.text) != std::string::npos &&
                    (current == nullptr || current->text != phrase.text) &&
                    !InsideCurrent(text, phrase.text)) {
                    Add(Severity::kWarning,
                        "phrase_out_of_date",
                        {{"phrase", phrase.text}},
                        phrase.text);
                }
                continue;
            }
            Misquoted(points, phrase.text);
        }
    }

    // An old phrase may be part of a newer, longer one.
    bool InsideCurrent(const std::string& text, const std::string& old) const {
        return std::any_of(
            model_.phrases.begin(),
            model_.phrases.end(),
            [&](const definition::Phrase& phrase) {
                return InForce(phrase) && phrase.text.find(old) != std::string::npos &&
                       text.find(phrase.text) != std::string::npos;
            }
        );
    }

    void Misquoted(const std::u32string& text, const std::string& phrase) {
        constexpr size_t kLong = 6;  // shorter ones are one letter away from too many words
        const std::u32string wanted = ToCodePoints(phrase);
        if (wanted.size() < kLong || text.size() < wanted.size()) {
            return;
        }
        for (size_t at = 0; at + wanted.size() <= text.size(); ++at) {
            size_t wrong = 0;
            for (size_t i = 0; i < wanted.size() && wrong <= 1; ++i) {
                wrong += text[at + i] == wanted[i] ? 0 : 1;
            }
            if (wrong == 1) {
                const std::string found =
                    ToUtf8(std::u32string_view(text).substr(at, wanted.size()));
                Add(Severity::kWarning,
                    "phrase_misquoted",
                    {{"found", found}, {"phrase", phrase}},
                    found);
            }
        }
    }

    void Years(const std::string& text, const std::set<int>& years) {
        constexpr std::string_view kYear = "年";
        constexpr size_t kDigits = 4;
        const int own = period_.last.year;
        for (size_t at = text.find(kYear); at != std::string::npos;
             at = text.find(kYear, at + kYear.size())) {
            size_t begin = at;
            while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') {
                --begin;
            }
            if (at - begin != kDigits) {
                continue;
            }
            const int year = std::stoi(text.substr(begin, kDigits));
            if (year != own && year != own - 1 && year != own + 1 && !years.contains(year)) {
                Add(Severity::kWarning,
                    "other_year",
                    {{"year", std::to_string(year)}},
                    std::to_string(year));
            }
        }
    }

    static bool IsIdNumber(std::string_view digits) {
        constexpr std::array kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        constexpr std::string_view kChecks = "10X98765432";
        int sum = 0;
        for (size_t i = 0; i < kWeights.size(); ++i) {
            if (digits[i] < '0' || digits[i] > '9') {
                return false;
            }
            sum += (digits[i] - '0') * kWeights[i];
        }
        return kChecks[static_cast<size_t>(sum) % kChecks.size()] == digits.back();
    }

    // Runs of digits that are a person's: ID numbers, phones, cards.
    void Digits(const std::string& text) {
        constexpr size_t kId = 18;
        constexpr size_t kPhone = 11;
        constexpr size_t kCardLeast = 16;
        constexpr size_t kCardMost = 19;
        size_t begin = 0;
        while (begin < text.size()) {
            size_t end = begin;
            while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') ||
                                         (end - begin == kId - 1 && text[end] == 'X'))) {
                ++end;
            }
            const std::string_view run = std::string_view(text).substr(begin, end - begin);
            const bool id = run.size() == kId && IsIdNumber(run);
            const bool phone = run.size() == kPhone && run[0] == '1' && run[1] >= '3';
            if (id || phone || (run.size() >= kCardLeast && run.size() <= kCardMost)) {
                Add(Severity::kRefused,
                    "personal_data",
                    {},
                    "",
                    id      ? "personal_id"
                    : phone ? "personal_phone"
                            : "personal_card");
            }
            begin = end + 1;
        }
    }

    const definition::Model& model_;
    const Period period_;
    std::vector<Finding> findings_;
    std::set<std::string> unchecked_;  // phrases said to be so
    int number_ = 0;
};

}  // namespace

std::vector<Finding> CheckText(const definition::Model& model, const Rendered& rendered) {
    TextChecker checker(model, rendered.edition.period);
    int number = 0;
    for (const auto& paragraph : rendered.paragraphs) {
        ++number;
        std::set<int> years;
        for (const auto& span : paragraph.content.spans) {
            if (const auto* slot = span.mark.empty() ? nullptr : rendered.Find(span.mark)) {
                if (const auto period = ParsePeriod(slot->period)) {
                    years.insert(period->last.year);
                }
                if (const auto due = ParseIsoDate(slot->value)) {
                    years.insert(due->year);
                }
                checker.Source(number, *slot);
            }
        }
        checker.Paragraph(number, document::PlainText(paragraph.content.spans), years);
    }
    auto findings = checker.Take();
    for (auto& finding : CheckFigures(model, rendered)) {
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace zw::report
