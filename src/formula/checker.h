#pragma once
// Syntax tree to typed tree: names, types, units, scales and profiles. One Checker checks one
// formula.

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formula/align.h"
#include "formula/formula.h"
#include "formula/node.h"
#include "formula/syntax.h"

namespace zw::formula {

// A whole formula, checked.
struct Checked {
    NodePtr root;   // the aggregate's argument when there is one
    Type type;      // of the result
    Type argument;  // of the root
    Aggregate aggregate = Aggregate::kNone;
    std::set<std::string> paths;
    std::set<std::string> rules;
    std::set<std::string> categories;
    bool uses_previous = false;
    bool uses_today = false;
};

class Checker {
public:
    Checker(std::string_view text, const Scope& scope, Profile profile);
    // Throws Problem "formula_type".
    Checked Run(const Syntax& syntax, const std::optional<Type>& expected);

private:
    // How the value is used: kExact where it is rounded at once, so that products may be wide.
    enum class Use { kPlain, kExact };

    [[noreturn]] void Fail(size_t place, const Complaint& complaint) const;
    [[noreturn]] void Mismatch(const Node& a, const Node& b, const std::string& would) const;
    [[noreturn]] void NotFitting(
        const Node& node, const std::string& wanted, const std::string& would = {}
    ) const;
    std::string SourceOf(const Node& node) const;

    // checker.cpp: forms
    NodePtr Check(const Syntax& syntax, Use use = Use::kPlain);
    NodePtr CheckValue(const Syntax& syntax, Use use);
    NodePtr CheckText(const Syntax& syntax);
    NodePtr CheckPath(const Syntax& syntax);
    NodePtr CheckLogic(const Syntax& syntax);
    NodePtr CheckCompare(const Syntax& syntax);
    NodePtr CheckBetween(const Syntax& syntax);
    NodePtr CheckIn(const Syntax& syntax);
    NodePtr CheckCategory(const Syntax& syntax);
    NodePtr CheckIsNull(const Syntax& syntax);
    std::vector<NodePtr> CheckAll(const std::vector<std::unique_ptr<Syntax>>& syntaxes);
    NodePtr Make(Op op, const Syntax& syntax) const;
    void AddMember(Node& node, NodePtr member);
    NodePtr Bool(const Syntax& syntax);
    [[noreturn]] void UnknownName(const Syntax& syntax, const std::vector<std::string>& path) const;
    Type ResolvePath(const Syntax& syntax, const std::vector<std::string>& path, const Scope& scope)
        const;

    // check_numbers.cpp: arithmetic
    NodePtr CheckNumber(const Syntax& syntax);
    NodePtr CheckNegate(const Syntax& syntax);
    NodePtr CheckSum(const Syntax& syntax);
    NodePtr CheckProduct(const Syntax& syntax, Use use);
    NodePtr Product(NodePtr left, NodePtr right, bool divide, Use use, const Syntax& syntax) const;
    NodePtr CheckRound(const Syntax& syntax, const Unit* target);
    void NeedNumber(const Node& node) const;
    // Bare numbers take the unit of the others; then all must be of one dimension.
    void ShareUnit(const std::vector<Node*>& nodes) const;
    void AlignForComparison(Node& node) const;
    // Gives numbers one type (a ratio when one is a ratio), others as Unify.
    void UnifyBranches(std::vector<NodePtr>& nodes, size_t from) const;
    NodePtr ToRatio(NodePtr node, const Unit& unit) const;
    NodePtr Scaled(NodePtr node, const Type& type, int64_t factor) const;
    [[noreturn]] void TooFarApart(const Node& node) const;

    Checked RunWhole(const Syntax& syntax, const std::optional<Type>& expected);

    // check_calls.cpp: functions; check_aggregates.cpp: aggregates, the whole
    NodePtr CheckCall(const Syntax& syntax);
    NodePtr CheckIf(const Syntax& syntax);
    NodePtr CheckCoalesce(const Syntax& syntax);
    NodePtr CheckRule(const Syntax& syntax);
    NodePtr CheckPrevious(const Syntax& syntax);
    NodePtr CheckToday(const Syntax& syntax);
    NodePtr CheckDates(const Syntax& syntax);
    NodePtr CheckMonths(const Syntax& syntax);
    NodePtr CheckChild(const Syntax& syntax);
    NodePtr CheckChildArgument(const Syntax& syntax, const Scope& child);
    void NeedArguments(const Syntax& syntax, size_t least, size_t most, const std::string& shape)
        const;
    NodePtr DateArgument(const Syntax& syntax);
    Type Counted(const std::string& unit) const;
    Checked CheckAggregate(const Syntax& syntax, const std::optional<Type>& expected);
    void CheckAggregateArgument(const Syntax& syntax, Checked& checked);
    Type AggregateType(
        const Syntax& syntax, const Checked& checked, const std::optional<Type>& expected
    ) const;
    NodePtr Fit(NodePtr node, const Type& expected) const;
    NodePtr FitNumber(NodePtr node, const Type& expected) const;
    // kNone: it is no aggregate.
    static Aggregate AggregateOf(const Syntax& syntax);

    // unify.cpp: values that are not numbers
    // Makes a literal text a date, period or choice where the other side is one; refuses what
    // cannot be compared.
    void Unify(Node& a, Node& b) const;
    bool TakeType(Node& literal, const Type& type) const;

    std::string_view text_;
    const Scope* scope_;
    Profile profile_;
    std::string prefix_;  // of paths read, inside a child's rows
    Checked checked_;
};

// A date or a period.
bool IsTime(const Type& type);

std::string_view ProfileName(Profile profile);

}  // namespace zw::formula
