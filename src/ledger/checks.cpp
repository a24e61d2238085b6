#include "ledger/checks.h"

#include <algorithm>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/codes_of.h"
#include "ledger/masking.h"

namespace zw::ledger {

namespace {

const formula::Value& ValueOf(const Record& record, const std::string& field) {
    static const formula::Value kNull;
    const auto found = record.values.find(field);
    return found == record.values.end() ? kNull : found->second;
}

std::optional<Decimal> AsDecimal(const formula::Value& value) {
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return *decimal;
    }
    if (const auto* number = std::get_if<int64_t>(&value)) {
        return Decimal{*number, 0};
    }
    return std::nullopt;
}

// The day a value names; a period's is its last.
std::optional<Date> AsDate(const formula::Value& value) {
    if (const auto* date = std::get_if<Date>(&value)) {
        return *date;
    }
    if (const auto* period = std::get_if<Period>(&value)) {
        return period->last;
    }
    return std::nullopt;
}

void CheckRange(
    const definition::Field& field, const Decimal& value, std::vector<Finding>& findings
) {
    if (field.min && Compare(value, *field.min) < 0) {
        findings.push_back(MakeFinding(
            "below_min", &field, {{"value", ToShortText(value)}, {"limit", ToShortText(*field.min)}}
        ));
    }
    if (field.max && Compare(value, *field.max) > 0) {
        findings.push_back(MakeFinding(
            "above_max", &field, {{"value", ToShortText(value)}, {"limit", ToShortText(*field.max)}}
        ));
    }
}

void CheckCode(
    const definition::Field& field,
    const std::string& text,
    const Date& today,
    std::vector<Finding>& findings
) {
    const std::optional<CheckedCode> code = CheckFormat(field.format, text, today);
    if (code && !code->sound()) {
        const std::string shown = field.secret ? formula::ToText(MaskValue(field, text)) : text;
        findings.push_back(MakeFinding(
            code->fault,
            &field,
            {{"value", shown}},
            code->refused ? Severity::kRefused : Severity::kWarning
        ));
    }
}

}  // namespace

Finding MakeFinding(
    std::string_view code, const definition::Field* field, Details details, Severity severity
) {
    Finding finding;
    finding.severity = severity;
    finding.code = code;
    if (field != nullptr) {
        finding.field = field->id;
        details["field"] = field->name.zh;
        details["field_en"] = field->name.en;
    }
    const auto value = details.find("value");
    if (value != details.end()) {
        finding.value = value->second;
    }
    finding.Say(CatalogueWords(code, details));
    return finding;
}

bool HasRefusal(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.severity == Severity::kRefused;
    });
}

Words RefusalList(const std::vector<Finding>& findings) {
    std::vector<Words> lines;
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::kRefused) {
            lines.push_back(
                {finding.code + "：" + finding.message, finding.code + ": " + finding.message_en}
            );
        }
    }
    return Join(lines, {"\n", "\n"});
}

void RowChecks::CheckField(
    const Table& table, const Column& column, const Record& record, std::vector<Finding>& findings
) const {
    const definition::Field& field = *column.field;
    const formula::Value& value = ValueOf(record, field.id);
    if (formula::IsNull(value)) {
        if (field.required) {
            findings.push_back(MakeFinding("required", &field, {}));
        }
        return;
    }
    if (const auto number = AsDecimal(value); number && field.type.IsNumber()) {
        CheckRange(field, *number, findings);
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        CheckCode(field, *text, source_.context.today, findings);
    }
    if (field.type.kind == formula::Kind::kChoice) {
        const std::vector<std::string>& choices = field.type.choices;
        const std::string text = formula::ToText(value);
        if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end()) {
            findings.push_back(MakeFinding(
                "unknown_choice", &field, {{"value", text}, {"options", Join(choices, "、")}}
            ));
        }
    }
    if (field.type.kind == formula::Kind::kRef) {
        const int64_t id = std::get<int64_t>(value);
        const bool there =
            field.type.record == "place"
                ? places_.Find(id) != nullptr
                : source_.Find(*source_.context.schema.Of(field.type.record).type, id) != nullptr;
        if (!there) {
            findings.push_back(MakeFinding("missing_reference", &field, {}));
        }
    }
    if (field.unique) {
        const auto ids =
            source_.reader.IdsWith(source_.connection, table, source_.town, {field.id}, record, 2);
        if (std::any_of(ids.begin(), ids.end(), [&](int64_t id) { return id != record.id; })) {
            const std::string shown = field.secret ? "（已加密）" : formula::ToText(value);
            findings.push_back(MakeFinding("not_unique", &field, {{"value", shown}}));
        }
    }
}

