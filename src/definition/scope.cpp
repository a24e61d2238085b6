#include "definition/scope.h"

#include <algorithm>

#include "definition/errors.h"

namespace zw::definition {

namespace {

constexpr std::string_view kLastYear = "last";

using formula::Kind;
using formula::Type;

Type TypeOf(Kind kind, const std::string& record = "") {
    Type type;
    type.kind = kind;
    type.record = record;
    return type;
}

// Not every user of a scope asks what was missed.
void Miss(const Meaning& meaning, std::string name, std::vector<std::string> known) {
    if (meaning.missed != nullptr) {
        *meaning.missed = {std::move(name), std::move(known)};
    }
}

}  // namespace

std::shared_ptr<const WorkCalendar> CalendarOf(const Model& model) {
    auto calendar = std::make_shared<WorkCalendar>();
    for (const HolidayYear& year : model.holidays) {
        calendar->Add(
            {year.year,
             year.source,
             {year.holidays.begin(), year.holidays.end()},
             {year.workdays.begin(), year.workdays.end()}}
        );
    }
    return calendar;
}

std::string Missed::Would() const {
    return known.empty() ? "" : Errors::WouldBe(name, known);
}

std::optional<std::vector<std::string>> ModelScope::Category(std::string_view name) const {
    const auto found = meaning_.model.categories.find(name);
    if (found != meaning_.model.categories.end()) {
        return found->second;
    }
    std::vector<std::string> known;
    for (const auto& [category, members] : meaning_.model.categories) {
        known.push_back(category);
    }
    Miss(meaning_, std::string(name), std::move(known));
    return std::nullopt;
}

std::optional<Type> ModelScope::Rule(std::string_view key) const {
    const definition::Rule* rule = meaning_.model.FindRule(key);
    if (rule != nullptr) {
        return rule->type;
    }
    std::vector<std::string> known;
    for (const definition::Rule& each : meaning_.model.rules) {
        known.push_back(each.key);
    }
    Miss(meaning_, std::string(key), std::move(known));
    return std::nullopt;
}

std::optional<Type> RecordScope::Resolve(const std::vector<std::string>& path) const {
    const RecordType* record = &record_;
    std::optional<Type> type;
    for (const std::string& name : path) {
        if (type && type->kind != Kind::kRef) {
            return std::nullopt;
        }
        const bool in_place = type && type->record == "place";
        record = type && !in_place ? meaning().model.FindRecord(type->record) : record;
        if (in_place) {
            const bool known = name == "name" || name == "code";
            type = known ? std::optional(TypeOf(Kind::kText)) : std::nullopt;
        } else if (name == "place") {
            type = TypeOf(Kind::kRef, "place");
        } else {
            const Field* field = record == nullptr ? nullptr : record->FindField(name);
            type = field == nullptr ? std::nullopt : std::optional(field->type);
            if (const Computed* computed =
                    record == nullptr ? nullptr : record->FindComputed(name)) {
                type = meaning().computed(*record, *computed);
            }
        }
        if (!type) {
            return std::nullopt;
        }
    }
    return type;
}

std::vector<std::string> RecordScope::Candidates(const std::vector<std::string>& path) const {
    const std::vector<std::string> before(path.begin(), path.empty() ? path.end() : path.end() - 1);
    const RecordType* record = &record_;
    if (!before.empty()) {
        const auto type = Resolve(before);
        if (!type || type->kind != Kind::kRef) {
            return {};
        }
        if (type->record == "place") {
            return {"name", "code"};
        }
        record = meaning().model.FindRecord(type->record);
    }
    std::vector<std::string> names = {"place"};
    if (record != nullptr) {
        for (const Field& field : record->fields) {
            names.push_back(field.id);
        }
        for (const Computed& computed : record->computed) {
            names.push_back(computed.field.id);
        }
    }
    if (before.empty()) {
        for (const auto& [child, field] : record_.children) {
            names.push_back(child);
        }
    }
    Miss(meaning(), path.empty() ? "" : path.back(), names);
    return names;
}

const formula::Scope* RecordScope::Child(std::string_view name) const {
    const auto refers = [&](const auto& child) { return child.first == name; };
    // Two references of one child to one parent would leave open which of them is meant.
    if (std::count_if(record_.children.begin(), record_.children.end(), refers) != 1) {
        return nullptr;
    }
    auto& scope = children_[std::string(name)];
    if (!scope) {
        scope = std::make_unique<RecordScope>(meaning(), *meaning().model.FindRecord(name));
    }
    return scope.get();
}

std::optional<Type> FigureScope::Resolve(const std::vector<std::string>& path) const {
    const bool known = path.size() == 1 ||
                       (path.size() == 2 && years_ == Years::kWithLast && path[1] == kLastYear);
    const Indicator* indicator = known ? meaning().model.FindIndicator(path[0]) : nullptr;
    return indicator == nullptr ? std::nullopt : meaning().indicator(*indicator);
}

std::vector<std::string> FigureScope::Candidates(const std::vector<std::string>& path) const {
    if (path.size() > 1 && years_ == Years::kWithLast) {
        return {std::string(kLastYear)};
    }
    std::vector<std::string> names;
    for (const Indicator& indicator : meaning().model.indicators) {
        names.push_back(indicator.id);
    }
    Miss(meaning(), path.empty() ? "" : path.back(), names);
    return names;
}

}  // namespace zw::definition
