// A heading's cell in two: its name and its unit; and the cells of a row as texts.

#include "base/text.h"
#include "sheet/heading.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

// The unit inside the last pair of brackets of `text` that holds one; the text without that pair
// goes to `rest`.
std::string BracketUnit(const std::string& text, const Vocabulary& vocabulary, std::string& rest) {
    const std::string half =
        ReplaceAll(ReplaceAll(ReplaceAll(text, "（", "("), "）", ")"), "：", ":");
    for (size_t open = half.rfind('('); open != std::string::npos;
         open = open == 0 ? std::string::npos : half.rfind('(', open - 1)) {
        const size_t close = half.find(')', open);
        if (close == std::string::npos) {
            continue;
        }
        std::string inside = Normalise(half.substr(open + 1, close - open - 1));
        for (const std::string& label : vocabulary.unit_labels) {
            if (StartsWith(inside, label + ":")) {
                inside.erase(0, label.size() + 1);
            }
        }
        for (const std::string_view stop : {",", ";", "、"}) {
            inside = inside.substr(0, inside.find(stop));
        }
        // 企业（户）全称: one or the other, no unit.
        const bool within = IsOneOf(inside, vocabulary.count_units) &&
                            !RemoveSpaces(half.substr(close + 1)).empty() &&
                            !StartsWithOne(Normalise(half.substr(close + 1)), {"(", "/"});
        if (!within && IsUnit(inside, vocabulary)) {
            rest = half.substr(0, open) + half.substr(close + 1);
            return inside;
        }
    }
    return {};
}

}  // namespace

NameAndUnit SplitHeadingUnit(const std::string& text, const Vocabulary& vocabulary) {
    std::string rest;
    if (std::string unit = BracketUnit(text, vocabulary, rest); !unit.empty()) {
        return {RemoveSpaces(rest), std::move(unit)};
    }
    const std::string bare = ReplaceAll(RemoveSpaces(text), "／", "/");
    for (size_t slash = bare.find('/'); slash != std::string::npos;
         slash = bare.find('/', slash + 1)) {
        const std::string unit = bare.substr(slash + 1);
        if (slash > 0 && IsUnit(unit, vocabulary) && !IsUnit(bare.substr(0, slash), vocabulary)) {
            return {bare.substr(0, slash), Normalise(unit)};
        }
    }
    const std::string trimmed = Trim(text);
    if (const size_t line = trimmed.rfind('\n'); line != std::string::npos) {
        const std::string unit = Normalise(trimmed.substr(line + 1));
        if (IsUnit(unit, vocabulary) && !IsOneOf(unit, vocabulary.count_units)) {
            return {RemoveSpaces(trimmed.substr(0, line)), unit};
        }
    }
    return {RemoveSpaces(text), {}};
}

std::vector<std::pair<int, std::string>> RowTexts(
    const RowData& row, const Vocabulary& vocabulary
) {
    std::vector<std::pair<int, std::string>> texts;
    for (size_t i = 0; i < row.cells.size(); ++i) {
        if (!IsEmpty(row.cells[i], vocabulary)) {
            texts.emplace_back(static_cast<int>(i + 1), Normalise(row.cells[i].text));
        }
    }
    return texts;
}

}  // namespace zw::sheet