void RowChecks::CheckPlace(const Table& table, const Record& record, std::vector<Finding>& findings)
    const {
    const access::Place* place = places_.Find(record.place);
    if (place == nullptr || place->kind == access::PlaceKind::kTown) {
        findings.push_back(MakeFinding("missing_place", nullptr, {}));
        return;
    }
    const std::string own = OwnDateField(*table.type);
    const std::optional<Date> date = own.empty() ? std::nullopt : AsDate(ValueOf(record, own));
    if (place->to && date && *date > *place->to) {
        findings.push_back(MakeFinding(
            "after_place_end",
            table.type->FindField(own),
            {{"value", place->name}, {"date", ToText(*place->to)}}
        ));
    }
}

std::string RowChecks::KeyText(const Table& table, const Record& record) const {
    std::vector<std::string> parts;
    for (const std::string& key : table.type->key) {
        if (key == "place") {
            const access::Place* place = places_.Find(record.place);
            parts.push_back(place == nullptr ? "" : place->name);
            continue;
        }
        const Column* column = table.Find(key);
        parts.push_back(
            column->Secret() ? column->field->name.zh : formula::ToText(ValueOf(record, key))
        );
    }
    return Join(parts, "，");
}

// A target of an indicator that nobody keeps, or in another unit, would stand there and never
// count.
void RowChecks::CheckTarget(
    const Table& table, const Record& record, std::vector<Finding>& findings
) const {
    if (table.type->plays_target.empty()) {
        return;
    }
    const definition::Field* named = table.type->FindField(table.type->TargetField("indicator"));
    const auto* text =
        named == nullptr ? nullptr : std::get_if<std::string>(&ValueOf(record, named->id));
    if (text == nullptr) {
        return;
    }
    const definition::Model& model = source_.context.model;
    const definition::Indicator* indicator = model.FindIndicator(*text);
    if (indicator == nullptr) {
        std::vector<std::string> names;
        for (const definition::Indicator& each : model.indicators) {
            names.push_back(each.name.zh);
        }
        const Words nearest = PerhapsMeant(Nearest(*text, names));
        findings.push_back(MakeFinding(
            "unknown_indicator",
            named,
            {{"value", *text}, {"nearest", nearest.zh}, {"nearest_en", nearest.en}}
        ));
        return;
    }
    const definition::Field* in = table.type->FindField(table.type->TargetField("unit"));
    const auto* unit = in == nullptr ? nullptr : std::get_if<std::string>(&ValueOf(record, in->id));
    if (unit != nullptr && Normalise(*unit) != Normalise(indicator->unit_text)) {
        findings.push_back(MakeFinding(
            "target_unit",
            in,
            {{"value", *unit}, {"indicator", indicator->name.zh}, {"unit", indicator->unit_text}}
        ));
    }
}

void RowChecks::CheckRivals(
    const Table& table, const Record& record, std::vector<Finding>& findings
) const {
    if (table.type->key.empty()) {
        return;
    }
    const auto ids =
        source_.reader.IdsWith(source_.connection, table, source_.town, table.type->key, record, 2);
    if (std::any_of(ids.begin(), ids.end(), [&](int64_t id) { return id != record.id; })) {
        findings.push_back(MakeFinding("key_taken", nullptr, {{"value", KeyText(table, record)}}));
    }
}

