#include <fmt/format.h>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "indicator/figure_text.h"
#include "report/number.h"
#include "report/resolve.h"
#include "report/slot_number.h"
#include "report/wording.h"

namespace zw::report {

namespace {

using indicator::State;
using indicator::StateText;
using indicator::ValueText;

std::string CompareName(CompareWord word) {
    const auto index = static_cast<size_t>(word);
    return index == 0 ? "" : CompareWords().at(index - 1);
}

indicator::Compare CompareOf(CompareWord word) {
    switch (word) {
        case CompareWord::kPeriodOnPeriod:
            return indicator::Compare::kPeriodOnPeriod;
        case CompareWord::kSinceYearStart:
            return indicator::Compare::kSinceYearStart;
        default:
            return indicator::Compare::kYearOnYear;
    }
}

// "2022年柳湾村苹果产量", without what is the report's own.
Words FigureLabel(
    const definition::Indicator& indicator,
    const indicator::FigureQuery& query,
    const Period& own,
    const access::PlaceTree& places
) {
    std::string zh;
    std::vector<std::string> en;
    if (query.period != own) {
        zh += ToChinese(query.period);
        en.push_back(ToText(query.period));
    }
    if (query.place != places.town().id) {
        en.push_back(places.Find(query.place)->NameOn(query.period.last));
        zh += en.back();
    }
    return zh.empty()
               ? indicator.name.Both()
               : Sentence(
                     "label_of", {{"of", {zh, Join(en, ", ")}}, {"name", indicator.name.Both()}}
                 );
}

std::string MissingVillages(const ResolvedSlot& slot) {
    constexpr size_t kNamed = 5;
    std::vector<std::string> names(
        slot.missing.begin(),
        slot.missing.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, slot.missing.size()))
    );
    return Join(names, "、") + (slot.missing.size() > kNamed ? "等" : "");
}

}  // namespace

Words Resolver::VillagesMissing(const ResolvedSlot& slot) {
    const std::string count = std::to_string(slot.missing.size());
    return Sentence("pending_villages", {{"label", slot.Label()}, {"count", {count, count}}});
}

indicator::FigureQuery Resolver::QueryOf(const Slot& slot) const {
    return report::QueryOf(context_.source, context_.period, slot);
}

std::vector<std::string> Resolver::NamesOf(const std::vector<int64_t>& places) const {
    std::vector<std::string> names;
    for (const int64_t place : places) {
        const auto* found = context_.source.places().Find(place);
        names.push_back(found == nullptr ? std::to_string(place) : found->name);
    }
    return names;
}

ResolvedSlot Resolver::Describe(
    const Slot& slot, const definition::Indicator& indicator, const indicator::Figure& figure
) const {
    const auto& places = context_.source.places();
    ResolvedSlot resolved;
    resolved.id = slot.id;
    resolved.kind = "figure";
    resolved.key = slot.key;
    resolved.compare = CompareName(slot.compare);
    resolved.place = figure.place;
    if (const auto* place = places.Find(figure.place)) {
        resolved.place_code = place->code;
        resolved.place_name = place->NameOn(figure.period.last);
    }
    resolved.period = ToText(figure.period);
    resolved.value = figure.value ? ValueText(*figure.value) : "";
    resolved.exact = figure.exact ? ToText(*figure.exact) : "";
    resolved.unit = indicator.unit_text;
    resolved.state = StateText(figure);
    resolved.basis = figure.basis;
    resolved.computed = figure.computed ? ValueText(*figure.computed) : "";
    resolved.records = figure.records;
    resolved.seq = figure.seq;
    resolved.missing = NamesOf(figure.missing);
    if (figure.nulls > 0) {
        resolved.AddNote(CatalogueWords("note_no_value", {{"count", std::to_string(figure.nulls)}})
        );
    }
    return resolved;
}

Resolver::Printed Resolver::FigureSlot(const Slot& slot) const {
    const auto* indicator = context_.source.model().FindIndicator(slot.key);
    if (indicator == nullptr) {
        throw NotFound(Thing::kIndicator, slot.key);
    }
    const auto query = QueryOf(slot);
    const auto figure = context_.source.Get(query);
    Printed printed;
    printed.slot = Describe(slot, *indicator, figure);
    printed.slot.place = query.place;
    printed.slot.period = ToText(query.period);
    printed.slot.SetLabel(FigureLabel(*indicator, query, context_.period, context_.source.places())
    );
    printed.slot.SetFormula(context_.source.FormulaInWords(query));
    if (slot.compare == CompareWord::kNone) {
        PrintFigure(slot, *indicator, query, figure, printed);
    } else {
        PrintCompare(slot, *indicator, query, figure, printed);
    }
    return printed;
}

