#include "report/marked_text.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "document/docx_template.h"
#include "report/align.h"
#include "report/annex.h"

namespace zw::report {

namespace {

constexpr char kOpen = '\x01';
constexpr char kClose = '\x02';
constexpr double kAlikeParagraphs = 0.4;

bool IsLayout(char32_t point) {
    constexpr char32_t kSoftHyphen = 0xAD;
    constexpr char32_t kZeroWidthSpace = 0x200B;
    constexpr char32_t kByteOrderMark = 0xFEFF;
    return point < U' ' || point == kSoftHyphen || point == kZeroWidthSpace ||
           point == kByteOrderMark;
}

std::string WithoutLayout(std::string_view text) {
    std::u32string kept;
    for (const char32_t point : ToCodePoints(text)) {
        if (!IsLayout(point)) {
            constexpr char32_t kHardSpace = 0xA0;
            kept += point == kHardSpace ? U' ' : point;
        }
    }
    return ToUtf8(kept);
}

MarkedParagraph Marked(const std::vector<document::Span>& spans) {
    MarkedParagraph marked;
    for (const auto& span : spans) {
        const std::string text = WithoutLayout(span.text);
        marked.masked += span.mark.empty() ? text : MarkOf(span.mark);
        if (!span.mark.empty()) {
            marked.texts[span.mark] = text;
        }
    }
    marked.masked = Trim(marked.masked);
    return marked;
}

MarkedParagraph Marked(
    const document::ReadParagraph& paragraph, const std::map<std::string, std::string>& by_bookmark
) {
    auto bookmarks = paragraph.bookmarks;
    std::sort(bookmarks.begin(), bookmarks.end(), [](const auto& a, const auto& b) {
        return a.begin < b.begin;
    });
    MarkedParagraph marked;
    marked.style = paragraph.style;
    size_t at = 0;
    for (const auto& bookmark : bookmarks) {
        const auto found = by_bookmark.find(bookmark.name);
        if (found == by_bookmark.end() || bookmark.begin < at) {
            continue;
        }
        const std::string text =
            WithoutLayout(paragraph.text.substr(bookmark.begin, bookmark.end - bookmark.begin));
        if (text.empty()) {
            continue;  // the figure was taken out and left its bookmark
        }
        marked.masked +=
            WithoutLayout(paragraph.text.substr(at, bookmark.begin - at)) + MarkOf(found->second);
        marked.texts[found->second] = text;
        at = bookmark.end;
    }
    marked.masked = Trim(marked.masked + WithoutLayout(paragraph.text.substr(at)));
    return marked;
}

std::vector<std::string> ShownOf(const std::vector<MarkedParagraph>& paragraphs) {
    std::vector<std::string> shown;
    shown.reserve(paragraphs.size());
    for (const auto& paragraph : paragraphs) {
        shown.push_back(paragraph.Shown());
    }
    return shown;
}

// One paragraph: `old` as it was written, `now` as it came back.
class Restoring {
public:
    Restoring(const MarkedParagraph& old, MarkedParagraph& now, std::set<std::string>& present)
        : old_(old),
          now_(now),
          present_(present),
          before_(Tokens(old.masked)),
          after_(Tokens(now.masked)),
          at_(before_.size(), -1) {
        for (const auto& [i, j] : CommonInOrder(before_, after_)) {
            at_[i] = static_cast<int>(j);
        }
    }

    void Run() {
        for (size_t i = before_.size(); i-- > 0;) {  // from behind: places before it stay right
            const std::string slot = SlotOf(before_[i]);
            const auto was = old_.texts.find(slot);
            if (was == old_.texts.end()) {
                continue;
            }
            const bool kept = at_[i] >= 0;
            if (kept ? now_.texts.at(slot) != was->second : !present_.contains(slot)) {
                TakeBetween(i, slot);
            }
        }
        now_.masked = Join(after_, "");
    }

private:
    // What stands between the letters before and behind the figure becomes its text.
    void TakeBetween(size_t i, const std::string& slot) {
        const int first = i == 0 ? 0 : at_[i - 1] + 1;
        const int end = i + 1 == at_.size() ? static_cast<int>(after_.size()) : at_[i + 1];
        const bool known = (i == 0 || at_[i - 1] >= 0) && end > first;
        std::string text;
        for (int j = first; known && j < end; ++j) {
            const std::string& token = after_[static_cast<size_t>(j)];
            const std::string other = SlotOf(token);
            if (!other.empty() && other != slot) {
                return;
            }
            text += other.empty() ? token : now_.texts.at(slot);
        }
        if (text.empty()) {
            return;
        }
        after_.erase(after_.begin() + first, after_.begin() + end);
        after_.insert(after_.begin() + first, MarkOf(slot));
        at_[i] = first;
        now_.texts[slot] = text;
        present_.insert(slot);
    }

