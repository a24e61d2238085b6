#pragma once
// Text to tokens. Used by the parser only.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace zw::formula {

enum class Lexeme { kNumber, kText, kWord, kSymbol, kEnd };

struct Token {
    Lexeme lexeme = Lexeme::kEnd;
    size_t place = 0;
    size_t end = 0;
    std::string text;  // the word, the symbol, the digits, or the content of a '文字'
    std::string unit;  // of a number
};

bool IsKeyword(std::string_view word);

// The tokens of `text` and one kEnd after them. Throws Problem "formula_syntax".
std::vector<Token> Tokens(
    std::string_view text, const std::function<bool(std::string_view)>& is_unit
);

}  // namespace zw::formula
