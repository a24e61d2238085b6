#include "ledger/filter.h"

#include "base/problem.h"
#include "base/text.h"
#include "definition/scope.h"

namespace zw::ledger {

namespace {

// The field that a path ends in; nullptr for place, id and the like.
const definition::Field* FieldAt(
    const definition::Model& model, const definition::RecordType& type, const std::string& path
) {
    const definition::RecordType* owner = &type;
    const definition::Field* field = nullptr;
    for (const std::string& id : Split(path, '.')) {
        field = owner == nullptr ? nullptr : owner->FindField(id);
        owner = field == nullptr ? nullptr : model.FindRecord(field->type.record);
    }
    return field;
}

// plot.mu: the field of another row. place.name is everybody's.
bool ReadsOtherRows(const definition::RecordType& type, const std::string& path) {
    const std::vector<std::string> parts = Split(path, '.');
    if (parts.size() < 2 || parts.front() == "place") {
        return false;
    }
    const definition::Field* first = type.FindField(parts.front());
    return first == nullptr || first->type.record != "place";
}

}  // namespace

formula::Formula CompileFilter(
    const definition::Model& model,
    const definition::RecordType& type,
    std::string_view text,
    const access::Actor& actor
) {
    const definition::Meaning meaning{
        model,
        definition::CalendarOf(model),
        [](const definition::RecordType&, const definition::Computed& computed) {
            return std::optional(computed.field.type);
        },
        [](const definition::Indicator&) { return std::optional<formula::Type>(); },
        std::make_shared<definition::Missed>()};
    const definition::RecordScope scope(meaning, type);
    formula::Type truth;
    truth.kind = formula::Kind::kBool;
    formula::Formula filter = formula::Formula::Compile(text, scope, formula::Profile::kRow, truth);
    for (const std::string& path : filter.paths()) {
        const definition::Field* field = FieldAt(model, type, path);
        if (field != nullptr && field->secret) {
            throw Problem("secret_filter", {{"name", field->name.zh}});
        }
        if (field != nullptr && field->personal && !actor.unmask) {
            throw Problem("masked_filter", {{"name", field->name.zh}});
        }
        if (!actor.WholeTown() && ReadsOtherRows(type, path)) {
            throw Problem("scope_filter", {{"name", field == nullptr ? path : field->name.zh}});
        }
    }
    return filter;
}

}  // namespace zw::ledger