    const MarkedParagraph& old_;
    MarkedParagraph& now_;
    std::set<std::string>& present_;
    const std::vector<std::string> before_;
    std::vector<std::string> after_;
    std::vector<int> at_;  // place in after_ of each token of before_, -1 none
};

}  // namespace

std::string MarkOf(const std::string& slot) {
    return std::string(1, kOpen) + slot + kClose;
}

std::string SlotOf(const std::string& token) {
    return token.size() > 2 && token.front() == kOpen ? token.substr(1, token.size() - 2) : "";
}

std::vector<std::string> Tokens(const std::string& masked) {
    std::vector<std::string> tokens;
    size_t at = 0;
    while (at < masked.size()) {
        const size_t open = std::min(masked.find(kOpen, at), masked.size());
        for (const char32_t point : ToCodePoints(std::string_view(masked).substr(at, open - at))) {
            tokens.emplace_back();
            AppendUtf8(tokens.back(), point);
        }
        if (open == masked.size()) {
            break;
        }
        at = masked.find(kClose, open) + 1;
        tokens.push_back(masked.substr(open, at - open));
    }
    return tokens;
}

std::vector<std::string> Sentences(const std::string& masked) {
    std::vector<std::string> sentences;
    std::string current;
    for (const auto& token : Tokens(masked)) {
        current += token;
        if (token == "。" || token == "；" || token == "！" || token == "？") {
            sentences.push_back(std::move(current));
            current.clear();
        }
    }
    if (!current.empty()) {
        sentences.push_back(std::move(current));
    }
    return sentences;
}

std::string Shown(const std::string& masked, const std::map<std::string, std::string>& texts) {
    std::string shown;
    for (const auto& token : Tokens(masked)) {
        const std::string slot = SlotOf(token);
        const auto found = texts.find(slot);
        shown += slot.empty() ? token : found == texts.end() ? "" : found->second;
    }
    return shown;
}

std::string MarkedParagraph::Shown() const {
    return report::Shown(masked, texts);
}

std::vector<MarkedParagraph> MarkedOf(const Rendered& rendered) {
    std::vector<MarkedParagraph> paragraphs;
    const auto add = [&](MarkedParagraph marked, int64_t paragraph, const std::string& style) {
        marked.paragraph = paragraph;
        marked.style = style;
        if (!marked.masked.empty()) {
            paragraphs.push_back(std::move(marked));
        }
    };
    add(Marked(rendered.title_spans), 0, document::style::kTitle);
    for (const auto& paragraph : rendered.paragraphs) {
        add(Marked(paragraph.content.spans), paragraph.paragraph, paragraph.content.style);
    }
    return paragraphs;
}

std::vector<MarkedParagraph> MarkedOf(
    const document::ReadDocument& document, const std::vector<ResolvedSlot>& slots
) {
    std::map<std::string, std::string> by_bookmark;
    for (const auto& slot : slots) {
        by_bookmark[document::BookmarkName(slot.id)] = slot.id;
    }
    std::vector<MarkedParagraph> paragraphs;
    for (const auto& block : document.blocks) {
        const auto* paragraph = std::get_if<document::ReadParagraph>(&block);
        if (paragraph == nullptr) {
            continue;
        }
        if (Trim(paragraph->text) == kAnnexTitle) {
            break;
        }
        auto marked = Marked(*paragraph, by_bookmark);
        if (!marked.masked.empty()) {
            paragraphs.push_back(std::move(marked));
        }
    }
    return paragraphs;
}

std::vector<int> PairParagraphs(
    const std::vector<MarkedParagraph>& was, const std::vector<MarkedParagraph>& now
) {
    std::vector<int> pairs(now.size(), -1);
    for (const auto& [i, j] : PairInOrder(ShownOf(was), ShownOf(now), kAlikeParagraphs)) {
        pairs[j] = static_cast<int>(i);
    }
    return pairs;
}

void RestoreMarks(const std::vector<MarkedParagraph>& was, std::vector<MarkedParagraph>& now) {
    std::set<std::string> present;
    for (const auto& paragraph : now) {
        for (const auto& [slot, text] : paragraph.texts) {
            present.insert(slot);
        }
    }
    const auto pairs = PairParagraphs(was, now);
    for (size_t j = 0; j < now.size(); ++j) {
        if (pairs[j] >= 0) {
            Restoring(was[static_cast<size_t>(pairs[j])], now[j], present).Run();
        }
    }
}

}  // namespace zw::report
