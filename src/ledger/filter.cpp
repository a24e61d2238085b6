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

}  // namespace

formula::Formula CompileFilter(
    const definition::Model& model, const definition::RecordType& type, std::string_view text
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
    }
    return filter;
}

}  // namespace zw::ledger
