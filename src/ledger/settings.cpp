#include "ledger/settings.h"

#include <algorithm>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/dated_setting.h"
#include "ledger/list_feed.h"
#include "ledger/parse_value.h"
#include "ledger/record_sql.h"

namespace zw::ledger {

namespace {

std::string FieldOf(const std::map<std::string, std::string>& parts, const std::string& part) {
    const auto found = parts.find(part);
    return found == parts.end() ? "" : found->second;
}

// What people are told that a value should be.
std::string WouldBe(const formula::Type& type) {
    switch (type.kind) {
        case formula::Kind::kInt:
            return "整数";
        case formula::Kind::kDecimal:
            return "数";
        case formula::Kind::kDate:
            return "日期，如2023-12-31";
        default:
            return formula::Describe(type);
    }
}

// A value that a setting gives to a field of another record type; throws "bad_setting" where it is
// none.
formula::Value Parse(
    const definition::Setting& setting, const formula::Type& type, const std::string& text
) {
    const std::optional<formula::Value> value = ParseValue(type, text);
    if (!value) {
        throw Problem(
            "bad_setting",
            {{"name", setting.name.zh},
             {"value", text},
             {"would_en", formula::Describe(type)},
             {"would", WouldBe(type)}}
        );
    }
    return *value;
}

// The town's own values of a rule; throws "bad_setting".
definition::Rule ParseRule(
    const definition::Setting& setting, const formula::Type& type, const std::string& text
) {
    auto values = ParseDated(type, text);
    if (!values) {
        throw Problem(
            "bad_setting",
            {{"name", setting.name.zh},
             {"value", text},
             {"would_en", formula::Describe(type) + ", or several: 20；2024-01-01起 30"},
             {"would", WouldBe(type) + "，或带起用日期的几个：20；2024-01-01起 30"}}
        );
    }
    definition::Rule rule;
    rule.key = setting.rule;
    rule.type = type;
    rule.values = std::move(*values);
    return rule;
}

// All settings as they will stand.
using Texts = std::map<std::string, std::string>;

class SettingsPlan {
public:
    SettingsPlan(Ledger& ledger, const Texts& given)
        : ledger_(ledger), model_(ledger.model()), given_(given) {}

    void CheckKeys() const;
    void CheckValues() const;
    void AddSettings(ListFeed& feed);
    void AddTargets(ListFeed& feed, const Texts& all) const;

private:
    formula::Type TypeOf(const definition::Setting& setting) const;

    Ledger& ledger_;
    const definition::Model& model_;
    const Texts& given_;
};

formula::Type SettingsPlan::TypeOf(const definition::Setting& setting) const {
    const definition::Rule* rule = setting.rule.empty() ? nullptr : model_.FindRule(setting.rule);
    if (rule != nullptr) {
        return rule->type;
    }
    formula::Type type;
    if (setting.type == "int") {
        type.kind = formula::Kind::kInt;
    } else if (setting.type == "decimal") {
        type.kind = formula::Kind::kDecimal;
        type.scale = kMaxScale;
    } else if (setting.type == "date") {
        type.kind = formula::Kind::kDate;
    }
    return type;
}

void SettingsPlan::CheckKeys() const {
    std::vector<std::string> known;
    for (const definition::Setting& setting : model_.settings) {
        known.push_back(setting.key);
    }
    std::vector<std::string> lines;
    for (const auto& [key, text] : given_) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            const auto nearest = Nearest(key, known);
            lines.push_back(key + (nearest ? "（是不是“" + *nearest + "”？）" : ""));
        }
    }
    if (!lines.empty()) {
        throw Problem("unknown_setting", {{"list", Join(lines, "\n")}});
    }
}

void SettingsPlan::CheckValues() const {
    for (const definition::Setting& setting : model_.settings) {
        const auto text = given_.find(setting.key);
        if (text == given_.end()) {
            continue;
        }
        if (!setting.rule.empty() && !Trim(text->second).empty()) {
            ParseRule(setting, TypeOf(setting), text->second);
        } else {
            Parse(setting, TypeOf(setting), text->second);
        }
    }
}

void SettingsPlan::AddSettings(ListFeed& feed) {
    const definition::RecordType* type = model_.SettingRecord();
    if (type == nullptr) {
        throw NotFound(Thing::kLedger, "setting");
    }
    const std::string key = FieldOf(type->plays_setting, "key");
    const std::string value = FieldOf(type->plays_setting, "value");
    const int64_t place = ledger_.Places().town_itself().id;
    for (const auto& [name, text] : given_) {
        BatchRow row;
        row.type = type;
        row.place = place;
        row.values[key] = name;
        row.values[value] = Trim(text);
        row.erases = Trim(text).empty();
        feed.Add(std::move(row));
    }
}

