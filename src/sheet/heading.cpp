#include "sheet/heading.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "sheet/heading_rows.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr int kMostTiers = 6;
constexpr int kMostUnitAndCodeRows = 3;
constexpr size_t kSearchedRows = 60;
constexpr double kNearlyBest = 0.6;

// The rows as a grid with merged cells.
class HeadingFinder {
public:
    HeadingFinder(
        const std::vector<RowData>& rows, const SheetInfo& info, const Vocabulary& vocabulary
    )
        : vocabulary_(vocabulary) {
        for (const RowData& row : rows) {
            looks_[row.number] = LookAt(row, vocabulary);
        }
        const int last = rows.empty() ? 0 : rows.back().number;
        for (const Merge& merge : info.merges) {
            if (merge.first_row <= last && merge.last_row >= rows.front().number) {
                merges_.push_back(merge);
            }
        }
    }

    std::optional<Heading> Find(bool only_first) const {
        std::vector<std::pair<double, Heading>> found;
        double best = 0;
        size_t searched = 0;
        for (const auto& [number, look] : looks_) {
            if (++searched > kSearchedRows) {
                break;
            }
            if (!MayBegin(number, look)) {
                continue;
            }
            Heading heading = Extend(number);
            const double score = Score(heading, looks_, vocabulary_);
            if (score > 0) {
                best = std::max(best, score);
                found.emplace_back(score, std::move(heading));
            }
            if (only_first) {
                break;
            }
        }
        for (auto& [score, heading] : found) {
            if (score >= best * kNearlyBest) {
                return std::move(heading);
            }
        }
        return std::nullopt;
    }

private:
    const Look* At(int row) const {
        const auto found = looks_.find(row);
        return found == looks_.end() ? nullptr : &found->second;
    }

    std::string Own(int row, int column) const {
        if (const Look* look = At(row)) {
            for (const auto& [at, text] : look->texts) {
                if (at == column) {
                    return text;
                }
            }
        }
        return {};
    }

    const Merge* MergeOver(int row, int column) const {
        for (const Merge& merge : merges_) {
            if (row >= merge.first_row && row <= merge.last_row && column >= merge.first_column &&
                column <= merge.last_column) {
                return &merge;
            }
        }
        return nullptr;
    }

    // The text that a reader sees at a place: its own, or that of the merged cell over it.
    std::string Seen(int row, int column) const {
        const Merge* merge = MergeOver(row, column);
        return merge == nullptr ? Own(row, column) : Own(merge->first_row, merge->first_column);
    }

    bool MayBegin(int number, const Look& look) const {
        const auto texts = static_cast<int>(look.texts.size());
        if (texts < 2 || look.values > 0 || look.remarks * 2 >= texts ||
            IsUnitRow(look, vocabulary_)) {
            return false;
        }
        return !IsTitleBesideTexts(number, look) &&
               !IsOneOf(look.texts[0].second, vocabulary_.total_words);
    }

    // A title over the first three columns or more with a date or unit beside it. Where another
    // text is merged too, over columns or down, the first is a group over columns that stand
    // first: 果园 | 林地 | 所在地.
    bool IsTitleBesideTexts(int number, const Look& look) const {
        const Merge* merge = MergeOver(number, look.texts[0].first);
        if (merge == nullptr || merge->last_column - merge->first_column < 2 ||
            merge->first_column != FirstColumn()) {
            return false;
        }
        return std::none_of(look.texts.begin() + 1, look.texts.end(), [&](const auto& cell) {
            return MergeOver(number, cell.first) != nullptr &&
                   ToHalfWidth(cell.second).find_first_of(":0123456789") == std::string::npos;
        });
    }

    int FirstColumn() const {
        int first = 1 << 20;
        for (const auto& [number, look] : looks_) {
            if (look.texts.size() > 1) {
                first = std::min(first, look.texts[0].first);
            }
        }
        return first;
    }

