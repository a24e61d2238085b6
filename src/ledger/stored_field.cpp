#include "ledger/stored_field.h"

#include "base/text.h"

namespace zw::ledger {

namespace {

constexpr char kChoiceSeparator = '\n';

std::string_view KindName(formula::Kind kind) {
    switch (kind) {
        case formula::Kind::kBool:
            return "bool";
        case formula::Kind::kInt:
            return "int";
        case formula::Kind::kDecimal:
            return "decimal";
        case formula::Kind::kRatio:
            return "ratio";
        case formula::Kind::kText:
            return "text";
        case formula::Kind::kChoice:
            return "choice";
        case formula::Kind::kDate:
            return "date";
        case formula::Kind::kPeriod:
            return "period";
        case formula::Kind::kRef:
            return "ref";
    }
    return "text";
}

}  // namespace

bool IsTextColumn(formula::Kind kind) {
    return kind == formula::Kind::kText || kind == formula::Kind::kChoice ||
           kind == formula::Kind::kDate || kind == formula::Kind::kPeriod;
}

std::string Signature(const definition::Model& model, const definition::Computed& computed) {
    if (!computed.formula) {
        return {};
    }
    std::string text = computed.formula->text();
    for (const std::string& key : computed.formula->rules()) {
        text += "\nrule " + key;
        if (const definition::Rule* rule = model.FindRule(key)) {
            for (const definition::RuleValue& value : rule->values) {
                text += " " + formula::ToText(value.value) + "@" +
                        (value.valid_from ? ToText(*value.valid_from) : "") + "~" +
                        (value.valid_to ? ToText(*value.valid_to) : "");
            }
        }
    }
    for (const std::string& name : computed.formula->categories()) {
        const auto members = model.categories.find(name);
        text += "\ncategory " + name + " " +
                (members == model.categories.end() ? "" : Join(members->second, ","));
    }
    return text;
}

StoredField Describe(
    const definition::Model& model,
    const definition::Field& field,
    const definition::Computed* computed
) {
    StoredField stored;
    stored.id = field.id;
    stored.kind = KindName(field.type.kind);
    stored.scale = field.type.kind == formula::Kind::kDecimal ? field.type.scale : 0;
    stored.unit = field.type.unit.name;
    stored.grain =
        field.type.kind == formula::Kind::kPeriod ? std::string(GrainName(field.type.grain)) : "";
    stored.target = field.type.record;
    stored.choices = Join(field.type.choices, std::string(1, kChoiceSeparator));
    stored.secret = field.secret;
    stored.formula = computed == nullptr ? "" : Signature(model, *computed);
    return stored;
}

std::vector<StoredField> ReadFields(
    store::Connection& connection, int64_t town, const std::string& record
) {
    std::vector<StoredField> fields;
    connection.Query(
        "select field, number, kind, scale, unit, grain, target, choices, secret, formula from "
        "field_number "
        "where town = ? and record = ? and dropped is null order by number",
        {town, record},
        [&](const store::Statement& row) {
            StoredField field;
            field.id = row.Text(0);
            field.number = static_cast<int>(row.Int(1));
            field.kind = row.Text(2);
            field.scale = static_cast<int>(row.Int(3));
            field.unit = row.Text(4);
            field.grain = row.Text(5);
            field.target = row.Text(6);
            field.choices = row.Text(7);
            field.secret = row.Int(8) != 0;
            field.formula = row.Text(9);
            fields.push_back(std::move(field));
        }
    );
    return fields;
}

std::vector<std::pair<const definition::Field*, const definition::Computed*>> FieldsOf(
    const definition::RecordType& type
) {
    std::vector<std::pair<const definition::Field*, const definition::Computed*>> fields;
    for (const definition::Field& field : type.fields) {
        fields.emplace_back(&field, nullptr);
    }
    for (const definition::Computed& computed : type.computed) {
        fields.emplace_back(&computed.field, &computed);
    }
    return fields;
}

}  // namespace zw::ledger
