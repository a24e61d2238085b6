#include "base/problem.h"

#include <stdexcept>

#include "base/problem_catalogue.h"

namespace zw {

const std::vector<ProblemKind>& ProblemCatalogue() {
    static const std::vector<ProblemKind> kCatalogue(
        std::begin(kProblemCatalogue), std::end(kProblemCatalogue)
    );
    return kCatalogue;
}

std::optional<ProblemKind> FindProblemKind(std::string_view code) {
    for (const ProblemKind& kind : kProblemCatalogue) {
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

Problem::Problem(std::string_view code, Details details)
    : code_(code), details_(std::move(details)) {
    const auto kind = FindProblemKind(code);
    if (!kind) {
        throw std::logic_error("problem code is not in the catalogue: " + code_);
    }
    kind_ = *kind;
    what_ = code_ + ": " + Message();
}

std::string Problem::Message(bool english) const {
    return FillTemplate(english ? kind_.en : kind_.zh, details_);
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
