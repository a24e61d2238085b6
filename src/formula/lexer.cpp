#include "formula/lexer.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "formula/syntax.h"

namespace zw::formula {

namespace {

constexpr std::array<std::string_view, 11> kKeywords = {
    "and", "or", "not", "in", "between", "is", "null", "true", "false", "where", "distinct"};
// What a Chinese keyboard gives for the signs of a formula.
constexpr std::pair<std::string_view, std::string_view> kWide[] = {
    {"，", ","},  {"（", "("}, {"）", ")"},   {"＝", "="},  {"＋", "+"}, {"－", "-"}, {"×", "*"},
    {"÷", "/"},   {"＊", "*"}, {"／", "/"},   {"＜", "<"},  {"＞", ">"}, {"≤", "<="}, {"≥", ">="},
    {"≠", "<>"},  {"‘", "'"},  {"’", "'"},    {"“", "'"},   {"”", "'"},  {"。", "."}, {"．", "."},
    {"【", "["},  {"】", "]"}, {"、", ","},   {"％", "%"},  {"［", "["}, {"］", "]"}, {"\"", "'"},
    {"!=", "<>"}, {"==", "="}, {"&&", "and"}, {"||", "or"},
};

bool IsDigit(char c) {
    return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Lexer {
public:
    Lexer(std::string_view text, const std::function<bool(std::string_view)>& is_unit)
        : text_(text), is_unit_(is_unit) {}

    std::vector<Token> Run() {
        std::vector<Token> tokens;
        while (true) {
            SkipSpaces();
            tokens.push_back(Next());
            if (tokens.back().lexeme == Lexeme::kEnd) {
                return tokens;
            }
        }
    }

private:
    [[noreturn]] void Fail(size_t place, const Complaint& complaint) const {
        Refuse("formula_syntax", text_, place, complaint);
    }

    char At(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

    void SkipSpaces() {
        while (at_ < text_.size()) {
            if (At(at_) == ' ' || At(at_) == '\t') {
                ++at_;
            } else if (text_.substr(at_).starts_with("　")) {
                at_ += std::string_view("　").size();
            } else {
                return;
            }
        }
    }

    Token Next() {
        const char c = At(at_);
        if (at_ >= text_.size()) {
            return {Lexeme::kEnd, at_, at_, "", ""};
        }
        if (IsDigit(c)) {
            return Number();
        }
        if (IsLetter(c)) {
            return Word();
        }
        return c == '\'' ? Text() : Symbol();
    }

    Token Number() {
        Token token{Lexeme::kNumber, at_, at_, "", ""};
        while (IsDigit(At(at_))) {
            ++at_;
        }
        if (At(at_) == '.') {
            ++at_;
            if (!IsDigit(At(at_))) {
                Fail(token.place, {"小数点后面没有数字", "no digit after the decimal point"});
            }
            while (IsDigit(At(at_))) {
                ++at_;
            }
        }
        token.text = text_.substr(token.place, at_ - token.place);
        token.end = at_;
        ReadUnit(token);
        return token;
    }

    // A unit is the word right after a number, with or without a space; `/` joins another unit when
    // nothing stands between.
    void ReadUnit(Token& token) {
        const size_t before = at_;
        SkipSpaces();
        size_t end = at_ < text_.size() && At(at_) == '%' ? at_ + 1 : WordEnd(at_);
        if (end == at_ || IsKeyword(text_.substr(at_, end - at_))) {
            at_ = before;
            return;
        }
        while (At(end) == '/') {
            const size_t next = WordEnd(end + 1);
            const bool is_ascii = next > end + 1 && IsLetter(At(end + 1));
            if (next == end + 1 || (is_ascii && !is_unit_(text_.substr(at_, next - at_)))) {
                break;
            }
            end = next;
        }
        token.unit = text_.substr(at_, end - at_);
        at_ = end;
        token.end = end;
    }

    // The end of the letters, digits and characters beyond ASCII from `from`; `from` itself when no
    // word begins there.
    size_t WordEnd(size_t from) const {
        size_t end = from;
        while (end < text_.size()) {
            const bool is_ascii_part = IsLetter(text_[end]) || (end > from && IsDigit(text_[end]));
            if (!is_ascii_part && (static_cast<unsigned char>(text_[end]) < 0x80 || IsWide(end))) {
                break;
            }
            ++end;
        }
        return end;
    }

    bool IsWide(size_t place) const {
        const std::string_view rest = text_.substr(place);
        return rest.starts_with("　") ||
               std::any_of(std::begin(kWide), std::end(kWide), [&](const auto& wide) {
                   return rest.starts_with(wide.first);
               });
    }

    Token Word() {
        const size_t start = at_;
        while (IsLetter(At(at_)) || IsDigit(At(at_))) {
            ++at_;
        }
        return {Lexeme::kWord, start, at_, std::string(text_.substr(start, at_ - start)), ""};
    }

    Token Text() {
        Token token{Lexeme::kText, at_, at_, "", ""};
        for (++at_; at_ < text_.size(); ++at_) {
            if (At(at_) == '\'' && At(at_ + 1) == '\'') {
                ++at_;
            } else if (At(at_) == '\'') {
                token.end = ++at_;
                return token;
            }
            token.text += At(at_);
        }
        Fail(
            token.place,
            {"文字没有结束的引号", "the text has no closing quote", "'" + token.text + "'"}
        );
    }

    Token Symbol() {
        const std::string_view rest = text_.substr(at_);
        for (const auto& [wide, plain] : kWide) {
            if (rest.starts_with(wide)) {
                Fail(
                    at_,
                    {"不能用“" + std::string(wide) + "”",
                     "\"" + std::string(wide) + "\" is no sign of the language",
                     std::string(plain)}
                );
            }
        }
        for (const std::string_view symbol :
             {"<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."}) {
            if (rest.starts_with(symbol)) {
                const size_t start = at_;
                at_ += symbol.size();
                return {Lexeme::kSymbol, start, at_, std::string(symbol), ""};
            }
        }
        const std::string shown = ToUtf8(ToCodePoints(rest).substr(0, 1));
        Fail(at_, {"这里不能有“" + shown + "”", "\"" + shown + "\" may not stand here"});
    }

    std::string_view text_;
    const std::function<bool(std::string_view)>& is_unit_;
    size_t at_ = 0;
};

}  // namespace

bool IsKeyword(std::string_view word) {
    return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

std::vector<Token> Tokens(
    std::string_view text, const std::function<bool(std::string_view)>& is_unit
) {
    return Lexer(text, is_unit).Run();
}

}  // namespace zw::formula