void Resolver::PrintFigure(
    const Slot& slot,
    const definition::Indicator& indicator,
    const indicator::FigureQuery& query,
    const indicator::Figure& figure,
    Printed& printed
) const {
    ResolvedSlot& resolved = printed.slot;
    if (!figure.value) {
        const bool no_base = figure.state == State::kNoBase;
        resolved.text = no_base ? "（无基数）" : "（暂无数据）";
        Hold(
            resolved,
            "【待填：" + resolved.label + (no_base ? "（基数不大于0）" : "") + "】",
            Sentence(no_base ? "pending_no_base" : "pending_no_data", {{"label", resolved.Label()}})
        );
        return;
    }
    const InUnit shown = Convert(context_.source.model(), indicator, slot, *figure.value);
    std::optional<Decimal> last;
    if (slot.style == StyleWord::kPassed) {
        auto before = query;
        before.period = YearBefore(query.period);
        const auto value = context_.source.Get(before).value;
        if (value) {
            last = Convert(context_.source.model(), indicator, slot, *value).value;
        }
    }
    const std::string unit = slot.bare ? "" : shown.unit;
    const Styled styled = PrintStyled(
        shown.value, unit, slot.style, slot.bound, last, slot.bare || !slot.unit.empty()
    );
    resolved.text = styled.text;
    if (!styled.true_of_value) {
        resolved.AddNote(CatalogueWords("note_style"));
    }
    printed.before =
        (figure.state == State::kForecast ? "预计" : "") + std::string(slot.reach ? "达到" : "");
    if (figure.state == State::kPartial) {
        const std::string who = MissingVillages(resolved);
        resolved.text += "（不含" + who + "）";
        Hold(
            resolved,
            fmt::format("【缺{}村：{}】", resolved.missing.size(), who),
            VillagesMissing(resolved)
        );
    }
}

// A target is its own figure: it has no records, no villages that are missing.
Wording Resolver::TargetSlot(
    const Slot& slot,
    const definition::Indicator& indicator,
    const std::string& unit,
    const std::optional<indicator::Figures::Target>& target,
    ResolvedSlot& resolved
) {
    const bool value = slot.compare == CompareWord::kTarget;
    Wording wording;
    if (!value) {
        wording = DueWording(indicator, target);
    } else if (target) {
        wording.text = PrintNumber(target->value, unit);
    } else {
        wording.lacks = Sentence("label_target", {{"name", resolved.Label()}});
    }
    resolved.value.clear();
    if (target && value) {
        resolved.value = ValueText(target->value);
    } else if (target && target->due) {
        resolved.value = ToText(*target->due);
    }
    resolved.exact.clear();
    resolved.unit = value ? indicator.unit_text : "";
    resolved.state = wording.text ? "filled" : "missing";
    resolved.basis = target ? target->document : "";
    resolved.records = target ? 1 : 0;
    resolved.missing.clear();
    resolved.computed.clear();
    resolved.note.clear();
    resolved.english.note.clear();
    resolved.SetFormula(CatalogueWords("formula_target"));
    return wording;
}

Resolver::Compared Resolver::CompareSlot(
    const Slot& slot,
    const definition::Indicator& indicator,
    const indicator::FigureQuery& query,
    const indicator::Figure& figure,
    ResolvedSlot& resolved
) const {
    const FigureSource& source = context_.source;
    const std::string unit =
        indicator.print_unit.empty() ? indicator.unit_text : indicator.print_unit;
    const bool own = figure.state == State::kPartial;
    switch (slot.compare) {
        case CompareWord::kCompletion:
            return {CompletionWording(indicator, unit, figure, source.TargetOf(query)), own, {}};
        case CompareWord::kGap:
            return {GapWording(indicator, unit, figure, source.TargetOf(query)), own, {}};
        case CompareWord::kShare:
            return {
                ShareWording(
                    *source.model().FindIndicator(slot.whole), source.ShareOf(query, slot.whole)
                ),
                own,
                {}};
        case CompareWord::kTarget:
        case CompareWord::kDue:
            return {TargetSlot(slot, indicator, unit, source.TargetOf(query), resolved), false, {}};
        default: {
            const auto comparison = source.CompareWith(query, CompareOf(slot.compare));
            if (!comparison.uneven.empty()) {
                return {{"", {}}, true, comparison.base->missing};
            }
            return {ChangeWording(slot.compare, indicator, unit, figure, comparison), false, {}};
        }
    }
}

void Resolver::PrintCompare(
    const Slot& slot,
    const definition::Indicator& indicator,
    const indicator::FigureQuery& query,
    const indicator::Figure& figure,
    Printed& printed
) const {
    ResolvedSlot& resolved = printed.slot;
    const Compared compared = CompareSlot(slot, indicator, query, figure, resolved);
    if (!compared.wording.text) {
        resolved.text = "（暂无数据）";
        const Words& lacks = compared.wording.lacks;
        Hold(
            resolved, "【待填：" + lacks.zh + "】", Sentence("pending_no_data", {{"label", lacks}})
        );
        return;
    }
    resolved.text = *compared.wording.text;
    if (compared.partial) {
        if (resolved.missing.empty()) {
            resolved.missing = NamesOf(compared.base_missing);
        }
        // Some villages against all of them is no growth and no fall. What a leader lets pass says
        // so.
        resolved.text = fmt::format("{}因缺{}未计算", resolved.compare, MissingVillages(resolved));
        Hold(
            resolved,
            fmt::format("【缺{}村：{}】", resolved.missing.size(), MissingVillages(resolved)),
            VillagesMissing(resolved)
        );
    }
}

}  // namespace zw::report
