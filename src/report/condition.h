#pragma once
// Conditions of passages, {{if FORMULA}}: the FIGURE profile of the formula language over
// indicators of one place and period. x.last is the figure a year before, x.target its target;
// name.KEY is a text of the town's settings ({{if name.province_short = '甘肃'}}).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.h"
#include "report/source.h"

namespace zw::report {

// Names of the model's indicators and settings as the formula language sees them. Keeps a reference
// to the model.
class ConditionScope final : public formula::Scope {
public:
    explicit ConditionScope(const definition::Model& model) : model_(model) {}

    std::optional<formula::Type> Resolve(const std::vector<std::string>& path) const override;
    std::vector<std::string> Candidates(const std::vector<std::string>& path) const override;
    std::optional<std::vector<std::string>> Category(std::string_view name) const override;
    std::optional<formula::Type> Rule(std::string_view key) const override;
    const formula::Units& units() const override { return model_.units; }

private:
    const definition::Model& model_;
};

struct ConditionResult {
    formula::Value value;                   // bool or null
    std::vector<indicator::Figure> inputs;  // of this period, by indicator
    std::vector<Words> not_typed;           // settings that it asks for and nobody has typed
    int64_t records = 0;                    // behind all that it reads, the year before too
    Words in_words;
};

// Throws what Formula::Compile throws.
formula::Formula CompileCondition(std::string_view text, const definition::Model& model);
Words ConditionInWords(const formula::Formula& condition, const definition::Model& model);
ConditionResult EvaluateCondition(
    std::string_view text, const FigureSource& source, int64_t place, const Period& period
);

}  // namespace zw::report
