#include "definition/toml_text.h"

#include <memory>
#include <optional>
#include <string>

#include "base/text.h"

namespace zw::definition {

namespace {

struct Slip {
    toml::source_position at;
    std::string character;
};

// Walks over the text, knowing only what is quoted and what is comment.
class SlipFinder {
public:
    explicit SlipFinder(std::string_view text) : text_(text) {}

    std::optional<Slip> Find() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (static_cast<unsigned char>(c) >= 0x80) {
                return Found();
            }
            if (c == '#') {
                while (at_ < text_.size() && text_[at_] != '\n') {
                    Step();
                }
            } else if (c == '"' || c == '\'') {
                if (auto slip = Quoted(c)) {
                    return slip;
                }
            } else {
                Step();
            }
        }
        return std::nullopt;
    }

private:
    bool StartsHere(std::string_view what) const { return StartsWith(text_.substr(at_), what); }

    // One character on, in UTF-8.
    void Step() {
        if (text_[at_] == '\n') {
            ++line_;
            column_ = 0;
        }
        ++column_;
        ++at_;
        while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0U) == 0x80U) {
            ++at_;
        }
    }

    Slip Found() {
        const size_t begin = at_;
        const toml::source_position place{line_, column_};
        Step();
        return {place, std::string(text_.substr(begin, at_ - begin))};
    }

    // Behind a text's opening quote up to behind its closing one.
    std::optional<Slip> Quoted(char quote) {
        const std::string three(3, quote);
        const bool several_lines = StartsHere(three);
        const std::string end = several_lines ? three : std::string(1, quote);
        for (size_t i = 0; i < end.size(); ++i) {
            Step();
        }
        while (at_ < text_.size() && !StartsHere(end)) {
            if (!several_lines && text_[at_] == '\n') {
                return std::nullopt;  // not closed: the parser says so
            }
            if (quote == '"' && text_[at_] == '\\') {
                Step();
                if (auto slip = Escaped(several_lines)) {
                    return slip;
                }
            } else {
                Step();
            }
        }
        // "" behind the closing """ are still the text's own.
        while (at_ < text_.size() && text_[at_] == quote) {
            Step();
        }
        return std::nullopt;
    }

    // Behind a backslash. At a line's end it swallows the spaces of the next lines, and toml++ then
    // looks at the character that ends them as it does outside of quotes.
    std::optional<Slip> Escaped(bool several_lines) {
        const auto space = [&] {
            return at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                          text_[at_] == '\r' || text_[at_] == '\n');
        };
        if (!several_lines || !space()) {
            if (at_ < text_.size() && text_[at_] != '\n') {
                Step();
            }
            return std::nullopt;
        }
        while (space()) {
            Step();
        }
        return at_ < text_.size() && static_cast<unsigned char>(text_[at_]) >= 0x80
                   ? std::optional(Found())
                   : std::nullopt;
    }

    std::string_view text_;
    size_t at_ = 0;
    toml::source_index line_ = 1;
    toml::source_index column_ = 1;
};

// What stands on the same key without a Chinese keyboard; empty for a letter.
std::string OnOtherKeyboard(const std::string& character) {
    for (const auto& [wide, plain] :
         {std::pair{"、", ","},
          {"。", "."},
          {"“", "\""},
          {"”", "\""},
          {"‘", "'"},
          {"’", "'"},
          {"【", "["},
          {"】", "]"},
          {"　", " "}}) {
        if (character == wide) {
            return plain;
        }
    }
    const std::string half = ToHalfWidth(character);
    return half.size() == 1 ? half : std::string{};
}

}  // namespace

toml::table ParseToml(std::string_view text, std::string_view path) {
    if (auto slip = SlipFinder(text).Find()) {
        const std::string plain = OnOtherKeyboard(slip->character);
        const std::string what = "引号和注释之外不能有“" + slip->character + "”" +
                                 (plain.empty() ? "，是不是少了引号" : "，是“" + plain + "”吗");
        throw toml::parse_error(what.c_str(), slip->at, std::make_shared<const std::string>(path));
    }
    return toml::parse(text, path);
}

}  // namespace zw::definition
