#include "base/problem.h"

#include <stdexcept>
#include <unordered_map>

#include "base/problem_catalogue.h"
#include "base/problem_catalogue_figure.h"
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
        all.insert(all.end(), std::begin(kFigureCatalogue), std::end(kFigureCatalogue));
        all.insert(all.end(), std::begin(kReportCatalogue), std::end(kReportCatalogue));
        return all;
    }();
    return kCatalogue;
}

std::optional<ProblemKind> FindProblemKind(std::string_view code) {
    // An import asks once for every finding.
    static const std::unordered_map<std::string_view, const ProblemKind*> kByCode = [] {
        std::unordered_map<std::string_view, const ProblemKind*> by_code;
        for (const ProblemKind& kind : ProblemCatalogue()) {
            by_code.emplace(kind.code, &kind);
        }
        return by_code;
    }();
    const auto found = kByCode.find(code);
    return found == kByCode.end() ? std::nullopt : std::optional(*found->second);
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

Words Sentence(std::string_view code, const std::vector<std::pair<std::string, Words>>& parts) {
    Details details;
    for (const auto& [name, words] : parts) {
        details[name] = words.zh;
        details[name + "_en"] = words.en;
    }
    return CatalogueWords(code, details);
}

Words& Words::operator+=(const Words& more) {
    zh += more.zh;
    en += more.en;
    return *this;
}

Words operator+(Words first, const Words& more) {
    first += more;
    return first;
}

Words Join(const std::vector<Words>& list, const Words& between) {
    Words joined;
    for (size_t i = 0; i < list.size(); ++i) {
        joined += i == 0 ? list[i] : between + list[i];
    }
    return joined;
}

Problem::Problem(std::string_view code, Details details)
    : code_(code), details_(std::move(details)), kind_(KindOf(code)) {
    what_ = code_ + ": " + Message();
}

Problem Problem::Because(std::string_view code, Words what) {
    return Problem(code, {{"what", std::move(what.zh)}, {"what_en", std::move(what.en)}});
}

std::string Problem::Message(bool english) const {
    return english ? FillEnglish(kind_.en, details_) : FillTemplate(kind_.zh, details_);
}

void Finding::Say(Words words) {
    message = std::move(words.zh);
    message_en = std::move(words.en);
}

Finding Finding::Of(
    Severity severity, std::string code, const Details& details, std::string_view said
) {
    Finding finding;
    finding.severity = severity;
    finding.Say(CatalogueWords(said.empty() ? std::string_view(code) : said, details));
    finding.code = std::move(code);
    return finding;
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
