#include "indicator/explain.h"

#include <algorithm>
#include <set>

#include "base/not_found.h"
#include "base/text.h"
#include "indicator/derived.h"

namespace zw::indicator {

namespace {

using definition::IndicatorKind;

// "地块的地类" of plot.terrain; in English "plot: terrain".
Words NameOfPath(
    const definition::Model& model, const definition::RecordType& type, const std::string& path
) {
    std::vector<Words> names;
    const definition::RecordType* at = &type;
    for (const std::string& part : Split(path, '.')) {
        const definition::Field* field = at == nullptr ? nullptr : at->FindField(part);
        if (field == nullptr) {
            const Words place =
                type.place_name.zh.empty() ? NameOf(Thing::kVillage) : type.place_name.Both();
            names.push_back(part == "place" ? place : Words{part, part});
            break;
        }
        names.push_back(field->name.Both());
        at = model.FindRecord(field->type.record);
    }
    return Join(names, {"的", ": "});
}

// What a source says in one language: its parts in words, put into the catalogue's sentences.
class SourceWords {
public:
    SourceWords(const definition::Model& model, const SourceSet& set)
        : model_(model), set_(set), source_(*set.source) {}

    Words Of() const {
        Words words =
            Sentence("explain_source", {{"ledger", set_.type->name.Both()}, {"time", Time()}});
        if (source_.when) {
            words += Sentence("explain_when", {{"when", InWords(*source_.when)}});
        }
        words += source_.value ? Sentence("explain_value", {{"value", InWords(*source_.value)}})
                               : CatalogueWords("explain_count");
        return source_.basis.empty()
                   ? words
                   : Sentence(
                         "explain_basis",
                         {{"basis", {source_.basis, source_.basis}}, {"words", words}}
                     );
    }

private:
    Words Name(const std::string& path) const { return NameOfPath(model_, *set_.type, path); }

    Words Names(const std::vector<std::string>& paths) const {
        std::vector<Words> names;
        names.reserve(paths.size());
        for (const std::string& path : paths) {
            names.push_back(Name(path));
        }
        return Join(names, {"、", ", "});
    }

    Words InWords(const formula::Formula& formula) const {
        return FormulaInWords(model_, formula, [&](const std::string& path) { return Name(path); });
    }

    Words Life() const {
        return source_.to.empty()
                   ? Sentence("explain_from", {{"from", Name(source_.from)}})
                   : Sentence(
                         "explain_life", {{"from", Name(source_.from)}, {"to", Name(source_.to)}}
                     );
    }

    Words Time() const {
        switch (source_.kind) {
            case IndicatorKind::kFlow:
                return Sentence("explain_flow", {{"at", Name(source_.at)}});
            case IndicatorKind::kLife:
                return source_.from.empty() ? Words() : Life();
            case IndicatorKind::kLatest:
                return Sentence(
                    source_.keep ? "explain_latest_kept" : "explain_latest",
                    {{"per", Names(source_.per)}, {"on", Name(source_.on)}}
                );
            default:
                break;
        }
        const std::string months = std::to_string(source_.months);
        const Words window =
            Sentence("explain_window", {{"on", Name(source_.on)}, {"months", {months, months}}});
        return source_.from.empty() ? window : window + Words{"、", ""} + Life();
    }

    const definition::Model& model_;
    const SourceSet& set_;
    const definition::IndicatorSource& source_;
};

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

Words FormulaInWords(
    const definition::Model& model,
    const formula::Formula& formula,
    const std::function<Words(const std::string& path)>& name_of
) {
    const auto rule = [&](const std::string& key) -> const definition::Names& {
        return model.FindRule(key)->name;
    };
    return {
        formula.InWords(
            [&](const std::string& path) { return name_of(path).zh; },
            [&](const std::string& key) { return rule(key).zh; }
        ),
        formula.InWords(
            [&](const std::string& path) { return name_of(path).en; },
            [&](const std::string& key) { return rule(key).English(); },
            true
        )};
}

Words FormulaInWords(const Town& town, const definition::Indicator& indicator) {
    if (indicator.IsDerived()) {
        return FormulaInWords(town.model, *indicator.derived, [&](const std::string& path) {
            const definition::Indicator* input = town.model.FindIndicator(path);
            return input == nullptr ? Words{path, path} : input->name.Both();
        });
    }
    std::vector<Words> words;
    for (const SourceSet* set : town.SourcesOf(indicator)) {
        words.push_back(SourceWords(town.model, *set).Of());
    }
    return Join(words, {"；", "; "});
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
