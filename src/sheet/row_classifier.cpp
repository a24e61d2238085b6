#include "sheet/row_classifier.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr size_t kMostLabelled = 8;  // cells of a line of signatures
constexpr size_t kLongName = 20;     // characters; what is longer and alone is a sentence

std::string WithoutTail(const std::string& label) {
    const size_t bracket = label.find('(');
    return bracket == std::string::npos || bracket == 0 ? label : label.substr(0, bracket);
}

bool IsSentence(const std::string& text) {
    if (Length(text) > kLongName) {
        return true;
    }
    for (const std::string_view mark : {":", "。", ";", "；", "《", "第"}) {
        if (text.find(mark) != std::string::npos) {
            return true;
        }
    }
    return false;
}

// 填表人:… | 手机号: | 13900000000: each number stands behind a label of its own.
template <typename Cells>
bool NumbersAreLabelled(const Cells& cells, const Vocabulary& vocabulary) {
    int numbers = 0;
    for (size_t i = 1; i < cells.size(); ++i) {
        const auto& before = cells[i - 1];
        numbers += cells[i].value ? 1 : 0;
        const bool label = !before.value && (EndsWith(before.text, ":") ||
                                             IsOneOf(before.text, vocabulary.note_words));
        if (cells[i].value && !label) {
            return false;
        }
    }
    return numbers > 0 && cells.size() <= kMostLabelled;
}

}  // namespace

RowClassifier::RowClassifier(
    const Heading& heading,
    const TableInfo& table,
    const SheetInfo& info,
    const Vocabulary& vocabulary
)
    : heading_(heading), table_(table), vocabulary_(vocabulary) {
    for (const Column& column : table.columns) {
        columns_[column.index] = &column;
        const std::string name = Normalise(column.path.back());
        serial_[column.index] = IsOneOf(name, vocabulary.serial_words);
        numbering_[column.index] =
            serial_[column.index] ||
            (!column.adds && !EndingWord(name, vocabulary.code_labels).empty());
    }
    for (const Merge& merge : info.merges) {
        if (merge.first_row > heading.last) {
            int& width = wide_[merge.first_row];
            width = std::max(width, merge.last_column - merge.first_column + 1);
        }
    }
}

bool RowClassifier::IsSerial(int column) const {
    const auto found = serial_.find(column);
    return found != serial_.end() && found->second;
}

bool RowClassifier::IsNumbering(int column) const {
    const auto found = numbering_.find(column);
    return found != numbering_.end() && found->second;
}

std::vector<RowClassifier::Filled> RowClassifier::InTable(const TableRow& row) const {
    std::vector<Filled> cells;
    const int first = table_.columns.front().index;
    // The last heading may be merged over more columns than it has an entry for.
    const int last = std::max(
        table_.columns.back().index,
        heading_.tiers.front().empty() ? 0 : heading_.tiers.front().back().first
    );
    for (int column = first; column <= last && column <= static_cast<int>(row.cells.size());
         ++column) {
        const auto index = static_cast<size_t>(column - 1);
        const Cell& cell = row.cells[index];
        if (!IsEmpty(cell, vocabulary_)) {
            cells.push_back({column, Normalise(cell.text), !row.filled[index], LooksLikeValue(cell)}
            );
        }
    }
    return cells;
}

std::vector<std::pair<int, std::string>> RowClassifier::OwnTexts(const TableRow& row) const {
    std::vector<std::pair<int, std::string>> texts;
    for (size_t i = 0; i < row.cells.size(); ++i) {
        if (!row.filled[i] && !IsEmpty(row.cells[i], vocabulary_)) {
            texts.emplace_back(static_cast<int>(i + 1), Normalise(row.cells[i].text));
        }
    }
    return texts;
}

bool RowClassifier::BeginsAgain(const TableRow& row) const {
    return OwnTexts(row) == heading_.tiers.front();
}

bool RowClassifier::IsRepeatedHeading(const TableRow& row) const {
    const auto texts = OwnTexts(row);
    return texts.size() > 1 &&
           std::find(heading_.tiers.begin(), heading_.tiers.end(), texts) != heading_.tiers.end();
}

bool RowClassifier::IsWide(int row) const {
    const auto found = wide_.find(row);
    return found != wide_.end() &&
           (found->second >= 3 || found->second * 2 >= static_cast<int>(table_.columns.size()));
}

// `labels`: texts in the row beside numbers; `numbered`: it has a row number.
bool RowClassifier::LabelIsTotal(
    const std::string& label, size_t labels, bool numbered, RowVerdict& verdict
) const {
    const std::string core = WithoutTail(label);
    const std::string word = EndingWord(core, vocabulary_.total_words);
    if (word.empty()) {
        return false;
    }
    // 会计 and 设计 end like a total: a word of one character needs the row to be otherwise bare.
    const bool exact = core == word;
    if (!exact && (numbered || labels > 2 || (Length(word) == 1 && labels > 1))) {
        return false;
    }
    verdict.kind = RowKind::kTotal;
    // 合计(柳湾村) is 柳湾村合计.
    const bool of_one = exact && core.size() + 2 < label.size() && label.back() == ')';
    verdict.label =
        of_one ? label.substr(core.size() + 1, label.size() - core.size() - 2) + word : core;
    verdict.word = word;
    return true;
}

