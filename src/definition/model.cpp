#include "definition/model.h"

#include <algorithm>

#include "base/text.h"

namespace zw::definition {

namespace {

template <typename Things, typename Matches>
auto FindIn(const Things& things, Matches matches) -> decltype(things.data()) {
    const auto found = std::find_if(things.begin(), things.end(), matches);
    return found == things.end() ? nullptr : &*found;
}

template <typename Things>
auto FindById(const Things& things, std::string_view id) -> decltype(things.data()) {
    return FindIn(things, [&](const auto& thing) { return thing.id == id; });
}

template <typename Dated>
bool IsValidOn(const Dated& dated, const Date& date) {
    return (!dated.valid_from || *dated.valid_from <= date) &&
           (!dated.valid_to || date <= *dated.valid_to);
}

// The one valid on a date that began last; of two that began together the first (a later layer's
// stand first).
template <typename Things, typename Matches>
auto LatestOn(const Things& things, const Date& on, Matches matches) -> decltype(things.data()) {
    decltype(things.data()) best = nullptr;
    for (const auto& thing : things) {
        if (matches(thing) && IsValidOn(thing, on) &&
            (best == nullptr ||
             (best->origin.layer == thing.origin.layer && best->valid_from < thing.valid_from))) {
            best = &thing;
        }
    }
    return best;
}

}  // namespace

const Field* RecordType::FindField(std::string_view field) const {
    if (const Field* found = FindById(fields, field)) {
        return found;
    }
    const Computed* found = FindComputed(field);
    return found == nullptr ? nullptr : &found->field;
}

std::string RecordType::TargetField(std::string_view part) const {
    const auto found = plays_target.find(std::string(part));
    return found == plays_target.end() ? std::string() : found->second;
}

const Computed* RecordType::FindComputed(std::string_view field) const {
    return FindIn(computed, [&](const Computed& each) { return each.field.id == field; });
}

formula::Value Rule::At(const Date& date) const {
    const RuleValue* found = LatestOn(values, date, [](const RuleValue&) { return true; });
    return found == nullptr ? formula::Value() : found->value;
}

const RecordType* Model::FindRecord(std::string_view id) const {
    return FindById(records, id);
}
const Indicator* Model::FindIndicator(std::string_view id) const {
    return FindById(indicators, id);
}

const Indicator* Model::IndicatorCalled(std::string_view text) const {
    if (const Indicator* found = FindIndicator(text)) {
        return found;
    }
    const std::string wanted = Normalise(text);
    const Indicator* called = nullptr;
    for (const Indicator& indicator : indicators) {
        if (Normalise(indicator.name.zh) == wanted) {
            if (called != nullptr) {
                return nullptr;
            }
            called = &indicator;
        }
    }
    return called;
}

const List* Model::FindList(std::string_view id) const {
    return FindById(lists, id);
}
const ReportDefinition* Model::FindReport(std::string_view id) const {
    return FindById(reports, id);
}
const Passage* Model::FindPassage(std::string_view id) const {
    return FindById(passages, id);
}

const Rule* Model::FindRule(std::string_view key) const {
    return FindIn(rules, [&](const Rule& rule) { return rule.key == key; });
}

const RecordType* Model::TargetRecord() const {
    return FindIn(records, [](const RecordType& record) { return !record.plays_target.empty(); });
}

const RecordType* Model::SettingRecord() const {
    return FindIn(records, [](const RecordType& record) { return !record.plays_setting.empty(); });
}

const Phrase* Model::FindPhrase(std::string_view key, const Date& on) const {
    return LatestOn(phrases, on, [&](const Phrase& phrase) { return phrase.key == key; });
}

}  // namespace zw::definition
