#include "report/resolve.h"

#include <fmt/format.h>

#include "base/problem.h"
#include "base/text.h"
#include "report/condition.h"
#include "report/number.h"
#include "report/wording.h"

namespace zw::report {

namespace {

using indicator::State;

std::string StateText(const indicator::Figure& figure) {
    std::string text = indicator::StateName(figure.state);
    if (figure.state == State::kPartial) {
        text += fmt::format(" {}/{}", figure.returned, figure.owed);
    }
    return text;
}

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

// "2022年柳湾村蔬菜总产量", without what is the report's own.
std::string LabelOf(
    const definition::Indicator& indicator,
    const indicator::FigureQuery& query,
    const Period& own,
    const access::PlaceTree& places
) {
    std::string label;
    if (query.period != own) {
        label += ToChinese(query.period);
    }
    if (query.place != places.town().id) {
        label += places.Find(query.place)->name;
    }
    return label + indicator.name.zh;
}

std::string MissingVillages(const ResolvedSlot& slot) {
    constexpr size_t kNamed = 5;
    std::vector<std::string> names(
        slot.missing.begin(),
        slot.missing.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, slot.missing.size()))
    );
    return Join(names, "、") + (slot.missing.size() > kNamed ? "等" : "");
}

bool IsPeriodName(std::string_view key) {
    return EndsWith(key, "period");
}

// 2023年, 2022年, 2024年 of a report on 2023.
std::string PeriodName(std::string_view key, const Period& own) {
    if (key == "last_period") {
        return ToChinese(Previous(own));
    }
    return ToChinese(key == "next_period" ? Next(own) : own);
}

struct InUnit {
    Decimal value;
    std::string unit;
};

// `value` of the indicator's unit in the unit to be printed.
InUnit Convert(
    const definition::Model& model,
    const definition::Indicator& indicator,
    const Slot& slot,
    const Decimal& value
) {
    if (slot.unit.empty()) {
        return {value, indicator.print_unit.empty() ? indicator.unit_text : indicator.print_unit};
    }
    if (slot.unit == indicator.unit_text || slot.unit == indicator.print_unit) {
        return {value, slot.unit};
    }
    const auto from = model.units.Parse(indicator.unit_text);
    const auto to = model.units.Parse(slot.unit);
    if (!from || !to || !from->SameDimension(*to)) {
        throw Problem("not_found", {{"kind", "单位"}, {"name", slot.unit}, {"nearest", ""}});
    }
    const Ratio factor = formula::Conversion(*from, *to);
    constexpr int kScale = 6;
    const auto converted =
        MakeRatio(value.units * factor.numerator, PowerOfTen(value.scale) * factor.denominator);
    return {Round(*converted, kScale), slot.unit};
}

}  // namespace

std::string ValueText(const Decimal& value) {
    std::string text = ToShortText(value);
    const size_t point = text.find('.');
    if (point != std::string::npos && point + 2 == text.size()) {
        text += '0';
    }
    return text;
}

const std::vector<std::string>& BuiltInNames() {
    static const std::vector<std::string> kNames = {
        "town", "county", "period", "last_period", "next_period"};
    return kNames;
}

std::map<std::string, std::string> SlotData(const ResolvedSlot& slot) {
    if (slot.kind != "figure") {
        return {{"slot", slot.id}};
    }
    return {
        {"slot", slot.id},
        {"indicator", slot.key},
        {"place", slot.place_code},
        {"period", slot.period},
        {"value", slot.value},
        {"unit", slot.unit},
        {"state", slot.state}};
}

std::optional<Period> SlotPeriod(std::string_view written, const Period& own) {
    if (written.empty() || written == "本期") {
        return own;
    }
    if (written == "上年") {
        return YearBefore(own);
    }
    if (written == "上期") {
        return Previous(own);
    }
    return ParsePeriod(written);
}

std::vector<document::Span> Resolver::Paragraph(std::string_view text, int number) {
    std::vector<document::Span> spans;
    heading_ = false;
    Nodes(ParseParagraph(text), number, spans);
    return spans;
}

void Resolver::Nodes(
    const std::vector<Node>& nodes, int number, std::vector<document::Span>& spans
) {
    for (const auto& node : nodes) {
        switch (node.kind) {
            case Node::Kind::kText:
                PutText(node.text, spans);
                break;
            case Node::Kind::kSlot:
                PutSlot(node.slot, spans);
                break;
            case Node::Kind::kCondition:
                Nodes(Decide(node, number) ? node.yes : node.no, number, spans);
                break;
        }
    }
}

