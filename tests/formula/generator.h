#pragma once
// Random well-typed expressions and rows, by a table of what may stand where; and making a failing
// expression smaller.

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "world.h"

namespace zw::formula::testing {

// An expression: a template whose $X are its parts. `sort` is one letter: what it is (B bool, N
// number, A area, …).
struct Expression {
    char sort = 'B';
    std::string shape;
    std::vector<Expression> parts;

    std::string Text() const;
};

class Generator {
public:
    Generator(Profile profile, uint64_t seed);

    const World& world() const { return world_; }
    Expression Next();
    WorldRow NextRow();

private:
    Expression Grow(char sort, int depth);
    Value NextValue(const Type& type);
    void FillRow(const World& world, std::map<std::string, Value>& values);
    size_t Pick(size_t count) {
        return std::uniform_int_distribution<size_t>(0, count - 1)(random_);
    }

    Profile profile_;
    std::mt19937_64 random_;
    World world_;
};

// The smallest expression found that still `fails`, by putting parts and leaves in place of the
// whole and of parts.
Expression Shrink(Expression failing, const std::function<bool(const Expression&)>& fails);

}  // namespace zw::formula::testing