    // A merged cell of the block reaches down into `row`.
    bool ReachesDown(int first, int row) const {
        return std::any_of(merges_.begin(), merges_.end(), [&](const Merge& merge) {
            return merge.first_row >= first && merge.first_row < row && merge.last_row >= row &&
                   !Own(merge.first_row, merge.first_column).empty();
        });
    }

    // The column has no name yet in rows first … last, or only that of a group over several
    // columns.
    bool NeedsName(int first, int last, int column, const Look& next) const {
        for (int row = last; row >= first; --row) {
            if (Seen(row, column).empty()) {
                continue;
            }
            const Merge* merge = MergeOver(row, column);
            if (merge != nullptr && merge->last_column > merge->first_column) {
                return true;
            }
            // Not merged: a group when the column at its right has no name here and gets one below.
            const bool right_named =
                std::any_of(next.texts.begin(), next.texts.end(), [&](const auto& cell) {
                    return cell.first == column + 1;
                });
            bool right_gap = true;
            for (int above = first; above <= last; ++above) {
                right_gap = right_gap && Seen(above, column + 1).empty();
            }
            return right_named && right_gap;
        }
        return true;
    }

    bool IsAnotherTier(int first, int last, const Look& next) const {
        if (next.texts.empty() || next.values > 0 ||
            next.remarks * 2 > static_cast<int>(next.texts.size())) {
            return false;
        }
        int needed = 0;
        for (const auto& [column, text] : next.texts) {
            needed += NeedsName(first, last, column, next) ? 1 : 0;
        }
        const int leftmost = At(first)->texts[0].first;
        const bool key_empty = next.texts[0].first > leftmost;
        return needed == static_cast<int>(next.texts.size()) || (key_empty && needed > 0);
    }

    // A row of units or codes not far below settles where the heading ends, whatever stands
    // between.
    int LastUnitOrCodeRow(int first) const {
        int last = first;
        bool units = false;
        for (int row = first + 1; row < first + kMostTiers + kMostUnitAndCodeRows; ++row) {
            const Look* look = At(row);
            if (look == nullptr) {
                if (!ReachesDown(first, row)) {
                    break;
                }
            } else if (IsUnitRow(*look, vocabulary_)) {
                units = true;
                last = row;
            } else if (IsCodeRow(*look, vocabulary_, units)) {
                last = row;
            } else if (look->values > 0) {
                break;
            }
        }
        return last;
    }

    int LastTier(int first) const {
        int last = first;
        while (last - first + 1 < kMostTiers) {
            const Look* next = At(last + 1);
            const bool reached = ReachesDown(first, last + 1);
            if (next == nullptr
                    ? !reached
                    : (next->values > 0 || (!reached && !IsAnotherTier(first, last, *next)))) {
                break;
            }
            ++last;
        }
        return last;
    }

    Heading Extend(int first) const {
        Heading heading;
        heading.first = first;
        heading.last = std::max(LastUnitOrCodeRow(first), first);
        if (heading.last == first) {
            heading.last = LastTier(first);
        }
        std::vector<int> tiers;
        std::vector<int> unit_rows;
        std::vector<int> code_rows;
        for (int row = first; row <= heading.last; ++row) {
            const Look* look = At(row);
            if (look == nullptr) {
                continue;
            }
            heading.tiers.push_back(look->texts);
            if (row > first && IsUnitRow(*look, vocabulary_)) {
                unit_rows.push_back(row);
            } else if (row > first && IsCodeRow(*look, vocabulary_, !unit_rows.empty())) {
                code_rows.push_back(row);
            } else {
                tiers.push_back(row);
            }
        }
        NameColumns(heading, tiers, unit_rows);
        for (Column& column : heading.columns) {
            for (const int row : unit_rows) {
                AddUnit(column, row);
            }
            for (const int row : code_rows) {
                column.code = Own(row, column.index);
            }
        }
        return heading;
    }

    void AddUnit(Column& column, int row) const {
        const std::string text = WithoutBrackets(Own(row, column.index));
        const bool labelled = IsOneOf(At(row)->texts[0].second, vocabulary_.unit_labels) &&
                              At(row)->texts[0].first != column.index;
        if (IsUnit(text, vocabulary_) || (labelled && !text.empty() && !IsStem(text))) {
            column.unit = text;
        }
    }

