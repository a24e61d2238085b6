#include "ledger/rules.h"

#include <set>

#include "base/not_found.h"
#include "base/problem.h"
#include "ledger/schema.h"

namespace zw::ledger {

namespace {

formula::SqlValue Literal(const formula::Type& type, const formula::Value& value) {
    return ToStore(type, value);
}

// Days on which the value may become another one: between two of them it stays.
void AddTurns(const definition::Rule& rule, std::set<Date>& turns) {
    for (const definition::RuleValue& value : rule.values) {
        if (value.valid_from) {
            turns.insert(*value.valid_from);
        }
        if (value.valid_to) {
            turns.insert(AddDays(*value.valid_to, 1));
        }
    }
}

bool IsTimed(formula::Kind kind) {
    return kind == formula::Kind::kDate || kind == formula::Kind::kPeriod;
}

}  // namespace

RuleValues::RuleValues(const definition::Model& model, Overrides overrides)
    : model_(&model), overrides_(std::move(overrides)) {}

const definition::Rule& RuleValues::Find(std::string_view key) const {
    const definition::Rule* rule = model_->FindRule(key);
    if (rule == nullptr) {
        throw NotFound(Thing::kRule, std::string(key));
    }
    return *rule;
}

formula::Value RuleValues::At(std::string_view key, const Date& date) const {
    const definition::Rule& rule = Find(key);
    const auto own = overrides_.find(key);
    const formula::Value value = own == overrides_.end() ? formula::Value() : own->second.At(date);
    return formula::IsNull(value) ? rule.At(date) : value;
}

formula::Sql RuleValues::ToSql(std::string_view key, const std::string& date, const Date& today)
    const {
    const definition::Rule& rule = Find(key);
    std::set<Date> turns;
    AddTurns(rule, turns);
    if (const auto own = overrides_.find(key); own != overrides_.end()) {
        AddTurns(own->second, turns);
    }
    if (turns.empty()) {
        return {"?", {Literal(rule.type, At(key, today))}};
    }
    // Newest turn first, so that the first branch that holds is the stretch the date lies in.
    formula::Sql sql{"case", {}};
    for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn) {
        sql.text += " when coalesce(" + date + ", ?) >= ? then ?";
        sql.values.insert(
            sql.values.end(), {ToText(today), ToText(*turn), Literal(rule.type, At(key, *turn))}
        );
    }
    sql.text += " else ? end";
    sql.values.push_back(Literal(rule.type, At(key, AddDays(*turns.begin(), -1))));
    return sql;
}

std::string OwnDateField(const definition::RecordType& type) {
    if (type.reported && !type.reported->at.empty()) {
        return type.reported->at;
    }
    if (type.series && !type.series->on.empty()) {
        return type.series->on;
    }
    for (const std::string& key : type.key) {
        const definition::Field* field = type.FindField(key);
        if (field != nullptr && IsTimed(field->type.kind)) {
            return key;
        }
    }
    for (const definition::Field& field : type.fields) {
        if (IsTimed(field.type.kind)) {
            return field.id;
        }
    }
    return {};
}

}  // namespace zw::ledger
