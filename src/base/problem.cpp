#include "base/problem.h"

#include <stdexcept>

#include "base/problem_catalogue.h"
#include "base/problem_catalogue_import.h"
#include "base/problem_catalogue_report.h"

namespace zw {
namespace {

ProblemKind KindOf(std::string_view code) {
    const auto kind = FindProblemKind(code);
    if (!kind) {
        throw std::logic_error("problem code is not in the catalogue: " + std::string(code));
    }
    return *kind;
}

}  // namespace

const std::vector<ProblemKind>& ProblemCatalogue() {
    static const std::vector<ProblemKind> kCatalogue = [] {
        std::vector<ProblemKind> all(std::begin(kProblemCatalogue), std::end(kProblemCatalogue));
        all.insert(all.end(), std::begin(kImportCatalogue), std::end(kImportCatalogue));
        all.insert(all.end(), std::begin(kReportCatalogue), std::end(kReportCatalogue));
        return all;
    }();
    return kCatalogue;
}

std::optional<ProblemKind> FindProblemKind(std::string_view code) {
    for (const ProblemKind& kind : ProblemCatalogue()) {
        if (kind.code == code) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string FillTemplate(std::string_view template_text, const Details& details) {
    std::string out;
    size_t at = 0;
    while (at < template_text.size()) {
        const size_t open = template_text.find('{', at);
        const size_t close = open == std::string_view::npos ? open : template_text.find('}', open);
        if (close == std::string_view::npos) {
            break;
        }
        out += template_text.substr(at, open - at);
        const auto found =
            details.find(std::string(template_text.substr(open + 1, close - open - 1)));
        out += found != details.end() ? std::string_view(found->second)
                                      : template_text.substr(open, close - open + 1);
        at = close + 1;
    }
    out += template_text.substr(at);
    return out;
}

namespace {

// A detail that has an English name of its own (field, field_en) is called by it.
std::string FillEnglish(std::string_view template_text, const Details& details) {
    Details english = details;
    for (auto& [name, text] : english) {
        const auto own = details.find(name + "_en");
        if (own != details.end() && !own->second.empty()) {
            text = own->second;
        }
    }
    return FillTemplate(template_text, english);
}

}  // namespace

Words CatalogueWords(std::string_view code, const Details& details) {
    const ProblemKind kind = KindOf(code);
    return {FillTemplate(kind.zh, details), FillEnglish(kind.en, details)};
}

Problem::Problem(std::string_view code, Details details)
    : code_(code), details_(std::move(details)), kind_(KindOf(code)) {
    what_ = code_ + ": " + Message();
}

std::string Problem::Message(bool english) const {
    return english ? FillEnglish(kind_.en, details_) : FillTemplate(kind_.zh, details_);
}

void Finding::Say(Words words) {
    message = std::move(words.zh);
    message_en = std::move(words.en);
}

std::string_view SeverityName(Severity severity) {
    switch (severity) {
        case Severity::kNote:
            return "note";
        case Severity::kTotal:
            return "total";
        case Severity::kWarning:
            return "warning";
        case Severity::kRefused:
            break;
    }
    return "refused";
}

}  // namespace zw