void Resolver::PutText(const std::string& text, std::vector<document::Span>& spans) {
    size_t from = 0;
    while (from <= text.size()) {
        const size_t stars = text.find("**", from);
        document::Span span;
        span.text =
            text.substr(from, stars == std::string::npos ? std::string::npos : stars - from);
        span.look = heading_ ? document::style::kHeading2 : "";
        if (!span.text.empty()) {
            spans.push_back(std::move(span));
        }
        if (stars == std::string::npos) {
            return;
        }
        heading_ = !heading_;
        from = stars + 2;
    }
}

void Resolver::PutSlot(const Slot& slot, std::vector<document::Span>& spans) {
    Printed printed = slot.kind == SlotKind::kFigure ? FigureSlot(slot) : Printed{{}, Named(slot)};
    if (!printed.before.empty()) {
        PutText(printed.before, spans);
    }
    const ResolvedSlot& resolved = printed.slot;
    document::Span span;
    span.text = resolved.text;
    span.mark = resolved.id;
    span.pending = !resolved.pending.empty();
    span.look = heading_ ? document::style::kHeading2 : "";
    if (resolved.kind == "figure") {
        span.link = "#zw_annex_" + resolved.id;
    }
    span.data = SlotData(resolved);
    spans.push_back(std::move(span));
    slots_.push_back(std::move(printed.slot));
}

void Resolver::Hold(ResolvedSlot& slot, const std::string& text, const std::string& why) const {
    const auto waived = context_.waivers.find(slot.id);
    if (waived != context_.waivers.end()) {
        slot.waiver = waived->second;
        return;
    }
    slot.text = text;
    slot.pending = why;
}

ResolvedSlot Resolver::Named(const Slot& slot) const {
    const auto& model = context_.source.model();
    ResolvedSlot resolved;
    resolved.id = slot.id;
    resolved.kind = slot.kind == SlotKind::kName ? "name" : "phrase";
    resolved.key = slot.key;
    resolved.label = slot.key;
    resolved.state = "filled";
    resolved.period = ToText(context_.period);
    for (const auto& setting : model.settings) {
        if (setting.key == slot.key) {
            resolved.label = setting.name.zh;
        }
    }
    std::optional<std::string> text = context_.source.Setting(slot.key);
    if (slot.kind == SlotKind::kName && slot.key == "town") {
        text = context_.source.places().town().name;
        resolved.label = "镇名";
    } else if (slot.kind == SlotKind::kName && slot.key == "county") {
        text = context_.source.Setting("county.name");
        resolved.label = "县名";
    } else if (slot.kind == SlotKind::kName && IsPeriodName(slot.key)) {
        text = PeriodName(slot.key, context_.period);
        resolved.label = "报告期";
    } else if (slot.kind == SlotKind::kPhrase && !text) {
        if (const auto* phrase = model.FindPhrase(slot.key, context_.period.last)) {
            text = phrase->text;
            resolved.basis = phrase->source;
        }
    }
    if (text && !text->empty()) {
        resolved.text = *text;
        resolved.value = *text;
        return resolved;
    }
    resolved.state = "missing";
    resolved.text = "（未填）";
    Hold(resolved, "【待填：" + resolved.label + "】", "未填写" + resolved.label);
    return resolved;
}

indicator::FigureQuery Resolver::QueryOf(const Slot& slot) const {
    const auto& places = context_.source.places();
    indicator::FigureQuery query;
    query.indicator = slot.key;
    query.place = places.town().id;
    if (!slot.place.empty()) {
        const auto place = places.Match(slot.place);
        if (!place) {
            throw Problem("not_found", {{"kind", "村"}, {"name", slot.place}, {"nearest", ""}});
        }
        query.place = *place;
    }
    const auto period = SlotPeriod(slot.period, context_.period);
    if (!period) {
        throw Problem("not_found", {{"kind", "时期"}, {"name", slot.period}, {"nearest", ""}});
    }
    query.period = *period;
    return query;
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
        resolved.place_name = place->name;
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
    for (const int64_t place : figure.missing) {
        const auto* found = places.Find(place);
        resolved.missing.push_back(found == nullptr ? std::to_string(place) : found->name);
    }
    return resolved;
}

