#include "ledger/masking.h"

#include "base/mask.h"

namespace zw::ledger {

namespace {

std::string MaskText(const definition::Field& field, const std::string& text) {
    switch (field.format) {
        case definition::Format::kIdNumber:
            return MaskIdNumber(text);
        case definition::Format::kPhone:
            return MaskPhone(text);
        case definition::Format::kBankCard:
            return MaskBankCard(text);
        default:
            return field.secret ? MaskAll(text) : MaskName(text);
    }
}

}  // namespace

formula::Value MaskValue(const definition::Field& field, const formula::Value& value) {
    if (!field.secret && !field.personal) {
        return value;
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        return MaskText(field, *text);
    }
    if (const auto* date = std::get_if<Date>(&value)) {
        return Date{date->year, 12, 31};
    }
    return {};
}

void MaskRecord(const definition::RecordType& type, Record& record) {
    for (auto& [id, value] : record.values) {
        const definition::Field* field = type.FindField(id);
        if (field == nullptr || (!field->secret && !field->personal) || formula::IsNull(value)) {
            continue;
        }
        value = MaskValue(*field, value);
        if (field->type.kind == formula::Kind::kDate) {
            record.precision[id] = DatePrecision::kYear;
        }
    }
}

}  // namespace zw::ledger
