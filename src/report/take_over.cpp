#include "report/take_over.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "report/align.h"
#include "report/slot.h"

namespace zw::report {

namespace {

// A part of a paragraph's source and what it printed, in tokens.
struct Piece {
    std::string source;
    std::vector<std::string> printed;
    std::string slot;          // id, of a slot
    std::vector<Piece> inner;  // of a condition: the branch that was printed
};

constexpr std::string_view kStars = "**";
constexpr std::string_view kReach = "|达到";

void AddText(const std::string& text, std::vector<Piece>& pieces) {
    size_t from = 0;
    while (from <= text.size()) {
        const size_t stars = std::min(text.find(kStars, from), text.size());
        for (auto& letter : Tokens(text.substr(from, stars - from))) {
            pieces.push_back({letter, {letter}, {}, {}});
        }
        if (stars == text.size()) {
            return;
        }
        pieces.push_back({std::string(kStars), {}, {}, {}});
        from = stars + kStars.size();
    }
}

class Pieces {
public:
    Pieces(const Rendered& rendered, const std::string& text, int number)
        : rendered_(rendered), text_(text), number_(number) {}

    std::vector<Piece> Of(const std::vector<Node>& nodes) const {
        std::vector<Piece> pieces;
        for (const auto& node : nodes) {
            const std::string source = text_.substr(node.begin, node.end - node.begin);
            if (node.kind == Node::Kind::kText) {
                AddText(node.text, pieces);
            } else if (node.kind == Node::Kind::kSlot) {
                pieces.push_back({source, PrintedOf(node.slot), node.slot.id, {}});
            } else {
                const auto* condition = rendered_.Find(node.id + "_" + std::to_string(number_));
                const bool holds = condition != nullptr && condition->value == "true";
                Piece piece{source, {}, {}, Of(holds ? node.yes : node.no)};
                for (const auto& one : piece.inner) {
                    piece.printed.insert(
                        piece.printed.end(), one.printed.begin(), one.printed.end()
                    );
                }
                pieces.push_back(std::move(piece));
            }
        }
        return pieces;
    }

private:
    // The words that a slot puts before its bookmark, and its mark.
    std::vector<std::string> PrintedOf(const Slot& slot) const {
        std::string before;
        const auto* resolved = rendered_.Find(slot.id);
        if (resolved != nullptr && resolved->kind == "figure" && !resolved->value.empty() &&
            slot.compare == CompareWord::kNone) {
            before = (resolved->state == "forecast" ? "预计" : "");
            before += slot.reach ? "达到" : "";
        }
        return Tokens(before + MarkOf(slot.id));
    }

    const Rendered& rendered_;
    const std::string& text_;
    const int number_;
};

class Weaver {
public:
    Weaver(const std::vector<Piece>& pieces, const std::string& now) : now_(Tokens(now)) {
        std::vector<std::string> before;
        for (const auto& piece : pieces) {
            before.insert(before.end(), piece.printed.begin(), piece.printed.end());
        }
        at_.assign(before.size(), kNone);
        for (const auto& [i, j] : CommonInOrder(before, now_)) {
            at_[i] = j;
        }
        for (const auto& piece : pieces) {
            Put(piece);
        }
        Flush(now_.size());
    }

    std::string text;

private:
    static constexpr size_t kNone = static_cast<size_t>(-1);

    // All that the piece printed still stands, nothing between.
    bool Whole(const Piece& piece) const {
        for (size_t i = 0; i < piece.printed.size(); ++i) {
            const size_t place = at_[next_ + i];
            if (place == kNone || (i > 0 && place != at_[next_ + i - 1] + 1)) {
                return false;
            }
        }
        return true;
    }

    void Put(const Piece& piece) {
        const size_t length = piece.printed.size();
        if (length == 0) {
            text += piece.source;
        } else if (Whole(piece)) {
            Flush(at_[next_]);
            text += piece.source;
            from_ = at_[next_ + length - 1] + 1;
        } else if (!piece.inner.empty()) {
            for (const auto& one : piece.inner) {
                Put(one);
            }
            return;
        } else if (!piece.slot.empty() && at_[next_ + length - 1] != kNone) {
            // The figure stands, the word before it does not.
            Flush(at_[next_ + length - 1]);
            text += ReplaceAll(piece.source, kReach, "");
            from_ = at_[next_ + length - 1] + 1;
        }
        next_ += length;
    }

    // What was typed. A mark among it came from another paragraph, where its slot stays.
    void Flush(size_t until) {
        for (; from_ < until; ++from_) {
            text += SlotOf(now_[from_]).empty() ? now_[from_] : "";
        }
    }

