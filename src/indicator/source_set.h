#pragma once
// One source of one indicator, ready to be read from rows or kept in cells: what it depends on and
// the digest by which kept sums are known to be of today's formula. Immutable; points into the
// Model, which must outlive it.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "definition/model.h"
#include "ledger/rules.h"

namespace zw::indicator {

// A column of another record type, read through references: `chain` leads from the source's own
// rows to its row.
struct Dependency {
    const definition::RecordType* type = nullptr;
    std::string field;
    std::vector<std::string> chain;
};

struct SourceSet {
    const definition::Indicator* indicator = nullptr;
    const definition::IndicatorSource* source = nullptr;
    int position = 0;  // among the indicator's sources
    const definition::RecordType* type = nullptr;
    bool kept = false;  // sums stand in cells: sum, count, avg; the others are computed from rows
    bool by_thing = false;                 // what a row adds depends on other rows of its thing
    std::set<std::string> own_fields;      // columns of the source's own rows that it reads
    std::vector<Dependency> dependencies;  // columns of rows that those refer to

    bool IsFlow() const { return source->kind == definition::IndicatorKind::kFlow; }
    formula::Aggregate aggregate() const;
    // Type of what one row adds: the integer in a cell stands for units at its scale, in its unit.
    const formula::Type& argument_type() const;
    // For a period field that says when: its grain; kDay for dates.
    Grain time_grain() const;
};

// One for each source of each indicator that is not derived, in the model's order.
std::vector<SourceSet> CompileSources(const definition::Model& model);

// SM3 hex over all that the sums depend on beside the rows: formulas, kind, units, categories,
// values of rules.
std::string DigestOf(
    const SourceSet& set, const definition::Model& model, const ledger::RuleValues& rules
);
// The town's own values of rules, of which a set's digest holds those that it reads: the same text,
// the same digests.
std::string OwnRulesText(const ledger::RuleValues& rules);

// Indicators whose figures are never kept in cells, in the model's order: `zhenwu check` lists
// them.
std::vector<const definition::Indicator*> ComputedFromRows(const definition::Model& model);

}  // namespace zw::indicator
