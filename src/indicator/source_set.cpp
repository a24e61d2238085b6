#include "indicator/source_set.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/not_found.h"
#include "base/text.h"

namespace zw::indicator {

namespace {

using definition::IndicatorKind;
using formula::Aggregate;

const formula::Type& CountType() {
    static const formula::Type kType = [] {
        formula::Type type;
        type.kind = formula::Kind::kInt;
        return type;
    }();
    return kType;
}

void AddPath(SourceSet& set, const definition::Model& model, const std::string& path) {
    if (path.empty()) {
        return;
    }
    const std::vector<std::string> parts = Split(path, '.');
    set.own_fields.insert(parts[0]);
    const definition::RecordType* type = set.type;
    std::vector<std::string> chain;
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
        const definition::Field* field = type->FindField(parts[i]);
        if (field == nullptr || field->type.kind != formula::Kind::kRef) {
            return;
        }
        type = model.FindRecord(field->type.record);
        if (type == nullptr) {
            return;
        }
        chain.push_back(parts[i]);
        set.dependencies.push_back({type, parts[i + 1], chain});
    }
}

void AddFormula(
    SourceSet& set, const definition::Model& model, const std::optional<formula::Formula>& formula
) {
    if (!formula) {
        return;
    }
    for (const std::string& path : formula->paths()) {
        AddPath(set, model, path);
    }
    if (!formula->rules().empty()) {
        AddPath(set, model, ledger::OwnDateField(*set.type));
    }
}

bool KeyIsThingAndTime(const SourceSet& set) {
    const std::vector<std::string>& key = set.type->key;
    return !key.empty() && std::all_of(key.begin(), key.end(), [&](const std::string& field) {
        return field == set.source->on ||
               std::find(set.source->per.begin(), set.source->per.end(), field) !=
                   set.source->per.end();
    });
}

bool DependsOnOtherRows(const SourceSet& set) {
    switch (set.source->kind) {
        case IndicatorKind::kLatest:
            // A row that no other can follow within its own period stands alone.
            return set.source->keep || set.time_grain() == Grain::kDay || !KeyIsThingAndTime(set);
        case IndicatorKind::kWithin:
            return !set.source->per.empty();
        default:
            return false;
    }
}

bool SumsUp(Aggregate aggregate) {
    return aggregate == Aggregate::kSum || aggregate == Aggregate::kCount ||
           aggregate == Aggregate::kAvg;
}

SourceSet Compile(
    const definition::Model& model, const definition::Indicator& indicator, size_t position
) {
    SourceSet set;
    set.indicator = &indicator;
    set.source = &indicator.sources[position];
    set.position = static_cast<int>(position);
    set.type = model.FindRecord(set.source->record);
    if (set.type == nullptr) {
        throw NotFound(Thing::kLedger, set.source->record);
    }
    set.kept = SumsUp(set.aggregate());
    set.by_thing = DependsOnOtherRows(set);
    AddFormula(set, model, set.source->when);
    AddFormula(set, model, set.source->value);
    for (const std::string& path :
         {set.source->at, set.source->from, set.source->to, set.source->on}) {
        AddPath(set, model, path);
    }
    for (const std::string& path : set.source->per) {
        AddPath(set, model, path);
    }
    return set;
}

class DigestText {
public:
    DigestText& operator<<(std::string_view part) {
        text_ += std::to_string(part.size());
        text_ += ':';
        text_ += part;
        return *this;
    }
    DigestText& operator<<(int64_t number) {
        return *this << std::string_view(std::to_string(number));
    }
    DigestText& operator<<(const std::vector<std::string>& parts) {
        *this << static_cast<int64_t>(parts.size());
        for (const std::string& part : parts) {
            *this << std::string_view(part);
        }
        return *this;
    }
    const std::string& Written() const { return text_; }

private:
    std::string text_;
};

void AddValues(DigestText& text, const definition::Rule& rule) {
    for (const definition::RuleValue& value : rule.values) {
        text << formula::ToText(value.value) << (value.valid_from ? ToText(*value.valid_from) : "")
             << (value.valid_to ? ToText(*value.valid_to) : "");
    }
}

void AddRule(
    DigestText& text,
    std::string_view key,
    const definition::Model& model,
    const ledger::RuleValues& rules
) {
    text << key;
    if (const auto own = rules.overrides().find(key); own != rules.overrides().end()) {
        text << "own";
        AddValues(text, own->second);
    }
    if (const definition::Rule* rule = model.FindRule(key)) {
        text << "set";
        AddValues(text, *rule);
    }
}

void AddFormulaText(
    DigestText& text,
    const std::optional<formula::Formula>& formula,
    const definition::Model& model,
    const ledger::RuleValues& rules
) {
    text << (formula ? formula->text() : "");
    if (!formula) {
        return;
    }
    for (const std::string& name : formula->categories()) {
        const auto members = model.categories.find(name);
        text << name
             << (members == model.categories.end() ? std::vector<std::string>{} : members->second);
    }
    for (const std::string& key : formula->rules()) {
        AddRule(text, key, model, rules);
    }
}

void AddType(DigestText& text, const formula::Type& type) {
    text << static_cast<int64_t>(type.kind) << type.scale << ToText(type.unit.factor)
         << static_cast<int64_t>(type.grain);
}

}  // namespace

