#include "ledger/filter_scope.h"

#include "base/problem.h"
#include "base/text.h"

namespace zw::ledger {

namespace {

constexpr size_t kMaxHops = 3;

// The type that holds the last part of the path; nullptr for a path through something else.
const definition::RecordType* Owner(
    const definition::Model& model, const definition::RecordType& type, const std::vector<std::string>& path
) {
    const definition::RecordType* owner = &type;
    for (size_t i = 0; owner != nullptr && i + 1 < path.size(); ++i) {
        const definition::Field* field = owner->FindField(path[i]);
        owner = field == nullptr ? nullptr : model.FindRecord(field->type.record);
    }
    return owner;
}

bool LeadsToPlace(const definition::RecordType& owner, const std::string& id) {
    const definition::Field* field = owner.FindField(id);
    return id == "place" || (field != nullptr && field->type.record == "place");
}

}  // namespace

std::optional<formula::Type> FilterScope::Resolve(const std::vector<std::string>& path) const {
    if (path.empty() || path.size() > kMaxHops + 1) {
        return std::nullopt;
    }
    const definition::RecordType* owner = Owner(model_, type_, path);
    if (owner == nullptr) {
        const std::vector<std::string> before(path.begin(), path.end() - 1);
        const definition::RecordType* last = Owner(model_, type_, before);
        const bool attribute = path.back() == "name" || path.back() == "code";
        return last != nullptr && attribute && LeadsToPlace(*last, before.back()) ? std::optional(formula::Type{})
                                                                                 : std::nullopt;
    }
    if (path.back() == "place") {
        formula::Type place;
        place.kind = formula::Kind::kRef;
        place.record = "place";
        return place;
    }
    const definition::Field* field = owner->FindField(path.back());
    return field == nullptr ? std::nullopt : std::optional(field->type);
}

std::vector<std::string> FilterScope::Candidates(const std::vector<std::string>& path) const {
    std::vector<std::string> names{"place"};
    const definition::RecordType* owner = Owner(model_, type_, path);
    if (owner == nullptr) {
        return {"name", "code"};
    }
    for (const definition::Field& field : owner->fields) {
        names.push_back(field.id);
    }
    for (const definition::Computed& computed : owner->computed) {
        names.push_back(computed.field.id);
    }
    return names;
}

std::optional<std::vector<std::string>> FilterScope::Category(std::string_view name) const {
    const auto found = model_.categories.find(name);
    return found == model_.categories.end() ? std::nullopt : std::optional(found->second);
}

std::optional<formula::Type> FilterScope::Rule(std::string_view key) const {
    const definition::Rule* rule = model_.FindRule(key);
    return rule == nullptr ? std::nullopt : std::optional(rule->type);
}

formula::Formula CompileFilter(const definition::Model& model, const definition::RecordType& type, std::string_view text) {
    const FilterScope scope(model, type);
    formula::Formula filter = formula::Formula::Compile(text, scope, formula::Profile::kRow);
    for (const std::string& path : filter.paths()) {
        const std::vector<std::string> parts = Split(path, '.');
        const definition::RecordType* owner = Owner(model, type, parts);
        const definition::Field* field = owner == nullptr ? nullptr : owner->FindField(parts.back());
        if (field != nullptr && field->secret) {
            throw Problem("secret_filter", {{"name", field->name.zh}});
        }
    }
    if (filter.type().kind != formula::Kind::kBool) {
        throw Problem(
            "formula_type",
            {{"at", "1"}, {"what", "筛选条件应得出是或否"}, {"would_zh", ""}, {"what_en", "a filter must be true or false"}, {"would_en", ""}}
        );
    }
    return filter;
}

}  // namespace zw::ledger
