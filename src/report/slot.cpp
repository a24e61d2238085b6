#include "report/slot.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"

namespace zw::report {

namespace {

struct CompareName {
    const char* name;
    CompareWord word;
};
constexpr CompareName kCompareNames[] = {
    {"同比", CompareWord::kYearOnYear},
    {"环比", CompareWord::kPeriodOnPeriod},
    {"较年初", CompareWord::kSinceYearStart},
    {"完成率", CompareWord::kCompletion},
    {"占比", CompareWord::kShare},
    {"目标", CompareWord::kTarget},
    {"目标期限", CompareWord::kDue},
    {"差额", CompareWord::kGap},
};

struct StyleName {
    const char* name;
    StyleWord word;
    int64_t step;  // 0: may be given, absent otherwise
};
constexpr StyleName kStyleNames[] = {
    {"以上", StyleWord::kAtLeast, 0},
    {"近", StyleWord::kNearly, 0},
    {"约", StyleWord::kAbout, 0},
    {"突破", StyleWord::kPassed, 0},
    {"整十", StyleWord::kRound, 10},
    {"整百", StyleWord::kRound, 100},
    {"整千", StyleWord::kRound, 1000},
    {"原数", StyleWord::kExact, 0},
};
constexpr const char* kReach = "达到";
constexpr const char* kBare = "无单位";

const Words kUnended{"{{if}}没有结束", "{{if}} does not end"};

[[noreturn]] void Fail(std::string_view text, size_t at, Words what, const Words& would = {}) {
    int line = 1;
    size_t line_begin = 0;
    for (size_t i = 0; i < at; ++i) {
        if (text[i] == '\n') {
            ++line;
            line_begin = i + 1;
        }
    }
    const size_t column = Length(text.substr(line_begin, at - line_begin)) + 1;
    throw Problem(
        "slot_syntax",
        {{"line", std::to_string(line)},
         {"column", std::to_string(column)},
         {"what", std::move(what.zh)},
         {"what_en", std::move(what.en)},
         {"would", would.empty() ? "" : "，应为" + would.zh},
         {"would_en", would.empty() ? "" : "; would fit: " + would.en}}
    );
}

bool IsId(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

// Short ids: a letter and then letters or digits, as p9, f1, s12.
bool IsSlotId(std::string_view text) {
    constexpr size_t kMost = 12;
    return IsId(text) && text.size() <= kMost && !(text[0] >= '0' && text[0] <= '9');
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    std::vector<Node> Parse() {
        std::vector<Node> nodes = Sequence(false);
        if (at_ < text_.size()) {  // stopped at {{else}} or {{end}}
            Fail(
                text_,
                at_,
                {"多余的{{" + Inside() + "}}", "{{" + Inside() + "}} too many"},
                {"先有{{if …}}", "{{if …}} before it"}
            );
        }
        return nodes;
    }

private:
    // What stands between the braces that begin at at_.
    std::string Inside() const {
        const size_t close = text_.find("}}", at_);
        if (close == std::string_view::npos) {
            Fail(text_, at_, {"“{{”没有闭合", "{{ is not closed"}, {"}}", "}}"});
        }
        std::string inside = Trim(text_.substr(at_ + 2, close - at_ - 2));
        if (inside.find("{{") != std::string::npos) {
            Fail(text_, at_, {"“{{”没有闭合", "{{ is not closed"}, {"}}", "}}"});
        }
        return inside;
    }

    void SkipBraces() { at_ = text_.find("}}", at_) + 2; }

    // Until the end, or {{else}} or {{end}} when inside a condition.
    std::vector<Node> Sequence(bool in_condition) {
        std::vector<Node> nodes;
        while (at_ < text_.size()) {
            const size_t open = text_.find("{{", at_);
            const size_t stop = open == std::string_view::npos ? text_.size() : open;
            if (stop > at_) {
                AddText(nodes, stop);
                continue;
            }
            const std::string inside = Inside();
            if (inside == "else" || inside == "end") {
                return nodes;
            }
            if (inside == "if" || StartsWith(inside, "if ")) {
                nodes.push_back(Condition(Trim(std::string_view(inside).substr(2))));
                continue;
            }
            nodes.push_back(SlotNode(inside));
        }
        if (in_condition) {
            Fail(text_, text_.size(), kUnended, {"{{end}}", "{{end}}"});
        }
        return nodes;
    }

    void AddText(std::vector<Node>& nodes, size_t stop) {
        Node node;
        node.begin = at_;
        node.end = stop;
        node.text = text_.substr(at_, stop - at_);
        const size_t stray = node.text.find("}}");
        if (stray != std::string::npos) {
            Fail(text_, at_ + stray, {"多余的“}}”", "}} too many"}, {"{{…}}", "{{…}}"});
        }
        nodes.push_back(std::move(node));
        at_ = stop;
    }

    Node Condition(std::string formula) {
        constexpr int kMostNested = 8;
        if (++depth_ > kMostNested) {
            Fail(text_, at_, {"{{if}}嵌套过深", "{{if}} within too many others"});
        }
        Node node;
        node.kind = Node::Kind::kCondition;
        node.id = "c" + std::to_string(++conditions_);
        node.begin = at_;
        const size_t open = at_;
        if (formula.empty()) {
            Fail(
                text_,
                at_,
                {"{{if}}没有条件", "{{if}} has no condition"},
                {"{{if 指标 >= 数值}}", "{{if indicator >= number}}"}
            );
        }
        node.formula = std::move(formula);
        SkipBraces();
        node.yes = Sequence(true);
        if (at_ < text_.size() && Inside() == "else") {
            SkipBraces();
            node.no = Sequence(true);
        }
        if (at_ >= text_.size() || Inside() != "end") {
            Fail(text_, open, kUnended, {"{{end}}", "{{end}}"});
        }
        SkipBraces();
        node.end = at_;
        --depth_;
        return node;
    }

    Node SlotNode(const std::string& inside) {
        Node node;
        node.kind = Node::Kind::kSlot;
        node.begin = at_;
        slot_at_ = at_;
        std::vector<std::string> parts = Split(inside, '|');
        node.slot = Head(Trim(parts[0]));
        for (size_t i = 1; i < parts.size(); ++i) {
            Part(Trim(parts[i]), node.slot);
        }
        SkipBraces();
        node.end = at_;
        return node;
    }

    // Takes @place and :period off the head.
    void PeriodAndPlace(std::string& head, Slot& slot) {
        const size_t colon = head.find(':');
        if (colon != std::string::npos) {
            slot.period = Trim(std::string_view(head).substr(colon + 1));
            head.resize(colon);
            if (slot.period.empty()) {
                Fail(
                    text_,
                    slot_at_,
                    {"“:”之后没有时期", "no period behind :"},
                    {"2023、2023Q4、2023-06、上年、上期", "2023, 2023Q4, 2023-06, 上年, 上期"}
                );
            }
        }
        const size_t sign = head.find('@');
        if (sign != std::string::npos) {
            slot.place = Trim(std::string_view(head).substr(sign + 1));
            head.resize(sign);
            if (slot.place.empty()) {
                Fail(
                    text_,
                    slot_at_,
                    {"“@”之后没有地点", "no place behind @"},
                    {"村的名称或代码", "name or code of a village"}
                );
            }
        }
    }

    Slot Head(std::string head) {
        Slot slot;
        const size_t equals = head.find('=');
        if (equals != std::string::npos) {
            slot.id = Trim(std::string_view(head).substr(0, equals));
            head = Trim(std::string_view(head).substr(equals + 1));
            if (!IsSlotId(slot.id)) {
                Fail(
                    text_,
                    slot_at_,
                    {"位号“" + slot.id + "”不合规则", "\"" + slot.id + "\" is no slot id"},
                    {"字母开头、不超过12位的字母和数字，如p9",
                     "a letter and up to 11 letters or digits, as p9"}
                );
            }
        }
        for (const auto& [prefix, kind] :
             {std::pair{"name:", SlotKind::kName}, std::pair{"phrase:", SlotKind::kPhrase}}) {
            if (StartsWith(head, prefix)) {
                slot.kind = kind;
                slot.key = Trim(std::string_view(head).substr(std::string_view(prefix).size()));
                if (slot.key.empty()) {
                    Fail(
                        text_,
                        slot_at_,
                        {std::string(prefix) + "之后没有名称",
                         "no name behind " + std::string(prefix)}
                    );
                }
                return slot;
            }
        }
        PeriodAndPlace(head, slot);
        slot.key = Trim(head);
        if (!IsId(slot.key)) {
            Fail(
                text_,
                slot_at_,
                {"“" + slot.key + "”不是指标编号", "\"" + slot.key + "\" is no id of an indicator"},
                {"指标编号、name:…或phrase:…", "id of an indicator, name:… or phrase:…"}
            );
        }
        return slot;
    }

    Decimal Bound(const std::string& word, const std::string& number) const {
        const auto bound = ParseDecimal(number);
        if (!bound || bound->units <= 0) {
            Fail(
                text_,
                slot_at_,
                {"“" + word + "=”之后不是正数", "no number above 0 behind " + word + "="},
                {word + "=100", word + "=100"}
            );
        }
        return *bound;
    }

    // Whether `word` is a compare word or a style; then `slot` says so.
    bool Word(const std::string& word, const std::optional<std::string>& argument, Slot& slot)
        const {
        for (const auto& known : kCompareNames) {
            if (word != known.name) {
                continue;
            }
            if (slot.compare != CompareWord::kNone) {
                Fail(text_, slot_at_, {"一个空位只能有一种比较", "a slot has one comparison"});
            }
            if ((known.word == CompareWord::kShare) != argument.has_value()) {
                Fail(
                    text_,
                    slot_at_,
                    {"“" + word + "”的写法不对", "\"" + word + "\" is not written so"},
                    {"占比=整体指标编号", "占比=id of the whole"}
                );
            }
            slot.compare = known.word;
            slot.whole = argument.value_or("");
            return true;
        }
        for (const auto& known : kStyleNames) {
            if (word != known.name) {
                continue;
            }
            if (slot.style != StyleWord::kPlain) {
                Fail(text_, slot_at_, {"一个空位只能有一种写法", "a slot has one way of writing"});
            }
            slot.style = known.word;
            if (known.step != 0) {
                slot.bound = Decimal{known.step, 0};
            }
            if (argument) {
                if (known.step != 0 || known.word == StyleWord::kExact) {
                    Fail(
                        text_,
                        slot_at_,
                        {"“" + word + "”之后不能有数值", "no number may follow " + word}
                    );
                }
                slot.bound = Bound(word, *argument);
            }
            return true;
        }
        return false;
    }

    void Part(const std::string& part, Slot& slot) const {
        if (part.empty()) {
            Fail(
                text_,
                slot_at_,
                {"“|”之后是空的", "nothing behind |"},
                {"比较、单位或写法", "a comparison, a unit or a way of writing"}
            );
        }
        if (slot.kind != SlotKind::kFigure) {
            Fail(text_, slot_at_, {"名称和提法之后不能有“|”", "a name or phrase takes no |"});
        }
        const size_t equals = part.find('=');
        const std::string word = Trim(std::string_view(part).substr(0, equals));
        std::optional<std::string> argument;
        if (equals != std::string::npos) {
            argument = Trim(std::string_view(part).substr(equals + 1));
        }
        if (Word(word, argument, slot)) {
            return;
        }
        if (argument) {
            Fail(
                text_,
                slot_at_,
                {"不认识的写法“" + word + "”", "unknown way of writing \"" + word + "\""},
                {Join(StyleWords(), "、"), Join(StyleWords(), ", ")}
            );
        }
        if (word == kReach) {
            slot.reach = true;
        } else if (word == kBare) {
            slot.bare = true;
        } else if (slot.unit.empty()) {
            slot.unit = word;  // whether it is a unit, check.h says
        } else {
            Fail(
                text_,
                slot_at_,
                {"“" + word + "”多余：单位已经是“" + slot.unit + "”",
                 "\"" + word + "\" is one unit too many: it is \"" + slot.unit + "\" already"}
            );
        }
    }

    std::string_view text_;
    size_t at_ = 0;
    size_t slot_at_ = 0;
    int conditions_ = 0;
    int depth_ = 0;
};

void CollectIds(const std::vector<Node>& nodes, std::vector<std::string>& ids) {
    for (const auto& node : nodes) {
        if (node.kind == Node::Kind::kSlot && !node.slot.id.empty()) {
            ids.push_back(node.slot.id);
        }
        CollectIds(node.yes, ids);
        CollectIds(node.no, ids);
    }
}

// Places of slots that have no id, in order.
void CollectBare(const std::vector<Node>& nodes, std::vector<size_t>& places) {
    for (const auto& node : nodes) {
        if (node.kind == Node::Kind::kSlot && node.slot.id.empty()) {
            places.push_back(node.begin);
        }
        CollectBare(node.yes, places);
        CollectBare(node.no, places);
    }
}

std::vector<std::string> Lines(std::string_view text) {
    std::vector<std::string> lines = Split(text, '\n');
    for (auto& line : lines) {
        line = Trim(line);
    }
    return lines;
}

}  // namespace

std::vector<Node> ParseParagraph(std::string_view text) {
    return Parser(text).Parse();
}

std::vector<PassageParagraph> SplitPassage(std::string_view text) {
    std::vector<PassageParagraph> paragraphs;
    bool open = false;
    int number = 0;
    for (const auto& line : Lines(text)) {
        ++number;
        if (line.empty() || StartsWith(line, "<!--")) {
            open = false;
            continue;
        }
        const bool heading3 = StartsWith(line, "### ");
        const bool heading2 = StartsWith(line, "## ");
        if (heading2 || heading3) {
            constexpr size_t kMarks2 = 3;
            constexpr size_t kMarks3 = 4;
            paragraphs.push_back(
                {number,
                 heading3 ? "heading3" : "heading2",
                 Trim(std::string_view(line).substr(heading3 ? kMarks3 : kMarks2)),
                 {0}}
            );
            open = false;
            continue;
        }
        if (!open) {
            paragraphs.push_back({number, "body", "", {}});
            open = true;
        }
        paragraphs.back().begins.push_back(paragraphs.back().text.size());
        paragraphs.back().text += line;
    }
    return paragraphs;
}

std::string GiveIds(std::string_view text, std::vector<std::string>& taken) {
    const auto nodes = ParseParagraph(text);
    CollectIds(nodes, taken);
    std::vector<size_t> bare;
    CollectBare(nodes, bare);
    std::sort(bare.begin(), bare.end());
    std::string result(text);
    size_t shift = 0;
    int next = 1;
    for (const size_t place : bare) {
        std::string id;
        do {
            id = "s" + std::to_string(next++);
        } while (std::find(taken.begin(), taken.end(), id) != taken.end());
        taken.push_back(id);
        result.insert(place + 2 + shift, id + "=");
        shift += id.size() + 1;
    }
    return result;
}

const std::vector<std::string>& CompareWords() {
    static const std::vector<std::string> kWords = [] {
        std::vector<std::string> words;
        for (const auto& known : kCompareNames) {
            words.emplace_back(known.name);
        }
        return words;
    }();
    return kWords;
}

const std::vector<std::string>& StyleWords() {
    static const std::vector<std::string> kWords = [] {
        std::vector<std::string> words;
        for (const auto& known : kStyleNames) {
            words.emplace_back(known.name);
        }
        words.emplace_back(kReach);
        words.emplace_back(kBare);
        return words;
    }();
    return kWords;
}

const std::vector<std::string>& PeriodWords() {
    static const std::vector<std::string> kWords = {"本期", "上年", "上期"};
    return kWords;
}

}  // namespace zw::report
