#include "sheet/column_parts.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kMeasuresOfOneThing = 3;  // columns of one whole side by side: 棵数 产量 收入

// How an item of a list is numbered: 2. or （二） or 三、.
struct Ordinal {
    bool bracketed = false;
    bool chinese = false;
    int number = 0;
};

std::optional<Ordinal> OrdinalOf(const std::string& name) {
    const std::u32string text = ToCodePoints(name);
    Ordinal ordinal;
    size_t at = 0;
    ordinal.bracketed = !text.empty() && text[0] == U'(';
    at += ordinal.bracketed ? 1 : 0;
    size_t end = at;
    while (end < text.size() && text[end] >= U'0' && text[end] <= U'9') {
        ++end;
    }
    if (end == at) {
        constexpr std::u32string_view kChineseDigits = U"一二三四五六七八九十";
        end = std::min(text.find_first_not_of(kChineseDigits, at), text.size());
        ordinal.chinese = true;
    }
    if (end == at || end - at > 3 || end >= text.size()) {
        return std::nullopt;
    }
    const std::string digits = ToUtf8(std::u32string_view(text).substr(at, end - at));
    const auto number =
        ordinal.chinese ? ParseChineseNumber(digits) : std::optional(std::stoi(digits));
    const bool closed = ordinal.bracketed
                            ? text[end] == U')'
                            : text[end] == U'.' || text[end] == U'、' || text[end] == U')';
    const bool decimal = end + 1 < text.size() && text[end + 1] >= U'0' && text[end + 1] <= U'9';
    if (!number || !closed || (decimal && !ordinal.bracketed)) {
        return std::nullopt;
    }
    ordinal.number = *number;
    return ordinal;
}

class PartLinker {
public:
    PartLinker(std::vector<Column>& columns, const Vocabulary& vocabulary)
        : columns_(columns), vocabulary_(vocabulary) {}

    void Link() {
        for (size_t i = 1; i < columns_.size(); ++i) {
            if (const auto tier = PartTier(columns_[i])) {
                columns_[i].part_of = WholeOf(i, *tier);
            }
        }
    }

private:
    // The tier at which the column says that it is a part; absent when none does.
    std::optional<size_t> PartTier(const Column& column) const {
        for (size_t tier = 0; tier < column.path.size(); ++tier) {
            if (StartsWithOne(Normalise(column.path[tier]), vocabulary_.part_words)) {
                return tier;
            }
        }
        return std::nullopt;
    }

    static std::string From(const Column& column, size_t tier) {
        std::string out;
        for (size_t i = tier; i < column.path.size(); ++i) {
            out += Normalise(column.path[i]) + "/";
        }
        return out;
    }

    static std::string Until(const Column& column, size_t tier) {
        std::string out;
        for (size_t i = 0; i < std::min(tier, column.path.size()); ++i) {
            out += Normalise(column.path[i]) + "/";
        }
        return out;
    }

    bool GoesOnCounting(const Column& part, const Column& whole) const {
        const auto mine = OrdinalOf(Normalise(part.path.back()));
        const auto other = OrdinalOf(Normalise(whole.path.back()));
        return mine && other && mine->bracketed == other->bracketed &&
               mine->chinese == other->chinese && mine->number > other->number;
    }

    // 其中 alone over names: the part is called by the tier below.
    bool IsBare(const std::string& name) const {
        std::string text = Normalise(name);
        while (!text.empty() && text.back() == ':') {
            text.pop_back();
        }
        return IsOneOf(text, vocabulary_.part_words);
    }

    int WholeOf(size_t i, size_t tier) const {
        const Column& part = columns_[i];
        size_t at = i;
        while (at > 0 && PartTier(columns_[at])) {
            --at;
        }
        const Column& nearest = columns_[at];
        if (at == i || PartTier(nearest) || GoesOnCounting(part, nearest)) {
            return 0;
        }
        const std::string measure = From(
            part, IsBare(part.path[tier]) && tier + 1 < part.path.size() ? tier + 2 : tier + 1
        );
        for (size_t steps = 0; steps < kMeasuresOfOneThing; ++steps, --at) {
            const Column& whole = columns_[at];
            if (steps > 0 && !BesideNearest(whole, nearest, part, tier)) {
                return 0;
            }
            const bool same_unit =
                whole.unit == part.unit || whole.unit.empty() || part.unit.empty();
            if (whole.adds && part.adds && same_unit && From(whole, tier + 1) == measure) {
                return whole.index;
            }
            if (at == 0) {
                return 0;
            }
        }
        return 0;
    }

    // Another measure of what the nearest column measures.
    bool BesideNearest(const Column& whole, const Column& nearest, const Column& part, size_t tier)
        const {
        if (PartTier(whole) || Until(whole, tier) != Until(part, tier)) {
            return false;
        }
        const bool group = nearest.path.size() > tier + 1;
        return group ? Until(whole, tier + 1) == Until(nearest, tier + 1)
                     : !part.unit.empty() && !whole.unit.empty() && nearest.unit != part.unit;
    }

    std::vector<Column>& columns_;
    const Vocabulary& vocabulary_;
};

}  // namespace

void LinkParts(std::vector<Column>& columns, const Vocabulary& vocabulary) {
    PartLinker(columns, vocabulary).Link();
}

}  // namespace zw::sheet
