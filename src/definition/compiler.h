#pragma once
// Formulas and title templates of the whole model. Computed fields and figures are compiled when
// first asked for, so that each knows the types of those it reads, whatever their order; one that
// hangs on itself is told. For compile*.cpp only.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "definition/build.h"
#include "definition/read.h"
#include "definition/scope.h"

namespace zw::definition {

class Compiler {
public:
    // `build` must outlive it.
    explicit Compiler(Build& build);

    // Adds what is wrong to the build's errors.
    void Run();

private:
    // computed fields
    std::optional<formula::Type> TypeOfComputed(const RecordType& record, const Computed& computed);
    void CompileComputed(const RecordType& record, const Item& item, Computed& computed);

    // checks and titles
    void CompileChecks(RecordType& record, const Item& item);
    void CheckTitle(const RecordType& record, const Item& item);
    void CheckTitlePath(
        const RecordScope& scope,
        const RecordType& record,
        const std::string& name,
        const Origin& origin
    );

    // indicators: compile_indicator.cpp
    std::optional<formula::Type> TypeOfIndicator(const Indicator& found);
    bool CompileDerived(Indicator& indicator, const Item& item);
    bool CompileSources(Indicator& indicator, const Item& item);
    bool CompileSource(IndicatorSource& source, const Item& item, const formula::Type& wanted);
    void CheckSourceFields(const RecordType& record, const Item& item);
    void CheckField(
        const RecordType& record,
        const Item& name,
        const std::vector<formula::Kind>& kinds,
        std::string_view wanted
    );
    static bool IsRate(const Indicator& indicator);
    void DecideAdds(Indicator& indicator, const Item& item);
    void CheckPrint(const Indicator& indicator, const Item& item);
    void CompileDoubts(Indicator& indicator);
    void CompileChange(const Indicator& indicator, const Item& change, Doubt& doubt);

    // all formulas
    // True when `name` is to be compiled now; a name that is being compiled hangs on itself.
    bool Enter(const std::string& name, const Item* place);
    void Leave(const std::string& name);
    // Whether a text names something whose own definition is wrong.
    bool Mentions(std::string_view text) const;
    std::optional<formula::Formula> Compile(
        const Item& written,
        const formula::Scope& scope,
        formula::Profile profile,
        const std::optional<formula::Type>& expected
    );

    Build& build_;
    Meaning meaning_;
    std::vector<std::string> open_;  // being compiled, outermost first
    std::set<std::string> done_;
};

// The text of a formula that may be compiled; nullptr when it is absent or was refused already.
const Item* FormulaOf(const Item& table, std::string_view key);
formula::Type BoolType();
// The element of the array `key` that has this id; nullptr when there is none.
const Item* ElementWithId(const Item& table, std::string_view key, std::string_view id);

}  // namespace zw::definition