    int Width(const std::vector<int>& tiers) const {
        int width = 0;
        for (const int row : tiers) {
            const Look* look = At(row);
            if (!look->texts.empty()) {
                const Merge* merge = MergeOver(row, look->texts.back().first);
                width = std::max(
                    width, merge == nullptr ? look->texts.back().first : merge->last_column
                );
            }
        }
        return width;
    }

    // The text of a group that is not merged reaches right over columns that have no text of their
    // own in its row.
    std::string GroupAtLeft(const std::vector<int>& tiers, int row, int column) const {
        const int first = tiers.front();
        const auto below = [&](int at) {
            return std::any_of(tiers.begin(), tiers.end(), [&](int lower) {
                return lower > row && !Own(lower, at).empty();
            });
        };
        if (!below(column)) {
            return {};
        }
        for (int left = column - 1; left >= 1; --left) {
            const std::string text = Own(row, left);
            if (!text.empty()) {
                const bool same_parent = row == first ||
                                         Seen(row - 1, left) == Seen(row - 1, column) ||
                                         Seen(row - 1, column).empty();
                return below(left) && MergeOver(row, left) == nullptr && same_parent
                           ? RawText(row, left)
                           : std::string{};
            }
            if (!below(left) || MergeOver(row, left) != nullptr) {
                return {};
            }
        }
        return {};
    }

    std::string RawText(int row, int column) const {
        const Look* look = At(row);
        const auto index = static_cast<size_t>(column - 1);
        return look != nullptr && index < look->row->cells.size() ? look->row->cells[index].text
                                                                  : std::string{};
    }

    // One name over two measures: each has a unit of its own in a row of units.
    bool IsMeasured(int column, const std::vector<int>& unit_rows) const {
        return std::any_of(unit_rows.begin(), unit_rows.end(), [&](int row) {
            return IsUnit(WithoutBrackets(Own(row, column)), vocabulary_);
        });
    }

    void NameColumns(
        Heading& heading, const std::vector<int>& tiers, const std::vector<int>& unit_rows
    ) const {
        const int width = Width(tiers);
        for (int index = 1; index <= width; ++index) {
            Column column;
            column.index = index;
            const Merge* before = nullptr;
            bool leaf_elsewhere =
                false;  // the lowest name belongs to a merged cell that began further left
            for (const int row : tiers) {
                const Merge* merge = MergeOver(row, index);
                if (merge != nullptr && merge == before) {
                    continue;
                }
                before = merge;
                const std::string raw = merge != nullptr
                                            ? RawText(merge->first_row, merge->first_column)
                                        : !Own(row, index).empty() ? RawText(row, index)
                                                                   : GroupAtLeft(tiers, row, index);
                if (Normalise(raw).empty()) {
                    continue;
                }
                NameAndUnit part = SplitHeadingUnit(raw, vocabulary_);
                if (!part.unit.empty()) {
                    column.unit = part.unit;
                }
                leaf_elsewhere = merge != nullptr && merge->first_column < index;
                if (!part.name.empty() &&
                    (column.path.empty() || column.path.back() != part.name)) {
                    column.path.push_back(std::move(part.name));
                }
            }
            if (!column.path.empty() && (!leaf_elsewhere || IsMeasured(index, unit_rows))) {
                column.name = Join(column.path, "/");
                heading.columns.push_back(std::move(column));
            }
        }
    }

    const Vocabulary& vocabulary_;
    std::map<int, Look> looks_;
    std::vector<Merge> merges_;
};

}  // namespace

std::optional<Heading> FindHeading(
    const std::vector<RowData>& rows,
    const SheetInfo& info,
    const Vocabulary& vocabulary,
    bool only_first
) {
    return rows.empty() ? std::nullopt : HeadingFinder(rows, info, vocabulary).Find(only_first);
}

}  // namespace zw::sheet
