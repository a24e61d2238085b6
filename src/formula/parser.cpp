#include <algorithm>
#include <optional>

#include "base/problem.h"
#include "base/text.h"
#include "formula/lexer.h"
#include "formula/syntax.h"

namespace zw::formula {

namespace {

using SyntaxPtr = std::unique_ptr<Syntax>;

class Parser {
public:
    Parser(std::string_view text, std::vector<Token> tokens)
        : text_(text), tokens_(std::move(tokens)) {}

    SyntaxPtr Run() {
        if (Peek().lexeme == Lexeme::kEnd) {
            Fail(Peek(), {"公式是空的", "the formula is empty"});
        }
        SyntaxPtr tree = Or();
        if (Peek().lexeme != Lexeme::kEnd) {
            Unexpected("and, or, + - * /, =");
        }
        return tree;
    }

private:
    [[noreturn]] void Fail(const Token& token, const Complaint& complaint) const {
        Refuse("formula_syntax", text_, token.place, complaint);
    }
    [[noreturn]] void Unexpected(const std::string& would) const {
        const Token& token = Peek();
        if (token.lexeme == Lexeme::kEnd) {
            Fail(token, {"公式没有写完", "the formula ends too early", would});
        }
        const std::string shown(text_.substr(token.place, token.end - token.place));
        Fail(token, {"这里不能有“" + shown + "”", "\"" + shown + "\" may not stand here", would});
    }

