#pragma once
// The names a filter over a record type may use: its fields, place, and fields of what it refers to (at most three hops).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/model.h"
#include "formula/formula.h"

namespace zw::ledger {

class FilterScope final : public formula::Scope {
public:
    FilterScope(const definition::Model& model, const definition::RecordType& type) : model_(model), type_(type) {}
    std::optional<formula::Type> Resolve(const std::vector<std::string>& path) const override;
    std::vector<std::string> Candidates(const std::vector<std::string>& path) const override;
    std::optional<std::vector<std::string>> Category(std::string_view name) const override;
    std::optional<formula::Type> Rule(std::string_view key) const override;
    const formula::Units& units() const override { return model_.units; }

private:
    const definition::Model& model_;
    const definition::RecordType& type_;
};

// A filter formula, compiled. Throws formula_syntax, formula_type, and "secret_filter" when it reads a secret field.
formula::Formula CompileFilter(const definition::Model& model, const definition::RecordType& type, std::string_view text);

}  // namespace zw::ledger
