#include "http/json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "indicator/figure_text.h"

namespace zw::http {

namespace json = boost::json;

namespace {

json::value OrNull(const std::optional<Decimal>& value) {
    return value ? json::value(indicator::ValueText(*value)) : json::value(nullptr);
}

json::array NamesOf(const std::vector<int64_t>& ids, const access::PlaceTree& places) {
    json::array names;
    for (const int64_t id : ids) {
        const access::Place* place = places.Find(id);
        names.emplace_back(place != nullptr ? place->name : std::to_string(id));
    }
    return names;
}

std::string CodeOf(int64_t id, const access::PlaceTree& places) {
    const access::Place* place = places.Find(id);
    return place != nullptr ? place->code : std::string();
}

json::array Figures(
    const std::vector<indicator::Figure>& figures,
    const access::PlaceTree& places,
    Language language
) {
    json::array out;
    for (const indicator::Figure& figure : figures) {
        out.emplace_back(ToJson(figure, places, nullptr, language));
    }
    return out;
}

std::string_view TypeName(const formula::Type& type) {
    constexpr std::string_view kNames[] = {
        "bool", "int", "decimal", "ratio", "text", "choice", "date", "period", "ref"};
    return kNames[static_cast<int>(type.kind)];
}

// The part that it plays for the program itself.
json::value PartOf(const definition::RecordType& type) {
    if (!type.plays_target.empty()) {
        return "target";
    }
    return type.plays_setting.empty() ? json::value(nullptr) : json::value("setting");
}

json::object FieldJson(const definition::Field& field, bool computed, Language language) {
    json::object out{
        {"id", field.id},
        {"name", In(language, field.name)},
        {"name_en", field.name.en},
        {"type", TypeName(field.type)},
        {"unit", field.type.unit.name},
        {"scale", field.type.scale},
        {"group", field.group},
        {"help", In(language, field.help)},
        {"required", field.required},
        {"personal", field.personal},
        {"secret", field.secret},
        {"computed", computed},
        {"hidden", field.hidden},
    };
    if (field.type.kind == formula::Kind::kPeriod) {
        out["grain"] = GrainName(field.type.grain);
    }
    if (field.type.kind == formula::Kind::kChoice) {
        out["choices"] = json::array(field.type.choices.begin(), field.type.choices.end());
    }
    if (field.type.kind == formula::Kind::kRef) {
        out["to"] = field.type.record;
    }
    return out;
}

}  // namespace

json::object ToJson(const Finding& finding, Language language) {
    json::object out{
        {"row", finding.row},
        {"column", finding.column.empty() ? json::value(nullptr) : json::value(finding.column)},
        {"class", finding.code},
        {"severity", SeverityName(finding.severity)},
        {"message", MessageIn(language, finding)},
    };
    if (!finding.field.empty()) {
        out["field"] = finding.field;
    }
    if (!finding.value.empty()) {
        out["value"] = finding.value;
    }
    return out;
}

json::object ToJson(const indicator::Comparison& comparison, const access::PlaceTree& places) {
    return {
        {"base", comparison.base ? OrNull(comparison.base->value) : json::value(nullptr)},
        {"difference", OrNull(comparison.difference)},
        {"percent",
         comparison.percent ? json::value(ToText(*comparison.percent)) : json::value(nullptr)},
        {"uneven", NamesOf(comparison.uneven, places)},
    };
}

json::object ToJson(
    const indicator::Figure& figure,
    const access::PlaceTree& places,
    const indicator::Comparison* comparison,
    Language language
) {
    json::object out{
        {"indicator", figure.indicator},
        {"place", CodeOf(figure.place, places)},
        {"period", ToText(figure.period)},
        {"value", OrNull(figure.value)},
        {"exact", figure.exact ? json::value(ToText(*figure.exact)) : json::value(nullptr)},
        {"unit", figure.unit},
        {"state", indicator::StateText(figure)},
        {"basis", figure.basis},
        {"scope", figure.scope},
        {"missing", NamesOf(figure.missing, places)},
        {"records", figure.records},
        {"empty_values", figure.nulls},
        {"seq", std::to_string(figure.seq)},
    };
    if (figure.computed) {
        out["computed"] = indicator::ValueText(*figure.computed);
    }
    const access::Place* place = places.Find(figure.place);
    out["place_name"] = place != nullptr ? place->NameOn(figure.period.last) : std::string();
    out["place_id"] = std::to_string(figure.place);
    json::array doubts;
    for (const Words& doubt : figure.doubts) {
        doubts.emplace_back(In(language, doubt));
    }
    out["doubts"] = std::move(doubts);
    json::array included;
    for (const indicator::Figure::Included& one : figure.included) {
        const access::Place* ended = places.Find(one.place);
        included.emplace_back(json::object{
            {"place_name", ended != nullptr ? ended->name : std::string()},
            {"adds", OrNull(one.adds)}});
    }
    out["included"] = std::move(included);
    if (comparison != nullptr) {
        out["compare"] = ToJson(*comparison, places);
    }
    return out;
}

json::object ToJson(
    const indicator::Breakdown& breakdown, const access::PlaceTree& places, Language language
) {
    return {
        {"formula", In(language, breakdown.formula_in_words)},
        {"places", Figures(breakdown.by_place, places, language)},
        {"months", Figures(breakdown.by_month, places, language)},
        {"inputs", Figures(breakdown.inputs, places, language)},
    };
}

json::object ToJson(const indicator::FigureRow& row) {
    const std::vector<std::string> source = Split(row.source, '|');
    return {
        {"indicator", row.indicator},
        {"record", row.record},
        {"id", std::to_string(row.row.id)},
        {"title", row.title},
        {"adds", OrNull(row.adds)},
        {"file", !source.empty() ? source[0] : ""},
        {"sheet", source.size() > 1 ? source[1] : ""},
        {"row", source.size() > 2 ? source[2] : ""},
        {"by", row.by},
        {"at", TimeToText(row.at_millis)},
    };
}

json::object ToJson(const indicator::Entry& entry) {
    return {
        {"id", std::to_string(entry.id)},
        {"kind", entry.adopted ? "adopted" : "forecast"},
        {"value", indicator::ValueText(entry.value)},
        {"organ", entry.organ},
        {"document", entry.document},
        {"reason", entry.reason},
        {"by", entry.by},
        {"at", TimeToText(entry.at_millis)},
    };
}

json::object ToJson(
    const indicator::Entry& entry,
    const definition::Model& model,
    const access::PlaceTree& places,
    Language language
) {
    const definition::Indicator* indicator = model.FindIndicator(entry.indicator);
    const access::Place* place = places.Find(entry.place);
    json::object out = ToJson(entry);
    out["indicator"] = entry.indicator;
    out["name"] = indicator != nullptr ? In(language, indicator->name) : entry.indicator;
    out["place"] = place != nullptr ? place->code : "";
    out["place_name"] = place != nullptr ? place->name : "";
    out["period"] = ToText(entry.period);
    out["unit"] = indicator != nullptr ? indicator->unit_text : "";
    return out;
}

json::object ToJson(const ledger::Record& record, const access::PlaceTree& places) {
    json::object values;
    for (const auto& [id, value] : record.values) {
        values[id] =
            formula::IsNull(value) ? json::value(nullptr) : json::value(formula::ToText(value));
    }
    json::object precision;
    for (const auto& [id, known] : record.precision) {
        if (known != ledger::DatePrecision::kDay) {
            precision[id] = known == ledger::DatePrecision::kMonth ? "month" : "year";
        }
    }
    const access::Place* place = places.Find(record.place);
    return {
        {"id", std::to_string(record.id)},
        {"version", std::to_string(record.version)},
        {"state", record.state},
        {"place", place != nullptr ? place->code : std::string()},
        {"place_name", place != nullptr ? place->name : std::string()},
        {"values", std::move(values)},
        {"precision", std::move(precision)},
    };
}

json::object ToJson(const ledger::VersionInfo& version, const access::PlaceTree& places) {
    constexpr std::string_view kOps[] = {"create", "update", "delete", "restore"};
    return {
        {"version", std::to_string(version.version)},
        {"seq", std::to_string(version.seq)},
        {"at", TimeToText(version.at_millis)},
        {"by", version.by},
        {"why", version.why},
        {"batch",
         version.batch != 0 ? json::value(std::to_string(version.batch)) : json::value(nullptr)},
        {"op", kOps[static_cast<int>(version.op)]},
        {"source", version.source},
        {"record", ToJson(version.record, places)},
    };
}

json::object ToJson(const definition::RecordType& type, Language language) {
    json::array fields;
    for (const definition::Field& field : type.fields) {
        fields.emplace_back(FieldJson(field, false, language));
    }
    for (const definition::Computed& computed : type.computed) {
        fields.emplace_back(FieldJson(computed.field, true, language));
    }
    return {
        {"id", type.id},
        {"line", type.line},
        {"name", In(language, type.name)},
        {"name_en", type.name.en},
        {"place_name", In(language, type.place_name)},
        {"key", json::array(type.key.begin(), type.key.end())},
        {"groups", json::array(type.groups.begin(), type.groups.end())},
        {"list", json::array(type.list_columns.begin(), type.list_columns.end())},
        {"plays", PartOf(type)},
        {"reported",
         type.reported ? json::value(GrainName(type.reported->every)) : json::value(nullptr)},
        {"reported_at", type.reported ? json::value(type.reported->at) : json::value(nullptr)},
        {"fields", std::move(fields)},
    };
}

json::object ToJson(const definition::Indicator& indicator, Language language) {
    constexpr std::string_view kAdds[] = {"none", "place", "place+time"};
    return {
        {"id", indicator.id},
        {"line", indicator.line},
        {"name", In(language, indicator.name)},
        {"name_en", indicator.name.en},
        {"unit", indicator.unit_text},
        {"adds", kAdds[static_cast<int>(indicator.adds)]},
        {"derived", indicator.IsDerived()},
        {"help", In(language, indicator.help)},
    };
}

}  // namespace zw::http