    const Token& Peek(size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    bool Is(std::string_view text, size_t ahead = 0) const {
        const Token& token = Peek(ahead);
        return (token.lexeme == Lexeme::kSymbol || token.lexeme == Lexeme::kWord) &&
               token.text == text;
    }
    bool Take(std::string_view text) {
        const bool found = Is(text);
        at_ += found ? 1 : 0;
        return found;
    }
    void Expect(std::string_view text) {
        if (!Take(text)) {
            Unexpected(std::string(text));
        }
    }
    SyntaxPtr Make(Form form, size_t place) const {
        auto tree = std::make_unique<Syntax>();
        tree->form = form;
        tree->place = place;
        return tree;
    }
    SyntaxPtr Done(SyntaxPtr tree) const {
        tree->end = at_ == 0 ? tree->place : tokens_[at_ - 1].end;
        return tree;
    }

    SyntaxPtr Or() { return Chain("or", Form::kOr, &Parser::And); }
    SyntaxPtr And() { return Chain("and", Form::kAnd, &Parser::Not); }

    SyntaxPtr Chain(std::string_view word, Form form, SyntaxPtr (Parser::*part)()) {
        SyntaxPtr first = (this->*part)();
        if (!Is(word)) {
            return first;
        }
        SyntaxPtr tree = Make(form, first->place);
        tree->arguments.push_back(std::move(first));
        while (Take(word)) {
            tree->arguments.push_back((this->*part)());
        }
        return Done(std::move(tree));
    }

    SyntaxPtr Not() {
        if (!Is("not")) {
            return Comparison();
        }
        SyntaxPtr tree = Make(Form::kNot, Peek().place);
        ++at_;
        tree->arguments.push_back(Comparison());
        return Done(std::move(tree));
    }

    SyntaxPtr Comparison() {
        SyntaxPtr left = Sum();
        const size_t place = left->place;
        for (const std::string_view sign : {"=", "<>", "<", "<=", ">", ">="}) {
            if (Take(sign)) {
                SyntaxPtr tree = Make(Form::kCompare, place);
                tree->text = sign;
                tree->arguments.push_back(std::move(left));
                tree->arguments.push_back(Sum());
                return NotAgain(Done(std::move(tree)));
            }
        }
        if (Is("is")) {
            return NotAgain(IsNullOf(std::move(left)));
        }
        if (Is("in") || Is("between") || (Is("not") && (Is("in", 1) || Is("between", 1)))) {
            const bool negated = Take("not");
            return NotAgain(
                Is("in") ? In(std::move(left), negated) : Between(std::move(left), negated)
            );
        }
        return left;
    }

    // a < b < c means nothing here.
    SyntaxPtr NotAgain(SyntaxPtr tree) const {
        for (const std::string_view sign :
             {"=", "<>", "<", "<=", ">", ">=", "in", "between", "is"}) {
            if (Is(sign)) {
                Fail(Peek(), {"比较不能连写", "comparisons do not chain", "a < b and b < c"});
            }
        }
        return tree;
    }

    SyntaxPtr IsNullOf(SyntaxPtr left) {
        SyntaxPtr tree = Make(Form::kIsNull, left->place);
        Expect("is");
        tree->negated = Take("not");
        Expect("null");
        tree->arguments.push_back(std::move(left));
        return Done(std::move(tree));
    }

    SyntaxPtr Between(SyntaxPtr left, bool negated) {
        SyntaxPtr tree = Make(Form::kBetween, left->place);
        tree->negated = negated;
        Expect("between");
        tree->arguments.push_back(std::move(left));
        tree->arguments.push_back(Sum());
        Expect("and");
        tree->arguments.push_back(Sum());
        return Done(std::move(tree));
    }

    SyntaxPtr In(SyntaxPtr left, bool negated) {
        SyntaxPtr tree = Make(Form::kIn, left->place);
        tree->negated = negated;
        Expect("in");
        tree->arguments.push_back(std::move(left));
        if (Take("category")) {
            tree->form = Form::kCategory;
            Expect("(");
            if (Peek().lexeme != Lexeme::kText) {
                Unexpected("category('…')");
            }
            tree->text = Peek().text;
            ++at_;
            Expect(")");
            return Done(std::move(tree));
        }
        if (!Take("[")) {
            Unexpected("[a, b, …], category('…')");
        }
        do {
            tree->arguments.push_back(Sum());
        } while (Take(","));
        Expect("]");
        return Done(std::move(tree));
    }

    SyntaxPtr Sum() { return Signs("+", "-", Form::kSum, kMaxTerms, &Parser::Product); }
    SyntaxPtr Product() { return Signs("*", "/", Form::kProduct, kMaxFactors, &Parser::Unary); }

    SyntaxPtr Signs(
        std::string_view plain,
        std::string_view inverse,
        Form form,
        size_t most,
        SyntaxPtr (Parser::*part)()
    ) {
        SyntaxPtr first = (this->*part)();
        if (!Is(plain) && !Is(inverse)) {
            return first;
        }
        SyntaxPtr tree = Make(form, first->place);
        tree->arguments.push_back(std::move(first));
        tree->operators.push_back(plain[0]);
        while (Is(plain) || Is(inverse)) {
            if (tree->arguments.size() == most) {
                const std::string limit = std::to_string(most);
                Fail(
                    Peek(),
                    {"一串运算最多" + limit + "项",
                     "at most " + limit + " parts in one chain",
                     "( )"}
                );
            }
            tree->operators.push_back(Peek().text[0]);
            ++at_;
            tree->arguments.push_back((this->*part)());
        }
        return Done(std::move(tree));
    }

    SyntaxPtr Unary() {
        if (!Is("-")) {
            return Atom();
        }
        const size_t place = Peek().place;
        ++at_;
        if (Peek().lexeme == Lexeme::kNumber) {
            return Number(place, "-");  // so that the least 64-bit number can be written
        }
        SyntaxPtr tree = Make(Form::kNegate, place);
        tree->arguments.push_back(Atom());
        return Done(std::move(tree));
    }

    SyntaxPtr Number(size_t place, const std::string& sign) {
        const Token& token = Peek();
        SyntaxPtr tree = Make(Form::kNumber, place);
        const auto number = ParseDecimal(sign + token.text);
        if (!number) {
            Fail(
                token,
                {"数字最多9位小数，总共不超过64位整数",
                 "a number has at most 9 decimals and fits 64 bits"}
            );
        }
        tree->number = *number;
        tree->unit = token.unit;
        ++at_;
        return Done(std::move(tree));
    }

    SyntaxPtr Atom() {
        const Token token = Peek();
        if (token.lexeme == Lexeme::kNumber) {
            return Number(token.place, "");
        }
        if (token.lexeme == Lexeme::kText) {
            SyntaxPtr tree = Make(Form::kText, token.place);
            tree->text = token.text;
            ++at_;
            return Done(std::move(tree));
        }
        if (Is("(")) {
            Deeper(token);
            ++at_;
            SyntaxPtr tree = Or();
            Expect(")");
            --depth_;
            return tree;
        }
        if (token.lexeme != Lexeme::kWord ||
            (IsKeyword(token.text) && token.text != "true" && token.text != "false")) {
            Unexpected("字段, 数字, '文字', ( )");
        }
        if (IsKeyword(token.text)) {
            SyntaxPtr tree = Make(Form::kBool, token.place);
            tree->text = token.text;
            ++at_;
            return Done(std::move(tree));
        }
        return Is("(", 1) ? Call() : Path();
    }

    void Deeper(const Token& token) {
        if (++depth_ > kMaxNesting) {
            Fail(token, {"括号嵌套超过64层", "nested deeper than 64"});
        }
    }

    SyntaxPtr Path() {
        SyntaxPtr tree = Make(Form::kPath, Peek().place);
        do {
            if (Peek().lexeme != Lexeme::kWord || IsKeyword(Peek().text)) {
                Unexpected("字段");
            }
            tree->path.push_back(Peek().text);
            ++at_;
        } while (Take("."));
        tree->text = Join(tree->path, ".");
        return Done(std::move(tree));
    }

    SyntaxPtr Call() {
        const Token name = Peek();
        SyntaxPtr tree = Make(Form::kCall, name.place);
        tree->text = name.text;
        ++at_;
        Deeper(name);
        Expect("(");
        tree->distinct = Take("distinct");
        if (!Is(")")) {
            do {
                if (tree->arguments.size() == kMaxArguments) {
                    const std::string limit = std::to_string(kMaxArguments);
                    Fail(Peek(), {"参数最多" + limit + "个", "at most " + limit + " arguments"});
                }
                tree->arguments.push_back(Or());
            } while (Take(","));
            if (Take("where")) {
                tree->where = Or();
            }
        }
        Expect(")");
        --depth_;
        return Done(std::move(tree));
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

void Refuse(
    std::string_view code, std::string_view text, size_t place, const Complaint& complaint
) {
    const size_t column = Length(text.substr(0, std::min(place, text.size()))) + 1;
    const std::string would_zh = complaint.would.empty() ? "" : "；可以写：" + complaint.would;
    const std::string would_en = complaint.would.empty() ? "" : "; would fit: " + complaint.would;
    throw Problem(
        code,
        {{"at", std::to_string(column)},
         {"what", complaint.zh},
         {"what_en", complaint.en},
         {"would", complaint.would},
         {"would_zh", would_zh},
         {"would_en", would_en}}
    );
}

std::unique_ptr<Syntax> Parse(
    std::string_view text, const std::function<bool(std::string_view)>& is_unit
) {
    if (text.size() > kMaxBytes) {
        Refuse(
            "formula_syntax",
            text.substr(0, 0),
            0,
            {"公式超过8 KiB", "the formula is longer than 8 KiB"}
        );
    }
    if (!IsValidUtf8(text)) {
        Refuse(
            "formula_syntax",
            text.substr(0, 0),
            0,
            {"公式不是UTF-8文字", "the formula is not UTF-8"}
        );
    }
    return Parser(text, Tokens(text, is_unit)).Run();
}

}  // namespace zw::formula