// Half-open [from, to): an end that is the next one's start is none; no end is for ever.
void RowChecks::CheckOverlap(
    const Table& table, const Record& record, std::vector<Finding>& findings
) const {
    if (!table.type->no_overlap) {
        return;
    }
    const definition::NoOverlap& rule = *table.type->no_overlap;
    const std::optional<Date> from = AsDate(ValueOf(record, rule.from));
    const std::optional<Date> to = AsDate(ValueOf(record, rule.to));
    if (!from) {
        return;
    }
    constexpr int kAll = 1'000'000;
    for (const int64_t id :
         source_.reader.IdsWith(source_.connection, table, source_.town, rule.per, record, kAll)) {
        const Record* other = id == record.id ? nullptr : source_.Find(*table.type, id);
        if (other == nullptr || other->state != "live") {
            continue;
        }
        const std::optional<Date> other_from = AsDate(ValueOf(*other, rule.from));
        const std::optional<Date> other_to = AsDate(ValueOf(*other, rule.to));
        if (other_from && (!to || *other_from < *to) && (!other_to || *from < *other_to)) {
            findings.push_back(MakeFinding(
                "overlaps",
                table.type->FindField(rule.from),
                {{"from", ToText(*other_from)},
                 {"to", other_to ? ToText(*other_to) : "今"},
                 {"to_en", other_to ? ToText(*other_to) : "today"}}
            ));
            return;
        }
    }
}

void RowChecks::CheckFormulas(
    const Table& table,
    const Record& record,
    formula::Profile profile,
    std::vector<Finding>& findings
) const {
    const RecordRow row(source_, *table.type, record);
    for (const definition::Check& check : table.type->checks) {
        if (check.profile != profile || !check.when) {
            continue;
        }
        const formula::Value result = check.when->Evaluate(row);
        const auto* holds = std::get_if<bool>(&result);
        if (holds == nullptr || *holds != check.warning) {
            continue;  // a check fails only on false, a warning fires only on true
        }
        Finding finding;
        finding.severity = check.warning ? Severity::kWarning : Severity::kRefused;
        finding.code = check.id;
        finding.Say({check.say.zh, check.say.en});
        finding.field = check.at;
        const Column* column = table.Find(check.at);
        if (column != nullptr && !column->salted) {
            finding.value = formula::ToText(ValueOf(record, check.at));
        }
        findings.push_back(std::move(finding));
    }
}

std::vector<Finding> RowChecks::Check(const Table& table, const Record& record) const {
    std::vector<Finding> findings;
    CheckPlace(table, record, findings);
    for (const Column& column : table.columns) {
        if (column.computed == nullptr) {
            CheckField(table, column, record, findings);
        }
    }
    CheckTarget(table, record, findings);
    CheckRivals(table, record, findings);
    CheckOverlap(table, record, findings);
    CheckFormulas(table, record, formula::Profile::kRow, findings);
    return findings;
}

std::vector<Finding> RowChecks::CheckDraft(const Table& table, const Record& record) const {
    std::vector<Finding> findings;
    CheckPlace(table, record, findings);
    for (const Column& column : table.columns) {
        if (column.computed == nullptr && !formula::IsNull(ValueOf(record, column.field->id))) {
            CheckField(table, column, record, findings);
        }
    }
    CheckRivals(table, record, findings);
    return findings;
}

std::vector<Finding> RowChecks::CheckFamily(const Table& table, const Record& record) const {
    std::vector<Finding> findings;
    CheckFormulas(table, record, formula::Profile::kChild, findings);
    return findings;
}

void Compute(RowSource& source, const Table& table, Record& record) {
    for (const Column& column : table.columns) {
        if (column.computed == nullptr || !column.computed->formula) {
            continue;
        }
        const RecordRow row(source, *table.type, record);
        try {
            record.values[column.field->id] = column.computed->formula->Evaluate(row);
        } catch (const Problem& problem) {
            if (problem.code() != "overflow") {
                throw;
            }
            throw Problem(
                "overflow",
                {{"what",
                  table.type->name.zh + " " + std::to_string(record.id) + " " +
                      column.field->name.zh}}
            );
        }
    }
}

}  // namespace zw::ledger
