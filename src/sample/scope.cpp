#include "sample/scope.h"

namespace zw::sample {

namespace {

formula::Type TypeOf(formula::Kind kind, int scale = 0) {
    formula::Type type;
    type.kind = kind;
    type.scale = scale;
    return type;
}

}  // namespace

MakeScope::MakeScope(
    const definition::Meaning& meaning,
    const definition::RecordType& record,
    const definition::RecordType* parent,
    bool series
)
    : ModelScope(meaning), record_(record), parent_(parent), series_(series) {
    constexpr int kScaleDecimals = 4;
    variables_["n"] = TypeOf(formula::Kind::kInt);
    variables_["first"] = TypeOf(formula::Kind::kBool);
    variables_["scale"] = TypeOf(formula::Kind::kDecimal, kScaleDecimals);
}

bool MakeScope::Knows(const std::string& name) const {
    return variables_.contains(name) || record_.FindField(name) != nullptr;
}

std::optional<formula::Type> MakeScope::Resolve(const std::vector<std::string>& path) const {
    const definition::Field* field = nullptr;
    if (path.size() == 1) {
        if (const auto found = variables_.find(path[0]); found != variables_.end()) {
            return found->second;
        }
        if (path[0] == "place" || (path[0] == "parent" && parent_ != nullptr)) {
            formula::Type reference = TypeOf(formula::Kind::kRef);
            reference.record = path[0] == "place" ? "place" : parent_->id;
            return reference;
        }
        field = record_.FindField(path[0]);
    } else if (path.size() == 2 && path[0] == "parent" && parent_ != nullptr) {
        field = parent_->FindField(path[1]);
    } else if (path.size() == 2 && path[0] == "place" && path[1] == "groups") {
        return TypeOf(formula::Kind::kInt);
    }
    return field == nullptr ? std::nullopt : std::optional(field->type);
}

std::vector<std::string> MakeScope::Candidates(const std::vector<std::string>& path) const {
    std::vector<std::string> names;
    const definition::RecordType* record = &record_;
    if (path.size() > 1) {
        record = path[0] == "parent" ? parent_ : nullptr;
    } else {
        for (const auto& [name, type] : variables_) {
            names.push_back(name);
        }
    }
    if (record != nullptr) {
        for (const definition::Field& field : record->fields) {
            names.push_back(field.id);
        }
    }
    return names;
}

}  // namespace zw::sample
