#pragma once
// Text to syntax tree: the grammar of doc/formula.md, nothing about types. A tree belongs to its
// caller; places are byte offsets.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace zw::formula {

constexpr size_t kMaxBytes = 8 * 1024;
constexpr int kMaxNesting = 64;
constexpr size_t kMaxTerms = 60;      // of one chain of + and -
constexpr size_t kMaxFactors = 64;    // of one chain of * and /
constexpr size_t kMaxArguments = 60;  // of one function

enum class Form {
    kNumber,    // number, unit
    kText,      // text
    kBool,      // text: true or false
    kPath,      // path
    kCall,      // text: the function; arguments; where: filter of a child sum; distinct
    kNegate,    // arguments[0]
    kSum,       // arguments; operators: + or - before each ('+' before the first)
    kProduct,   // arguments; operators: * or / before each ('*' before the first)
    kCompare,   // arguments[0..1]; text: = <> < <= > >=
    kIn,        // arguments[0] in the others; negated
    kCategory,  // arguments[0] in category(text); negated
    kBetween,   // arguments[0] between [1] and [2]; negated
    kIsNull,    // arguments[0]; negated
    kNot,
    kAnd,  // arguments, two or more
    kOr
};

struct Syntax {
    Form form = Form::kNumber;
    size_t place = 0;  // first byte
    size_t end = 0;    // one past the last byte
    std::string text;
    Decimal number;
    std::string unit;
    std::vector<std::string> path;
    std::vector<std::unique_ptr<Syntax>> arguments;
    std::vector<char> operators;
    std::unique_ptr<Syntax> where;
    bool negated = false;
    bool distinct = false;
};

// A message in both languages; `would` says what would be right, empty when nothing can be said.
struct Complaint {
    std::string zh;
    std::string en;
    std::string would = {};
};

// Throws Problem `code` ("formula_syntax", "formula_type") about the byte `place` of `text`:
// details at (1-based code point column), what, what_en, would.
[[noreturn]] void Refuse(
    std::string_view code, std::string_view text, size_t place, const Complaint& complaint
);

// Throws Problem "formula_syntax". `is_unit` says whether a text such as 公斤/亩 is a known unit.
std::unique_ptr<Syntax> Parse(
    std::string_view text, const std::function<bool(std::string_view)>& is_unit
);

}  // namespace zw::formula
