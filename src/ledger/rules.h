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
    // `overrides`: rule key → the town's own value, valid at all times.
    explicit RuleValues(
        const definition::Model& model,
        std::map<std::string, formula::Value, std::less<>> overrides = {}
    );

    // Null when no value was valid then. Throws "not_found" for an unknown rule.
    formula::Value At(std::string_view key, const Date& date) const;
    // SQL of the value at the date that the SQL expression `date` gives ('YYYY-MM-DD'; null:
    // `today`), as formula::SqlNames::Rule.
    formula::Sql ToSql(std::string_view key, const std::string& date, const Date& today) const;
    // The town's own values: part of what cells depend on.
    const std::map<std::string, formula::Value, std::less<>>& overrides() const {
        return overrides_;
    }

private:
    const definition::Rule& Find(std::string_view key) const;

    const definition::Model* model_;
    std::map<std::string, formula::Value, std::less<>> overrides_;
};

// The field that says when a row happened, for rule('…') "at the row's own date": the period it
// reports, else the period of its series, else the first date or period of its key, else its first
// date or period field. Empty: the row has none, today counts.
std::string OwnDateField(const definition::RecordType& type);

}  // namespace zw::ledger