// 本年, 上年, 增减 …: the first word of the row, or one in a column that has no name.
bool RowClassifier::FindComparison(const std::vector<Filled>& labels, RowVerdict& verdict) const {
    // 合 and 计 are often written one above the other beside 本年 and 上年; no name has one
    // character.
    const bool split = labels.size() > 1 && Length(labels[0].text) == 1;
    for (size_t i = 0; i < std::min<size_t>(labels.size(), 3); ++i) {
        const std::string& label = labels[i].text;
        const bool may_say = i == (split ? 1U : 0U) || columns_.count(labels[i].column) == 0;
        const bool behind_total =
            i > 0 && IsOneOf(WithoutTail(labels[i - 1].text), vocabulary_.total_words);
        if (may_say && !behind_total && IsOneOf(label, vocabulary_.comparison_words)) {
            verdict.current = IsOneOf(label, vocabulary_.current_words);
            verdict.kind = verdict.current ? RowKind::kTotal : RowKind::kComparison;
            verdict.label = verdict.word = label;
            return true;
        }
    }
    return false;
}

// 全镇 and another name behind it (全镇 | 修路 | 1500): a row of the whole town about one
// thing, no sum. A word behind the numbers is a remark, one with digits (18个村) counts.
bool RowClassifier::NamesAThing(const std::vector<Filled>& labels) const {
    return std::any_of(labels.begin() + 1, labels.end(), [&](const Filled& label) {
        const auto column = columns_.find(label.column);
        const auto adding = std::find_if(columns_.begin(), columns_.end(), [](const auto& one) {
            return one.second->adds;
        });
        return column != columns_.end() && !column->second->adds && label.column < adding->first &&
               label.text.find_first_of("0123456789") == std::string::npos &&
               !IsOneOf(WithoutTail(label.text), vocabulary_.total_words);
    });
}

bool RowClassifier::FindTotal(const std::vector<Filled>& cells, RowVerdict& verdict) const {
    std::vector<Filled> labels;
    bool numbered = false;
    bool numbers = false;
    for (const Filled& cell : cells) {
        if (cell.value) {
            numbered = numbered || IsSerial(cell.column);
            const auto column = columns_.find(cell.column);
            numbers = numbers || (column != columns_.end() && column->second->adds);
        } else {
            labels.push_back(cell);
        }
    }
    if (labels.empty()) {
        return false;
    }
    if (numbers && FindComparison(labels, verdict)) {
        return true;
    }
    if (numbers && IsOneOf(WithoutTail(labels[0].text), vocabulary_.whole_words) &&
        !NamesAThing(labels)) {
        verdict.kind = RowKind::kTotal;
        verdict.label = verdict.word = WithoutTail(labels[0].text);
        return true;
    }
    for (size_t i = 0; i < std::min<size_t>(labels.size(), 3); ++i) {
        RowVerdict found;
        const std::string& label = labels[i].text;
        const bool exact_word = IsOneOf(WithoutTail(label), vocabulary_.total_words);
        if ((i > 0 && !exact_word) || !LabelIsTotal(label, labels.size(), numbered, found)) {
            continue;
        }
        if (exact_word && Length(found.word) == 1 && i > 0) {
            continue;
        }
        if (i + 1 < labels.size() && IsOneOf(labels[i + 1].text, vocabulary_.comparison_words)) {
            found.current = IsOneOf(labels[i + 1].text, vocabulary_.current_words);
            found.kind = found.current ? found.kind : RowKind::kComparison;
        }
        found.beside = i > 0 ? labels[i - 1].text : std::string{};
        verdict = found;
        return true;
    }
    return false;
}

// 共12人, 合计:8座: a number of things between words, in one cell.
bool RowClassifier::IsCount(const std::string& text) const {
    for (const std::string& word : vocabulary_.counting_words) {
        if (!StartsWith(text, word)) {
            continue;
        }
        const std::string rest = text.substr(word.size());
        const size_t digits = rest.find_first_of("0123456789");
        const size_t after = rest.find_first_not_of("0123456789.", digits);
        const bool begins = digits == 0 || (digits == 1 && rest[0] == ':');
        if (begins && (after == std::string::npos || IsUnit(rest.substr(after), vocabulary_))) {
            return true;
        }
    }
    return false;
}