formula::Aggregate SourceSet::aggregate() const {
    return source->value ? source->value->aggregate() : Aggregate::kCount;
}

const formula::Type& SourceSet::argument_type() const {
    return source->value ? source->value->argument_type() : CountType();
}

Grain SourceSet::time_grain() const {
    const std::string& name = source->kind == IndicatorKind::kFlow ? source->at : source->on;
    const definition::Field* field = type->FindField(name);
    return field != nullptr && field->type.kind == formula::Kind::kPeriod ? field->type.grain
                                                                          : Grain::kDay;
}

std::vector<SourceSet> CompileSources(const definition::Model& model) {
    std::vector<SourceSet> sets;
    for (const definition::Indicator& indicator : model.indicators) {
        for (size_t i = 0; i < indicator.sources.size(); ++i) {
            sets.push_back(Compile(model, indicator, i));
        }
    }
    return sets;
}

std::string DigestOf(
    const SourceSet& set, const definition::Model& model, const ledger::RuleValues& rules
) {
    const definition::IndicatorSource& source = *set.source;
    DigestText text;
    text << "cells 2" << source.record << static_cast<int64_t>(source.kind) << source.at
         << source.from << source.to << source.per << source.on << source.months
         << static_cast<int64_t>(source.keep);
    AddFormulaText(text, source.when, model, rules);
    AddFormulaText(text, source.value, model, rules);
    text << static_cast<int64_t>(set.aggregate()) << static_cast<int64_t>(set.time_grain());
    AddType(text, set.argument_type());
    for (const std::string& field : set.own_fields) {
        if (const definition::Field* found = set.type->FindField(field)) {
            AddType(text, found->type);
        }
    }
    return ToHex(Sm3(text.Written()));
}

std::string OwnRulesText(const ledger::RuleValues& rules) {
    DigestText text;
    for (const auto& [key, rule] : rules.overrides()) {
        text << key;
        AddValues(text, rule);
    }
    return text.Written();
}

std::vector<const definition::Indicator*> ComputedFromRows(const definition::Model& model) {
    std::vector<const definition::Indicator*> found;
    for (const definition::Indicator& indicator : model.indicators) {
        const bool sums =
            std::all_of(indicator.sources.begin(), indicator.sources.end(), [](const auto& source) {
                return !source.value || SumsUp(source.value->aggregate());
            });
        if (!sums) {
            found.push_back(&indicator);
        }
    }
    return found;
}

}  // namespace zw::indicator
