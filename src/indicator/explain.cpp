#include "indicator/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "indicator/derived.h"

namespace zw::indicator {

namespace {

using definition::IndicatorKind;

// "地块的地类" of plot.terrain.
std::string NameOfPath(
    const definition::Model& model, const definition::RecordType& type, const std::string& path
) {
    std::vector<std::string> names;
    const definition::RecordType* at = &type;
    for (const std::string& part : Split(path, '.')) {
        const definition::Field* field = at == nullptr ? nullptr : at->FindField(part);
        if (field == nullptr) {
            const std::string place = type.place_name.zh.empty() ? "村" : type.place_name.zh;
            names.push_back(part == "place" ? place : part);
            break;
        }
        names.push_back(field->name.zh);
        at = model.FindRecord(field->type.record);
    }
    return Join(names, "的");
}

std::string NamesOf(
    const definition::Model& model,
    const definition::RecordType& type,
    const std::vector<std::string>& paths
) {
    std::vector<std::string> names;
    names.reserve(paths.size());
    for (const std::string& path : paths) {
        names.push_back(NameOfPath(model, type, path));
    }
    return Join(names, "、");
}

std::string TimeInWords(const definition::Model& model, const SourceSet& set) {
    const definition::IndicatorSource& source = *set.source;
    const auto name = [&](const std::string& path) { return NameOfPath(model, *set.type, path); };
    const std::string life =
        source.to.empty()
            ? fmt::format("“{}”不晚于期末", name(source.from))
            : fmt::format("“{}”不晚于期末、且期末尚未到“{}”", name(source.from), name(source.to));
    switch (source.kind) {
        case IndicatorKind::kFlow:
            return fmt::format("“{}”在期内", name(source.at));
        case IndicatorKind::kLife:
            return source.from.empty() ? "" : life;
        case IndicatorKind::kLatest:
            return fmt::format(
                "每个（{}）按“{}”取期末{}的一条",
                NamesOf(model, *set.type, source.per),
                name(source.on),
                source.keep ? "以前最近" : "当期"
            );
        default:
            break;
    }
    const std::string window =
        fmt::format("“{}”在期末前{}个月以内", name(source.on), source.months);
    return source.from.empty() ? window : window + "、" + life;
}

std::string SourceInWords(const definition::Model& model, const SourceSet& set) {
    const auto name = [&](const std::string& path) { return NameOfPath(model, *set.type, path); };
    const auto rule_name = [&](const std::string& key) { return model.FindRule(key)->name.zh; };
    std::string words = fmt::format("《{}》中{}", set.type->name.zh, TimeInWords(model, set));
    if (set.source->when) {
        words += fmt::format("，且{}", set.source->when->InWords(name, rule_name));
    }
    const std::string value =
        set.source->value ? set.source->value->InWords(name, rule_name) : "计数";
    words += fmt::format("的记录：{}", value);
    return set.source->basis.empty() ? words : set.source->basis + "：" + words;
}

Figure PartFigure(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Figure& whole,
    const Period& part
) {
    Figure figure;
    figure.indicator = indicator.id;
    figure.place = whole.place;
    figure.period = part;
    figure.unit = whole.unit;
    figure.scope = whole.scope;
    figure.seq = evaluation.view().seq();
    figure.state = whole.state;
    return figure;
}

// The grain a flow can be told by, at least a month; absent when not finer than the period.
std::optional<Grain> PartGrain(const std::vector<const SourceSet*>& sets, const Period& period) {
    Grain grain = Grain::kMonth;
    for (const SourceSet* set : sets) {
        grain = std::max(grain, set->time_grain());
    }
    return grain < period.grain ? std::optional(grain) : std::nullopt;
}

// A flow's months (or quarters): what each adds to the whole, by the sources that the whole stands
// on.
std::vector<Figure> ByMonth(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Figure& whole
) {
    std::vector<const Leaf*> leaves;
    std::vector<const SourceSet*> sets;
    for (const Leaf& leaf : evaluation.Leaves(indicator, whole.period)) {
        if (where.Holds(leaf.place) && leaf.state != State::kMissing) {
            leaves.push_back(&leaf);
            sets.push_back(leaf.set);
        }
    }
    const bool flows = std::all_of(sets.begin(), sets.end(), [](const SourceSet* set) {
        return set->IsFlow() && set->kept;
    });
    const auto grain = PartGrain(sets, whole.period);
    std::vector<Figure> months;
    if (!whole.value || leaves.empty() || !flows || !grain ||
        indicator.adds != definition::Adds::kPlaceTime) {
        return months;
    }
    for (Period part = PeriodOf(whole.period.First(), *grain); part.last <= whole.period.last;
         part = Next(part)) {
        Figure figure = PartFigure(evaluation, indicator, whole, part);
        std::map<const SourceSet*, Sums> sums;
        for (const Leaf* leaf : leaves) {
            for (const int64_t place : leaf->parts) {
                sums[leaf->set].Add(PartSums(evaluation.view(), *leaf, place, part));
            }
        }
        SetParts(indicator, sums, figure);
        months.push_back(std::move(figure));
    }
    return months;
}

// Definitions are free of rings: inputs end.
void GatherLedgers(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period,
    std::set<std::string>& ledgers
) {
    if (indicator.IsDerived()) {
        for (const definition::Indicator* input : InputsOf(evaluation.view().town(), indicator)) {
            GatherLedgers(evaluation, *input, where, period, ledgers);
        }
        return;
    }
    std::set<std::string> used;
    for (const Leaf& leaf : evaluation.Leaves(indicator, period)) {
        // 镇本级 owes nothing: without rows it stands on no ledger.
        const bool counts = leaf.owes || leaf.sums.n > 0 || leaf.sums.nulls > 0;
        if (where.Holds(leaf.place) && leaf.state != State::kMissing && counts) {
            used.insert(leaf.set->type->id);
        }
    }
    if (used.empty()) {
        for (const SourceSet* set : evaluation.view().town().SourcesOf(indicator)) {
            used.insert(set->type->id);
        }
    }
    ledgers.merge(used);
}

}  // namespace

std::string FormulaInWords(const Town& town, const definition::Indicator& indicator) {
    if (indicator.IsDerived()) {
        const auto name_of = [&](const std::string& path) {
            const definition::Indicator* input = town.model.FindIndicator(path);
            return input == nullptr ? path : input->name.zh;
        };
        const auto rule_name = [&](const std::string& key) {
            return town.model.FindRule(key)->name.zh;
        };
        return indicator.derived->InWords(name_of, rule_name);
    }
    std::vector<std::string> words;
    for (const SourceSet* set : town.SourcesOf(indicator)) {
        words.push_back(SourceInWords(town.model, *set));
    }
    return Join(words, "；");
}

Breakdown ExplainFigure(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period
) {
    Breakdown breakdown;
    breakdown.formula_in_words = FormulaInWords(evaluation.view().town(), indicator);
    std::set<std::string> ledgers;
    GatherLedgers(evaluation, indicator, where, period, ledgers);
    breakdown.ledgers.assign(ledgers.begin(), ledgers.end());
    const Figure whole = evaluation.Computed(indicator, where, period);
    for (const int64_t leaf : evaluation.LeafPlaces(indicator, where, period)) {
        breakdown.by_place.push_back(evaluation.Computed(indicator, where.At(leaf), period));
    }
    if (!indicator.IsDerived()) {
        breakdown.by_month = ByMonth(evaluation, indicator, where, whole);
        return breakdown;
    }
    for (const definition::Indicator* input : InputsOf(evaluation.view().town(), indicator)) {
        breakdown.inputs.push_back(evaluation.Printed(*input, where, period));
    }
    return breakdown;
}

}  // namespace zw::indicator