Resolver::Printed Resolver::FigureSlot(const Slot& slot) const {
    const auto* indicator = context_.source.model().FindIndicator(slot.key);
    if (indicator == nullptr) {
        throw Problem("not_found", {{"kind", "指标"}, {"name", slot.key}, {"nearest", ""}});
    }
    const auto query = QueryOf(slot);
    const auto figure = context_.source.Get(query);
    Printed printed;
    printed.slot = Describe(slot, *indicator, figure);
    printed.slot.place = query.place;
    printed.slot.period = ToText(query.period);
    printed.slot.label = LabelOf(*indicator, query, context_.period, context_.source.places());
    printed.slot.formula = context_.source.FormulaInWords(query);
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
            resolved.label + (no_base ? "的基数不大于0" : "没有数据")
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
        resolved.note = "数值不符合所选写法，已按原数写出";
    }
    printed.before =
        (figure.state == State::kForecast ? "预计" : "") + std::string(slot.reach ? "达到" : "");
    if (figure.state == State::kPartial) {
        const std::string who = MissingVillages(resolved);
        resolved.text += "（不含" + who + "）";
        Hold(
            resolved,
            fmt::format("【缺{}村：{}】", resolved.missing.size(), who),
            fmt::format("{}缺{}村", resolved.label, resolved.missing.size())
        );
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
    const FigureSource& source = context_.source;
    const std::string unit =
        indicator.print_unit.empty() ? indicator.unit_text : indicator.print_unit;
    const auto target = source.TargetOf(query);
    Wording wording;
    bool needs_figure = true;
    std::optional<indicator::Figure> base;
    switch (slot.compare) {
        case CompareWord::kCompletion:
            wording = CompletionWording(indicator, unit, figure, target);
            break;
        case CompareWord::kGap:
            wording = GapWording(indicator, unit, figure, target);
            break;
        case CompareWord::kShare:
            wording = ShareWording(
                *source.model().FindIndicator(slot.whole), source.ShareOf(query, slot.whole)
            );
            break;
        case CompareWord::kTarget:
        case CompareWord::kDue: {
            needs_figure = false;
            if (slot.compare == CompareWord::kDue) {
                wording = DueWording(indicator, target);
            } else if (target) {
                wording.text = PrintNumber(target->value, unit);
            } else {
                wording.lacks = resolved.label + "目标";
            }
            resolved.value = !target                                ? ""
                             : slot.compare == CompareWord::kTarget ? ValueText(target->value)
                             : target->due                          ? ToText(*target->due)
                                                                    : "";
            resolved.exact.clear();
            resolved.unit = slot.compare == CompareWord::kTarget ? indicator.unit_text : "";
            resolved.state = wording.text ? "filled" : "missing";
            resolved.basis = target ? target->document : "";
            resolved.records = target ? 1 : 0;
            resolved.missing.clear();
            resolved.computed.clear();
            resolved.formula = "年度目标";
            break;
        }
        default: {
            const auto comparison = source.CompareWith(query, CompareOf(slot.compare));
            base = comparison.base;
            wording = ChangeWording(slot.compare, indicator, unit, figure, comparison);
        }
    }
    if (!wording.text) {
        resolved.text = "（暂无数据）";
        Hold(resolved, "【待填：" + wording.lacks + "】", wording.lacks + "没有数据");
        return;
    }
    resolved.text = *wording.text;
    const bool partial = needs_figure && (figure.state == State::kPartial ||
                                          (base && base->state == State::kPartial));
    if (partial) {
        if (resolved.missing.empty() && base) {
            for (const int64_t place : base->missing) {
                const auto* found = source.places().Find(place);
                resolved.missing.push_back(found == nullptr ? std::to_string(place) : found->name);
            }
        }
        Hold(
            resolved,
            fmt::format("【缺{}村：{}】", resolved.missing.size(), MissingVillages(resolved)),
            fmt::format("{}缺{}村", resolved.label, resolved.missing.size())
        );
    }
}

bool Resolver::Decide(const Node& node, int number) {
    const auto& places = context_.source.places();
    const auto result =
        EvaluateCondition(node.formula, context_.source, places.town().id, context_.period);
    ResolvedSlot resolved;
    resolved.id = fmt::format("{}_{}", node.id, number);
    resolved.kind = "condition";
    resolved.key = node.formula;
    resolved.label = result.in_words;
    resolved.formula = result.in_words;
    resolved.place = places.town().id;
    resolved.place_code = places.town().code;
    resolved.place_name = places.town().name;
    resolved.period = ToText(context_.period);
    const auto* value = std::get_if<bool>(&result.value);
    const bool holds = value != nullptr && *value;
    resolved.text = value == nullptr ? "无法判断" : holds ? "成立" : "不成立";
    resolved.value = value == nullptr ? "" : holds ? "true" : "false";
    resolved.state = "filled";
    std::vector<std::string> reasons;
    for (const auto& input : result.inputs) {
        resolved.records += input.records;
        resolved.seq = std::max(resolved.seq, input.seq);
        const bool lacking = input.state == State::kMissing || input.state == State::kPartial;
        if (lacking) {
            resolved.state = StateText(input);
            const auto* indicator = context_.source.model().FindIndicator(input.indicator);
            reasons.push_back(
                indicator->name.zh + (input.state == State::kPartial ? "未报齐" : "没有数据")
            );
        }
    }
    if (!reasons.empty()) {
        const std::string text = resolved.text;
        Hold(resolved, text, "条件“" + resolved.label + "”：" + Join(reasons, "、"));
    }
    slots_.push_back(std::move(resolved));
    return holds;
}

}  // namespace zw::report