bool RowClassifier::IsNote(const TableRow& row, const std::vector<Filled>& own) const {
    if (own.front().value) {
        return false;
    }
    const auto all = [&](const auto& test) { return std::all_of(own.begin(), own.end(), test); };
    const bool few =
        own.size() <= 4 &&
        std::none_of(own.begin(), own.end(), [](const Filled& cell) { return cell.value; });
    if (StartsWithOne(own.front().text, vocabulary_.note_words) &&
        (few || NumbersAreLabelled(own, vocabulary_))) {
        return true;
    }
    if (all([](const Filled& cell) {
            return !cell.value && cell.text.find(':') != std::string::npos;
        })) {
        return true;
    }
    // A title with 单位：亩 or 填报日期：… in a cell at its right.
    const auto at_right = [&](const Filled& cell) {
        return (cell.text.find(':') != std::string::npos &&
                StartsWithOne(cell.text, vocabulary_.unit_labels)) ||
               StartsWithOne(cell.text, vocabulary_.filled_date_words);
    };
    if (few && own.size() > 1 && std::all_of(own.begin() + 1, own.end(), at_right)) {
        return true;
    }
    const auto hints = std::count_if(own.begin(), own.end(), [&](const Filled& cell) {
        return StartsWithOne(cell.text, vocabulary_.hint_words);
    });
    if (hints > 0 && hints * 2 >= static_cast<long>(own.size())) {
        return true;
    }
    return own.size() == 1 &&
           (IsCount(own.front().text) || IsWide(row.number) || IsSerial(own.front().column) ||
            IsSentence(own.front().text) || columns_.count(own.front().column) == 0);
}

// Nothing but numbers of rows, a code, or zeros that a formula left without a name.
bool RowClassifier::IsHollow(const std::vector<Filled>& cells, const std::vector<Filled>& own)
    const {
    const auto all = [](const std::vector<Filled>& list, const auto& test) {
        return std::all_of(list.begin(), list.end(), test);
    };
    if (all(own, [&](const Filled& cell) { return cell.value && IsNumbering(cell.column); })) {
        return true;
    }
    const auto adds = [&](const Filled& cell) {
        const auto column = columns_.find(cell.column);
        return column == columns_.end() || column->second->adds;
    };
    const bool lone_code = cells.size() == 1 && own.front().value && !adds(own.front());
    return lone_code || all(cells, [&](const Filled& cell) {
               return cell.value && adds(cell) && cell.text == "0";
           });
}

RowVerdict RowClassifier::Classify(const TableRow& row) const {
    RowVerdict verdict;
    const std::vector<Filled> cells = InTable(row);
    std::vector<Filled> own;
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(own), [](const Filled& cell) {
        return cell.own;
    });
    if (own.empty()) {
        const bool outside = std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) {
            return !IsEmpty(cell, vocabulary_);
        });
        verdict.kind = outside && cells.empty() ? RowKind::kNote : RowKind::kBlank;
        return verdict;
    }
    if (IsRepeatedHeading(row)) {
        verdict.kind = RowKind::kRepeatedHeading;
        return verdict;
    }
    if (FindTotal(cells, verdict)) {
        return verdict;
    }
    if (IsHollow(cells, own)) {
        // Numbered beforehand, never filled in; or all that is left of it is a merged name.
        verdict.kind = RowKind::kBlank;
        return verdict;
    }
    if (cells.size() == own.size() && IsNote(row, own)) {
        verdict.kind = RowKind::kNote;
        return verdict;
    }
    const auto telling = std::count_if(cells.begin(), cells.end(), [&](const Filled& cell) {
        return !IsNumbering(cell.column);
    });
    verdict.named_only = telling <= 1 && table_.columns.size() > 1 &&
                         std::none_of(own.begin(), own.end(), [&](const Filled& cell) {
                             return cell.value && !IsNumbering(cell.column);
                         });
    verdict.lonely = own.size() == 1 && cells.size() == 1 && !own.front().value;
    return verdict;
}

void RowClassifier::Learn(const TableRow& row) {
    for (const Filled& cell : InTable(row)) {
        auto& [numbers, texts] = seen_[cell.column];
        (cell.value ? numbers : texts) += 1;
    }
}

bool RowClassifier::MayBeginAnother(const TableRow& row, bool apart) const {
    int texts = 0;
    int against_numbers = 0;
    int known_names = 0;
    int units = 0;
    bool serial = false;
    bool digits = false;
    std::set<std::string> different;
    for (const Filled& cell : InTable(row)) {
        if (!cell.own) {
            continue;
        }
        if (cell.value) {
            return false;
        }
        ++texts;
        different.insert(cell.text);
        units += SplitHeadingUnit(cell.text, vocabulary_).unit.empty() ? 0 : 1;
        digits = digits || cell.text.find_first_of("0123456789") != std::string::npos;
        const auto seen = seen_.find(cell.column);
        against_numbers += seen != seen_.end() && seen->second.first > seen->second.second ? 1 : 0;
        known_names +=
            std::any_of(heading_.tiers.begin(), heading_.tiers.end(), [&](const auto& tier) {
                return std::any_of(tier.begin(), tier.end(), [&](const auto& name) {
                    return name.second == cell.text;
                });
            });
        serial = serial || IsOneOf(cell.text, vocabulary_.serial_words);
    }
    const bool alike = serial || known_names * 2 >= texts;
    if (apart) {
        return texts >= 2 && (alike || against_numbers * 2 >= texts);
    }
    // 不详 and 未统计 under numbers are data; words that all differ, without a digit, are names.
    const bool names = (against_numbers >= 2 && against_numbers * 2 >= texts) || units >= 2;
    const bool words = names && !digits;
    return texts >= 3 && different.size() == static_cast<size_t>(texts) && (alike || words);
}

}  // namespace zw::sheet
