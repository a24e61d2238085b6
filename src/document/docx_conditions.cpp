#include "document/docx_conditions.h"

#include <vector>

#include "base/text.h"
#include "document/docx_runs.h"

namespace zw::document {

namespace {

constexpr std::string_view kIf = "if ";
constexpr std::string_view kEach = "each ";
constexpr std::string_view kElse = "else";
constexpr std::string_view kEnd = "end";

bool Opens(std::string_view mark) {
    return StartsWith(mark, kIf) || StartsWith(mark, kEach);
}

void Cut(const pugi::xml_node& paragraph, size_t begin, size_t end) {
    pugi::xml_node hole = CutRange(paragraph, begin, end);
    hole.parent().remove_child(hole);
}

// The {{else}} and {{end}} of the mark `open` among the paragraph's placeholders.
struct Branches {
    const Placeholder* otherwise = nullptr;
    const Placeholder* end = nullptr;
};

Branches BranchesOf(const std::vector<Placeholder>& marks, size_t open) {
    Branches branches;
    int depth = 1;
    for (size_t i = open + 1; i < marks.size() && branches.end == nullptr; ++i) {
        depth += Opens(marks[i].name) ? 1 : 0;
        depth -= marks[i].name == kEnd ? 1 : 0;
        if (depth == 0) {
            branches.end = &marks[i];
        } else if (depth == 1 && marks[i].name == kElse) {
            branches.otherwise = &marks[i];
        }
    }
    return branches;
}

// From the end, so that offsets before stay true.
void Keep(
    const pugi::xml_node& paragraph, const Placeholder& open, const Branches& branches, bool holds
) {
    if (branches.otherwise == nullptr) {
        if (holds) {
            Cut(paragraph, branches.end->begin, branches.end->end);
        }
        Cut(paragraph, open.begin, holds ? open.end : branches.end->end);
        return;
    }
    Cut(paragraph, holds ? branches.otherwise->begin : branches.end->begin, branches.end->end);
    Cut(paragraph, open.begin, holds ? open.end : branches.otherwise->end);
}

}  // namespace

std::optional<std::string> IfFormula(std::string_view mark) {
    return StartsWith(mark, kIf) ? std::optional(Trim(mark.substr(kIf.size()))) : std::nullopt;
}

bool DecideInline(
    const pugi::xml_node& paragraph,
    const Holds& holds,
    const std::function<void(const std::string& mark)>& unknown
) {
    size_t passed = 0;  // conditions that nobody could decide stay
    for (;;) {
        const auto marks = FindPlaceholders(ParagraphText(paragraph));
        size_t open = 0;
        size_t left = passed;
        while (open < marks.size() && (!IfFormula(marks[open].name) || left > 0)) {
            left -= IfFormula(marks[open].name) ? 1 : 0;
            ++open;
        }
        if (open == marks.size()) {
            return true;
        }
        const Branches branches = BranchesOf(marks, open);
        if (branches.end == nullptr) {
            return false;
        }
        const auto decided = holds ? holds(*IfFormula(marks[open].name)) : std::nullopt;
        if (decided) {
            Keep(paragraph, marks[open], branches, *decided);
        } else {
            unknown(marks[open].name);
            ++passed;
        }
    }
}

std::optional<pugi::xml_node> DecideParagraphs(
    const pugi::xml_node& mark,
    bool holds,
    const std::function<std::optional<std::string>(const pugi::xml_node&)>& lone
) {
    std::vector<pugi::xml_node> away = {mark};
    bool keeps = holds;
    int depth = 1;
    pugi::xml_node node = mark.next_sibling();
    for (; node; node = node.next_sibling()) {
        const auto name = lone(node);
        depth += name && Opens(*name) ? 1 : 0;
        depth -= name && *name == kEnd ? 1 : 0;
        const bool otherwise = depth == 1 && name && *name == kElse;
        keeps = otherwise ? !holds : keeps;
        if (depth == 0 || otherwise || !keeps) {
            away.push_back(node);
        }
        if (depth == 0) {
            break;
        }
    }
    if (!node) {
        return std::nullopt;
    }
    pugi::xml_node next = mark.next_sibling();
    for (const auto& one : away) {
        next = next == one ? one.next_sibling() : next;
    }
    for (const auto& one : away) {
        one.parent().remove_child(one);
    }
    return next;
}

}  // namespace zw::document