// A setting that is a target of an indicator: for the year of its due date.
void SettingsPlan::AddTargets(ListFeed& feed, const Texts& all) const {
    const definition::RecordType* type = model_.TargetRecord();
    const auto text_of = [&](const std::string& key) {
        const auto found = all.find(key);
        return key.empty() || found == all.end() ? std::string() : found->second;
    };
    for (const definition::Setting& setting : model_.settings) {
        const std::string amount = text_of(setting.key);
        const auto due = ParseIsoDate(text_of(setting.due));
        if (setting.target.empty() || type == nullptr || amount.empty() || !due) {
            continue;
        }
        const definition::Field* period = type->FindField(type->TargetField("period"));
        BatchRow row;
        row.type = type;
        row.place = ledger_.Places().town_itself().id;
        row.values[type->TargetField("indicator")] = setting.target;
        if (period->type.kind == formula::Kind::kPeriod) {
            row.values[period->id] = PeriodOf(*due, period->type.grain);
        } else {
            row.values[period->id] = static_cast<int64_t>(due->year);
        }
        row.values[type->TargetField("value")] =
            Parse(setting, type->FindField(type->TargetField("value"))->type, amount);
        if (const std::string field = type->TargetField("due"); !field.empty()) {
            row.values[field] = *due;
        }
        const std::string document = text_of(setting.document);
        if (const std::string field = type->TargetField("document");
            !field.empty() && !document.empty()) {
            row.values[field] = document;
        }
        feed.Add(std::move(row));
    }
}

}  // namespace

WriteResult ApplySettings(
    Ledger& ledger,
    const access::Actor& actor,
    const std::map<std::string, std::string>& values,
    const std::string& why
) {
    SettingsPlan plan(ledger, values);
    plan.CheckKeys();
    plan.CheckValues();
    Texts all;
    {
        const auto reader = ledger.services().database.Read();
        const Settings stored = Settings::Load(
            reader->connection(), ledger.services().town, ledger.model(), ledger.schema()
        );
        all.insert(stored.values().begin(), stored.values().end());
    }
    for (const auto& [key, text] : values) {
        all[key] = text;
    }
    ListFeed feed;
    plan.AddSettings(feed);
    plan.AddTargets(feed, all);
    BatchOptions options;
    options.why = why.empty() ? "设置" : why;
    const BatchResult batch = BatchWriter(ledger).Apply(actor, feed, options);
    WriteResult result;
    result.seq = batch.seq;
    result.batch = batch.batch;
    result.ids = batch.ids;
    for (const auto& [n, findings] : batch.findings) {
        result.findings.insert(result.findings.end(), findings.begin(), findings.end());
    }
    return result;
}

Settings Settings::Load(
    store::Connection& connection,
    int64_t town,
    const definition::Model& model,
    const Schema& schema,
    std::optional<int64_t> as_of_seq
) {
    Settings settings;
    const definition::RecordType* type = model.SettingRecord();
    if (type == nullptr) {
        return settings;
    }
    const Table& table = schema.Of(type->id);
    const std::string key = "r." + schema.ColumnOf(type->id, FieldOf(type->plays_setting, "key"));
    const std::string value =
        "r." + schema.ColumnOf(type->id, FieldOf(type->plays_setting, "value"));
    connection.Query(
        "select " + key + ", " + value + " from " + FromRows(table, "r", town, as_of_seq) +
            " and " + value + " is not null",
        {},
        [&](const store::Statement& row) { settings.values_.emplace(row.Text(0), row.Text(1)); }
    );
    return settings;
}

std::optional<std::string> Settings::Get(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

RuleValues Settings::Rules(const definition::Model& model) const {
    RuleValues::Overrides overrides;
    for (const definition::Setting& setting : model.settings) {
        const auto text = Get(setting.key);
        const definition::Rule* rule =
            setting.rule.empty() ? nullptr : model.FindRule(setting.rule);
        if (text && rule != nullptr) {
            overrides[rule->key] = ParseRule(setting, rule->type, *text);
        }
    }
    return RuleValues(model, std::move(overrides));
}

}  // namespace zw::ledger
