#include "report/compare_document.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "document/docx_template.h"
#include "report/annex.h"

namespace zw::report {

namespace {

constexpr char kOpen = '\x01';
constexpr char kClose = '\x02';

std::string Mark(const std::string& id) {
    return std::string(1, kOpen) + id + kClose;
}

// Figures as they read.
std::string Shown(const std::string& masked, const std::map<std::string, std::string>& texts) {
    std::string shown;
    size_t at = 0;
    while (at < masked.size()) {
        const size_t open = masked.find(kOpen, at);
        shown += masked.substr(at, open == std::string::npos ? std::string::npos : open - at);
        if (open == std::string::npos) {
            break;
        }
        const size_t close = masked.find(kClose, open);
        const auto found = texts.find(masked.substr(open + 1, close - open - 1));
        shown += found == texts.end() ? "" : found->second;
        at = close + 1;
    }
    return shown;
}

// Sentences with their end marks; marks of figures stay whole.
std::vector<std::string> Sentences(const std::string& text) {
    std::vector<std::string> sentences;
    std::u32string current;
    for (const char32_t point : ToCodePoints(text)) {
        current += point;
        if (point == U'。' || point == U'；' || point == U'！' || point == U'？') {
            sentences.push_back(ToUtf8(current));
            current.clear();
        }
    }
    if (!current.empty()) {
        sentences.push_back(ToUtf8(current));
    }
    return sentences;
}

// Pairs of equal items in order, as many as there are: longest common subsequence.
template <typename Item, typename Equal>
std::vector<std::pair<size_t, size_t>> Common(
    const std::vector<Item>& a, const std::vector<Item>& b, const Equal& equal
) {
    std::vector<std::vector<size_t>> best(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
    for (size_t i = a.size(); i-- > 0;) {
        for (size_t j = b.size(); j-- > 0;) {
            best[i][j] = equal(a[i], b[j]) ? best[i + 1][j + 1] + 1
                                           : std::max(best[i + 1][j], best[i][j + 1]);
        }
    }
    std::vector<std::pair<size_t, size_t>> pairs;
    size_t i = 0;
    size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (equal(a[i], b[j])) {
            pairs.emplace_back(i++, j++);
        } else if (best[i + 1][j] >= best[i][j + 1]) {
            ++i;
        } else {
            ++j;
        }
    }
    return pairs;
}

// Share of common pairs of letters, 0 to 1.
double Likeness(const std::string& a, const std::string& b) {
    const auto pairs_of = [](const std::string& text) {
        const auto points = ToCodePoints(text);
        std::multiset<std::u32string> pairs;
        for (size_t i = 0; i + 1 < points.size(); ++i) {
            pairs.insert(points.substr(i, 2));
        }
        return pairs;
    };
    const auto of_a = pairs_of(a);
    const auto of_b = pairs_of(b);
    if (of_a.empty() || of_b.empty()) {
        return a == b ? 1 : 0;
    }
    std::vector<std::u32string> both;
    std::set_intersection(
        of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(both)
    );
    return 2.0 * static_cast<double>(both.size()) / static_cast<double>(of_a.size() + of_b.size());
}

constexpr double kAlike = 0.4;

// Pairs what lies between two pairs of equal paragraphs: each with the first one not yet taken that
// is alike.
void PairGap(
    const std::vector<MarkedParagraph>& was,
    std::pair<size_t, size_t> was_range,
    const std::vector<MarkedParagraph>& now,
    std::pair<size_t, size_t> now_range,
    std::vector<int>& pairs
) {
    size_t from = was_range.first;
    for (size_t j = now_range.first; j < now_range.second; ++j) {
        for (size_t i = from; i < was_range.second; ++i) {
            if (Likeness(was[i].masked, now[j].masked) >= kAlike) {
                pairs[j] = static_cast<int>(i);
                from = i + 1;
                break;
            }
        }
    }
}

void DiffSentences(
    const MarkedParagraph& was, const MarkedParagraph& now, std::vector<SentenceChange>& changes
) {
    const auto before = Sentences(was.masked);
    const auto after = Sentences(now.masked);
    auto common = Common(before, after, std::equal_to<>());
    common.emplace_back(before.size(), after.size());
    size_t i = 0;
    size_t j = 0;
    for (const auto& [next_i, next_j] : common) {
        // Between two equal sentences: changed ones side by side, the rest taken out or added.
        for (; i < next_i || j < next_j; i += i < next_i ? 1 : 0, j += j < next_j ? 1 : 0) {
            changes.push_back(
                {was.paragraph,
                 i < next_i ? Shown(before[i], was.texts) : "",
                 j < next_j ? Shown(after[j], now.texts) : ""}
            );
        }
        i = next_i + 1;
        j = next_j + 1;
    }
}

}  // namespace

std::vector<MarkedParagraph> MarkedOf(const Rendered& rendered) {
    std::vector<MarkedParagraph> paragraphs;
    if (!rendered.title.empty()) {
        paragraphs.push_back({0, rendered.title, {}});
    }
    for (const auto& paragraph : rendered.paragraphs) {
        MarkedParagraph marked;
        marked.paragraph = paragraph.paragraph;
        for (const auto& span : paragraph.content.spans) {
            marked.masked += span.mark.empty() ? span.text : Mark(span.mark);
            if (!span.mark.empty()) {
                marked.texts[span.mark] = span.text;
            }
        }
        paragraphs.push_back(std::move(marked));
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
        auto bookmarks = paragraph->bookmarks;
        std::sort(bookmarks.begin(), bookmarks.end(), [](const auto& a, const auto& b) {
            return a.begin < b.begin;
        });
        MarkedParagraph marked;
        size_t at = 0;
        for (const auto& bookmark : bookmarks) {
            const auto found = by_bookmark.find(bookmark.name);
            if (found == by_bookmark.end() || bookmark.begin < at) {
                continue;
            }
            marked.masked += paragraph->text.substr(at, bookmark.begin - at) + Mark(found->second);
            marked.texts[found->second] =
                paragraph->text.substr(bookmark.begin, bookmark.end - bookmark.begin);
            at = bookmark.end;
        }
        marked.masked += paragraph->text.substr(at);
        if (!Trim(marked.masked).empty()) {
            paragraphs.push_back(std::move(marked));
        }
    }
    return paragraphs;
}

std::vector<int> Pair(
    const std::vector<MarkedParagraph>& was, const std::vector<MarkedParagraph>& now
) {
    std::vector<int> pairs(now.size(), -1);
    auto common = Common(was, now, [](const MarkedParagraph& a, const MarkedParagraph& b) {
        return a.masked == b.masked;
    });
    common.emplace_back(was.size(), now.size());
    size_t i = 0;
    size_t j = 0;
    for (const auto& [next_i, next_j] : common) {
        PairGap(was, {i, next_i}, now, {j, next_j}, pairs);
        if (next_j < now.size()) {
            pairs[next_j] = static_cast<int>(next_i);
        }
        i = next_i + 1;
        j = next_j + 1;
    }
    return pairs;
}

void CompareFigures(
    const Rendered& rendered,
    const std::vector<MarkedParagraph>& now,
    std::vector<FigureChange>& changes
) {
    std::map<std::string, std::string> texts;
    for (const auto& paragraph : now) {
        texts.insert(paragraph.texts.begin(), paragraph.texts.end());
    }
    std::set<std::string> done;
    for (const auto& paragraph : rendered.paragraphs) {
        for (const auto& span : paragraph.content.spans) {
            if (span.mark.empty() || !done.insert(span.mark).second) {
                continue;
            }
            const auto found = texts.find(span.mark);
            const std::string text = found == texts.end() ? "" : found->second;
            if (text != span.text) {
                const auto* slot = rendered.Find(span.mark);
                changes.push_back({span.mark, slot == nullptr ? "" : slot->label, span.text, text});
            }
        }
    }
}

void CompareSentences(
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    std::vector<SentenceChange>& changes
) {
    const auto pairs = Pair(was, now);
    size_t next = 0;  // of `was`
    const auto take_out = [&](size_t until) {
        for (; next < until; ++next) {
            changes.push_back({was[next].paragraph, Shown(was[next].masked, was[next].texts), ""});
        }
    };
    for (size_t j = 0; j < now.size(); ++j) {
        if (pairs[j] < 0) {
            changes.push_back({0, "", Shown(now[j].masked, now[j].texts)});
            continue;
        }
        const auto i = static_cast<size_t>(pairs[j]);
        take_out(i);
        next = i + 1;
        if (was[i].masked != now[j].masked) {
            DiffSentences(was[i], now[j], changes);
        }
    }
    take_out(was.size());
}

namespace {

// Sources of slots by id, "{{p9=…}}", and which print a verb before themselves.
struct SlotSource {
    std::string text;
    bool reach = false;
};

void CollectSources(
    const std::string& text,
    const std::vector<Node>& nodes,
    std::map<std::string, SlotSource>& sources
) {
    for (const auto& node : nodes) {
        if (node.kind == Node::Kind::kSlot) {
            sources[node.slot.id] = {
                text.substr(node.begin, node.end - node.begin), node.slot.reach};
        }
        CollectSources(text, node.yes, sources);
        CollectSources(text, node.no, sources);
    }
}

void DropTail(std::string& text, const char* tail) {
    if (EndsWith(text, tail)) {
        text.resize(text.size() - std::string_view(tail).size());
    }
}

}  // namespace

std::string WithSlots(const MarkedParagraph& returned, const std::string& text) {
    std::map<std::string, SlotSource> sources;
    CollectSources(text, ParseParagraph(text), sources);
    std::string result;
    size_t at = 0;
    while (at < returned.masked.size()) {
        const size_t open = returned.masked.find(kOpen, at);
        result +=
            returned.masked.substr(at, open == std::string::npos ? std::string::npos : open - at);
        if (open == std::string::npos) {
            break;
        }
        const size_t close = returned.masked.find(kClose, open);
        const auto found = sources.find(returned.masked.substr(open + 1, close - open - 1));
        if (found != sources.end()) {
            if (found->second.reach) {
                DropTail(result, "达到");
            }
            DropTail(result, "预计");
            result += found->second.text;
        }
        at = close + 1;
    }
    // A heading run into the paragraph is marked again where it still stands.
    if (StartsWith(text, "**")) {
        const size_t end = text.find("**", 2);
        const std::string heading = end == std::string::npos ? "" : text.substr(2, end - 2);
        if (!heading.empty() && StartsWith(result, heading)) {
            result = "**" + heading + "**" + result.substr(heading.size());
        }
    }
    return result;
}

}  // namespace zw::report
