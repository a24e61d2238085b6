#pragma once
// The text of a report's paragraph: prose with slots (DESIGN.md §6).
//
//   {{vegetable_output_t}}                      the figure with its unit, for the town and the
//   report's period
//   {{f1=vegetable_output_t@柳湾村:2022}}         with a slot id, a place, a period (2022, 2022Q4,
//   2022-06, 上年, 上期)
//   {{vegetable_output_t|同比}}                  a comparison, which prints its own verb
//   {{big_cattle_farms|占比=households}}          a share of another figure
//   {{cattle_feeding_total|以上=100}}            a style that the value must satisfy; |万吨 a unit;
//   |达到 the verb before it
//   {{name:town}} {{phrase:party_congress}}     a name of the town's settings, a phrase of the
//   dated table
//   {{if chuan_coverage >= 99.5}}…{{else}}…{{end}}
//   **…**                                       a heading run into the paragraph
//
// Parsing says nothing of whether names exist: see check.h.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace zw::report {

enum class SlotKind { kFigure, kName, kPhrase };

// kDue: 目标期限, the day the target is due; kGap: 差额, what is missing to the target or exceeds
// it.
enum class CompareWord {
    kNone,
    kYearOnYear,
    kPeriodOnPeriod,
    kSinceYearStart,
    kCompletion,
    kShare,
    kTarget,
    kDue,
    kGap
};

// How the figure is rounded and what stands around it. kAtLeast 以上 (down to a step), kNearly 近
// (0.9 to 1.0 of a round number), kAbout 约, kPassed 突破 (crossed since the year before), kRound
// 整十/整百/整千, kExact 原数 (all digits, no 万 or 亿).
enum class StyleWord { kPlain, kAtLeast, kNearly, kAbout, kPassed, kRound, kExact };

struct Slot {
    std::string id;  // p9; empty until an edition gives one
    SlotKind kind = SlotKind::kFigure;
    std::string key;     // indicator, setting or phrase
    std::string place;   // as written; empty: the report's own
    std::string period;  // as written; empty: the report's own
    CompareWord compare = CompareWord::kNone;
    std::string whole;  // kShare: the indicator of the whole
    std::string unit;   // as written; empty: the indicator's own
    StyleWord style = StyleWord::kPlain;
    std::optional<Decimal> bound;  // of the style, in the printed unit
    bool reach = false;            // 达到 (预计达到) stands before the figure
    bool bare = false;             // 无单位
};

struct Node {
    enum class Kind { kText, kSlot, kCondition };
    Kind kind = Kind::kText;
    size_t begin =
        0;  // bytes of the paragraph's text: the text, the slot with braces, {{if …}} to {{end}}
    size_t end = 0;
    std::string text;       // kText
    Slot slot;              // kSlot
    std::string id;         // kCondition: c1 … in order of the paragraph's conditions
    std::string formula;    // kCondition
    std::vector<Node> yes;  // kCondition
    std::vector<Node> no;
};

// Throws Problem "slot_syntax" with details line, column (from 1, code points), what, would.
std::vector<Node> ParseParagraph(std::string_view text);

// A passage file: paragraphs parted by blank lines, lines of one paragraph joined without a space,
// "## " and "### " headings, lines that begin with "<!--" notes that are not printed.
struct PassageParagraph {
    int line = 1;       // of its first line in the file
    std::string style;  // body, heading2, heading3
    std::string text;
    std::vector<size_t> begins = {0};  // byte of `text` at which each of its lines begins
};
std::vector<PassageParagraph> SplitPassage(std::string_view text);

// Every slot without an id gets the next free one: `taken` is filled with the new ids. Texts
// otherwise stay as they are.
std::string GiveIds(std::string_view text, std::vector<std::string>& taken);

// Closed words for completion while typing: compare words, styles, relative periods.
const std::vector<std::string>& CompareWords();
const std::vector<std::string>& StyleWords();
const std::vector<std::string>& PeriodWords();

}  // namespace zw::report
