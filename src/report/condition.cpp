#include "report/condition.h"

#include <algorithm>

#include "base/text.h"
#include "indicator/explain.h"
#include "indicator/figure_value.h"

namespace zw::report {

namespace {

constexpr std::string_view kLast = "last";
constexpr std::string_view kTarget = "target";
constexpr std::string_view kName = "name";
constexpr int kTargetScale = 2;

bool IsName(const std::vector<std::string>& path) {
    return !path.empty() && path[0] == kName;
}

const definition::Setting* FindSetting(const definition::Model& model, const std::string& key) {
    const auto found = std::find_if(
        model.settings.begin(),
        model.settings.end(),
        [&](const definition::Setting& setting) { return setting.key == key; }
    );
    return found == model.settings.end() ? nullptr : &*found;
}

formula::Type TargetType(const definition::Indicator& indicator) {
    formula::Type type;
    type.kind = formula::Kind::kDecimal;
    type.scale = kTargetScale;
    type.unit = indicator.type.unit;
    return type;
}

class FigureRow final : public formula::Row {
public:
    FigureRow(const FigureSource& source, int64_t place, const Period& period)
        : source_(source), place_(place), period_(period) {}

    formula::Value Get(const std::vector<std::string>& path) const override {
        if (IsName(path)) {
            const auto text = path.size() == 2 ? source_.Setting(path[1]) : std::nullopt;
            return text && !text->empty() ? formula::Value(*text) : formula::Value();
        }
        const auto* indicator = source_.model().FindIndicator(path.at(0));
        indicator::FigureQuery query;
        query.indicator = path[0];
        query.place = place_;
        query.period = period_;
        if (path.size() == 2 && path[1] == kTarget) {
            const auto target = source_.TargetOf(query);
            return target ? formula::Value(Rescale(target->value, kTargetScale)) : formula::Value();
        }
        if (path.size() == 2 && path[1] == kLast) {
            query.period = YearBefore(period_);
        }
        return indicator::AsValue(*indicator, source_.Get(query));
    }
    formula::Value Rule(std::string_view key) const override {
        return source_.Rule(key, period_.last);
    }
    Date Today() const override { return source_.Today(); }

private:
    const FigureSource& source_;
    const int64_t place_;
    const Period period_;
};

}  // namespace

std::optional<formula::Type> ConditionScope::Resolve(const std::vector<std::string>& path) const {
    if (IsName(path) && path.size() <= 2) {
        formula::Type type;
        if (path.size() == 1) {
            type.kind = formula::Kind::kRef;  // something is to follow
            return type;
        }
        return FindSetting(model_, path[1]) == nullptr ? std::nullopt : std::optional(type);
    }
    const auto* indicator = path.empty() ? nullptr : model_.FindIndicator(path[0]);
    if (indicator == nullptr || path.size() > 2) {
        return std::nullopt;
    }
    if (path.size() == 1 || path[1] == kLast) {
        return indicator->type;
    }
    return path[1] == kTarget ? std::optional(TargetType(*indicator)) : std::nullopt;
}

std::vector<std::string> ConditionScope::Candidates(const std::vector<std::string>& path) const {
    std::vector<std::string> names;
    if (IsName(path)) {
        for (const auto& setting : model_.settings) {
            names.push_back(setting.key);
        }
        return names;
    }
    if (path.size() > 1) {
        return {std::string(kLast), std::string(kTarget)};
    }
    for (const auto& indicator : model_.indicators) {
        names.push_back(indicator.id);
    }
    return names;
}

std::optional<std::vector<std::string>> ConditionScope::Category(std::string_view name) const {
    const auto found = model_.categories.find(name);
    return found == model_.categories.end() ? std::nullopt : std::optional(found->second);
}

std::optional<formula::Type> ConditionScope::Rule(std::string_view key) const {
    const auto* rule = model_.FindRule(key);
    return rule == nullptr ? std::nullopt : std::optional(rule->type);
}

namespace {

Words PathInWords(const definition::Model& model, const std::vector<std::string>& path) {
    if (IsName(path)) {
        const auto* setting = FindSetting(model, path.back());
        return setting == nullptr ? Words{path.back(), path.back()} : setting->name.Both();
    }
    const auto* indicator = model.FindIndicator(path[0]);
    Words name = indicator == nullptr ? Words{path[0], path[0]} : indicator->name.Both();
    if (path.size() == 1) {
        return name;
    }
    return Sentence(path[1] == kLast ? "label_last" : "label_target", {{"name", std::move(name)}});
}

}  // namespace

formula::Formula CompileCondition(std::string_view text, const definition::Model& model) {
    formula::Type expected;
    expected.kind = formula::Kind::kBool;
    return formula::Formula::Compile(
        text, ConditionScope(model), formula::Profile::kFigure, expected
    );
}

Words ConditionInWords(const formula::Formula& condition, const definition::Model& model) {
    return indicator::FormulaInWords(model, condition, [&](const std::string& path) {
        return PathInWords(model, Split(path, '.'));
    });
}

ConditionResult EvaluateCondition(
    std::string_view text, const FigureSource& source, int64_t place, const Period& period
) {
    const auto& model = source.model();
    const auto formula = CompileCondition(text, model);
    ConditionResult result;
    result.value = formula.Evaluate(FigureRow(source, place, period));
    result.in_words = ConditionInWords(formula, model);
    for (const auto& path : formula.paths()) {
        const auto parts = Split(path, '.');
        if (IsName(parts)) {
            const auto typed = source.Setting(parts.back());
            if (!typed || typed->empty()) {
                result.not_typed.push_back(PathInWords(model, parts));
            }
            continue;
        }
        indicator::FigureQuery query;
        query.indicator = parts[0];
        query.place = place;
        query.period = period;
        if (parts.size() == 1) {
            result.inputs.push_back(source.Get(query));
            result.records += result.inputs.back().records;
        } else if (parts[1] == kLast) {
            query.period = YearBefore(period);
            result.records += source.Get(query).records;
        } else {
            result.records += source.TargetOf(query) ? 1 : 0;
        }
    }
    return result;
}

}  // namespace zw::report