    const std::vector<std::string> now_;
    std::vector<size_t> at_;  // place in now_ of each printed token
    size_t next_ = 0;         // of the printed tokens
    size_t from_ = 0;         // of now_
};

std::string EditionStyle(const std::string& document_style) {
    if (document_style == document::style::kHeading1) {
        return "heading1";
    }
    if (document_style == document::style::kHeading2) {
        return "heading2";
    }
    return document_style == document::style::kHeading3 ? "heading3" : "body";
}

}  // namespace

std::string TextTakenOver(
    const Rendered& rendered,
    const EditionParagraph& paragraph,
    int number,
    const MarkedParagraph& was,
    const MarkedParagraph& now
) {
    if (was.masked == now.masked) {
        return paragraph.text;
    }
    const Pieces pieces(rendered, paragraph.text, number);
    return Weaver(pieces.Of(ParseParagraph(paragraph.text)), now.masked).text;
}

namespace {

class Taking {
public:
    Taking(
        const Rendered& rendered,
        const std::vector<EditionParagraph>& paragraphs,
        const std::vector<MarkedParagraph>& was,
        const std::vector<MarkedParagraph>& now,
        const ChosenChanges* chosen
    )
        : rendered_(rendered),
          paragraphs_(paragraphs),
          was_(was),
          now_(now),
          chosen_(chosen),
          pairs_(PairParagraphs(was, now)) {
        result_.paragraphs = paragraphs;
    }

    TakenOver Run() {
        for (size_t j = 0; j < now_.size(); ++j) {
            if (pairs_[j] < 0) {
                PutNew(j);
            } else if (was_[static_cast<size_t>(pairs_[j])].paragraph != 0) {  // 0: the title
                Edit(was_[static_cast<size_t>(pairs_[j])], now_[j]);
            }
        }
        for (const auto& printed : was_) {
            const auto at = PlaceOf(printed.paragraph);
            if (at && !kept_.contains(printed.paragraph) && Takes(printed.paragraph)) {
                result_.paragraphs.erase(result_.paragraphs.begin() + *at);
                ++result_.changed;
            }
        }
        return std::move(result_);
    }

private:
    bool Takes(int64_t paragraph) const {
        return chosen_ == nullptr || chosen_->paragraphs.contains(paragraph);
    }

    std::optional<std::ptrdiff_t> PlaceOf(int64_t id) const {
        const auto& all = result_.paragraphs;
        const auto found = std::find_if(all.begin(), all.end(), [&](const EditionParagraph& one) {
            return one.id == id && id != 0;
        });
        return found == all.end() ? std::nullopt : std::optional(found - all.begin());
    }

    void Edit(const MarkedParagraph& old, const MarkedParagraph& now) {
        kept_.insert(old.paragraph);
        const auto at = PlaceOf(old.paragraph);
        if (!at) {
            return;
        }
        auto& paragraph = result_.paragraphs[static_cast<size_t>(*at)];
        const auto number = std::find_if(
                                paragraphs_.begin(),
                                paragraphs_.end(),
                                [&](const EditionParagraph& one) { return one.id == paragraph.id; }
                            ) -
                            paragraphs_.begin() + 1;
        place_ = *at + 1;
        if (!Takes(paragraph.id)) {
            return;
        }
        std::string text = TextTakenOver(rendered_, paragraph, static_cast<int>(number), old, now);
        result_.changed += text == paragraph.text ? 0 : 1;
        paragraph.text = std::move(text);
    }

    // A paragraph that was only moved keeps its slots.
    void PutNew(size_t j) {
        if (chosen_ != nullptr && !chosen_->touched[j]) {
            return;
        }
        auto& all = result_.paragraphs;
        EditionParagraph put;
        put.style = EditionStyle(now_[j].style);
        put.text = now_[j].Shown();
        put.passage = "typed";
        for (const auto& old : was_) {
            const auto at = old.masked == now_[j].masked ? PlaceOf(old.paragraph) : std::nullopt;
            if (at && !kept_.contains(old.paragraph) && !IsPaired(old)) {
                kept_.insert(old.paragraph);
                put = all[static_cast<size_t>(*at)];
                all.erase(all.begin() + *at);
                place_ -= *at < place_ ? 1 : 0;
                break;
            }
        }
        if (!all.empty()) {
            put.chapter = all[static_cast<size_t>(place_ == 0 ? 0 : place_ - 1)].chapter;
        }
        all.insert(all.begin() + place_, std::move(put));
        ++place_;
        ++result_.changed;
    }

    bool IsPaired(const MarkedParagraph& old) const {
        const auto index = static_cast<int>(&old - was_.data());
        return std::find(pairs_.begin(), pairs_.end(), index) != pairs_.end();
    }

    const Rendered& rendered_;
    const std::vector<EditionParagraph>& paragraphs_;
    const std::vector<MarkedParagraph>& was_;
    const std::vector<MarkedParagraph>& now_;
    const ChosenChanges* chosen_;  // nullptr: all
    const std::vector<int> pairs_;
    TakenOver result_;
    std::set<int64_t> kept_;
    std::ptrdiff_t place_ = 0;  // where the next new paragraph goes
};

}  // namespace

TakenOver TakeOverTexts(
    const Rendered& rendered,
    const std::vector<EditionParagraph>& paragraphs,
    const std::vector<MarkedParagraph>& was,
    const std::vector<MarkedParagraph>& now,
    const ChosenChanges* chosen
) {
    return Taking(rendered, paragraphs, was, now, chosen).Run();
}

}  // namespace zw::report
