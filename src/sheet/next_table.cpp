#include "sheet/next_table.h"

#include <algorithm>

#include "base/text.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kLongTitle = 60;  // characters; what is longer is a sentence

// 填报单位 of "填报单位:柳湾村"; empty when nothing is labelled.
std::string LabelOf(const std::string& text) {
    const size_t colon = text.find(':');
    return colon == std::string::npos ? std::string{} : text.substr(0, colon);
}

bool Labelled(const std::vector<std::string>& titles, const std::string& label) {
    return std::any_of(titles.begin(), titles.end(), [&](const std::string& title) {
        return LabelOf(Normalise(title)) == label;
    });
}

// 注:…, 制表人:…, a sentence: belongs to the table above, unless that has such a line in its title.
bool IsFoot(
    const std::string& text, const std::vector<std::string>& titles, const Vocabulary& vocabulary
) {
    if (text.find("。") != std::string::npos || Length(text) > kLongTitle) {
        return true;
    }
    const std::string label = LabelOf(text);
    return StartsWithOne(text, vocabulary.note_words) &&
           (label.empty() || !Labelled(titles, label));
}

bool IsFoot(
    const Line& line, const std::vector<std::string>& titles, const Vocabulary& vocabulary
) {
    return std::all_of(line.cells.begin(), line.cells.end(), [&](const std::string& text) {
        return IsFoot(text, titles, vocabulary);
    });
}

bool IsRemark(const Line& line, const Vocabulary& vocabulary) {
    return std::all_of(line.cells.begin(), line.cells.end(), [&](const std::string& text) {
        return !LabelOf(text).empty() || StartsWithOne(text, vocabulary.note_words);
    });
}

// Without what a page adds to a title: 续表, (续), 第2页.
std::string WithoutPage(std::string text) {
    for (const std::string_view word : {"(续表)", "(续)", "续表", "接上表"}) {
        text = ReplaceAll(text, word, "");
    }
    for (const std::string_view before : {"第", "共"}) {
        const size_t at = text.find(before);
        const size_t page = at == std::string::npos ? at : text.find("页", at);
        if (page != std::string::npos &&
            text.substr(at + before.size(), page - at - before.size())
                    .find_first_not_of("0123456789") == std::string::npos) {
            text.erase(at, page + std::string_view("页").size() - at);
        }
    }
    return text;
}

struct Block {
    size_t first;
    size_t end;
};

std::vector<Block> BlocksOf(const std::vector<Line>& lines) {
    std::vector<Block> blocks;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].cells.empty()) {
            continue;
        }
        if (blocks.empty() || blocks.back().end != i) {
            blocks.push_back({i, i});
        }
        blocks.back().end = i + 1;
    }
    return blocks;
}

}  // namespace

size_t TitleLines(
    const std::vector<Line>& lines,
    bool under_data,
    const std::vector<std::string>& titles,
    const Vocabulary& vocabulary
) {
    size_t first = lines.size();
    const std::vector<Block> blocks = BlocksOf(lines);
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
        const bool touches = under_data && block->first == 0;
        if (touches && block->end != lines.size()) {
            break;
        }
        size_t from = block->end;
        bool named = false;
        while (from > block->first && !IsFoot(lines[from - 1], titles, vocabulary)) {
            if (touches && named) {
                break;  // names without figures, then one line of title
            }
            --from;
            named = named || !IsRemark(lines[from], vocabulary);
        }
        if (from == block->end) {
            break;
        }
        first = from;
        if (named || from > block->first) {
            break;
        }
    }
    return lines.size() - first;
}

bool NamesAnother(
    const std::vector<Line>& lines,
    const std::vector<std::string>& titles,
    const Vocabulary& vocabulary
) {
    const auto known = [&](const std::string& text) {
        return std::any_of(titles.begin(), titles.end(), [&](const std::string& title) {
            return WithoutPage(WithoutFilledDates(title, vocabulary)) == text;
        });
    };
    for (const Line& line : lines) {
        for (const std::string& cell : line.cells) {
            const std::string text = WithoutPage(WithoutFilledDates(cell, vocabulary));
            const std::string label = LabelOf(text);
            const bool other = !Normalise(text).empty() && !known(text) &&
                               !IsFoot(text, titles, vocabulary) &&
                               (label.empty() || Labelled(titles, label));
            if (other) {
                return true;
            }
        }
    }
    return false;
}

std::optional<Heading> Repeated(
    const Heading& heading,
    const std::vector<RowData>& rows,
    int first,
    const Vocabulary& vocabulary
) {
    using Texts = std::vector<std::pair<int, std::string>>;
    Heading again = heading;
    again.first = first;
    again.last = first + heading.last - heading.first;
    again.repeats = true;
    std::vector<Texts> here;
    for (const RowData& row : rows) {
        if (row.number >= again.first && row.number <= again.last) {
            here.push_back(RowTexts(row, vocabulary));
        }
    }
    std::vector<Texts> there = heading.tiers;
    for (std::vector<Texts>* tiers : {&here, &there}) {
        std::erase_if(*tiers, [](const Texts& texts) { return texts.empty(); });
    }
    return here == there ? std::optional(std::move(again)) : std::nullopt;
}

}  // namespace zw::sheet
