#pragma once
// The values of rules for one town: what its settings say comes first (definition::Setting::rule),
// then the rule's own dated values. Immutable; safe from any thread.

#include <map>
#include <string>
#include <string_view>

#include "definition/model.h"
#include "formula/formula.h"

namespace zw::ledger {

class RuleValues {
public:
    // Rule key → the town's own values, each from a day on or at all times; on days that none of
    // them binds, the definitions' do.
    using Overrides = std::map<std::string, definition::Rule, std::less<>>;
    explicit RuleValues(const definition::Model& model, Overrides overrides = {});

    // Null when no value was valid then. Throws "not_found" for an unknown rule.
    formula::Value At(std::string_view key, const Date& date) const;
    // SQL of the value at the date that the SQL expression `date` gives ('YYYY-MM-DD'; null:
    // `today`), as formula::SqlNames::Rule.
    formula::Sql ToSql(std::string_view key, const std::string& date, const Date& today) const;
    // The town's own values: part of what cells depend on.
    const Overrides& overrides() const { return overrides_; }

private:
    const definition::Rule& Find(std::string_view key) const;

    const definition::Model* model_;
    Overrides overrides_;
};

// The field that says when a row happened, for rule('…') "at the row's own date": the period it
// reports, else the period of its series, else the first date or period of its key, else its first
// date or period field. Empty: the row has none, today counts.
std::string OwnDateField(const definition::RecordType& type);

}  // namespace zw::ledger
