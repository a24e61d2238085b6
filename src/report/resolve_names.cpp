#include "base/text.h"
#include "report/resolve.h"

namespace zw::report {

namespace {

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

// Some phrases are true of one province only.
bool HoldsHere(const definition::Phrase& phrase, const FigureSource& source) {
    return phrase.province.empty() || source.Setting("province_short") == phrase.province;
}

}  // namespace

const std::vector<std::string>& BuiltInNames() {
    static const std::vector<std::string> kNames = {
        "town", "county", "period", "last_period", "next_period"};
    return kNames;
}

std::string FitName(const std::string& name, const std::string& before, const std::string& after) {
    std::string text = name;
    for (const auto& [open, close] :
         {std::pair<std::string_view, std::string_view>{"“", "”"}, {"\"", "\""}, {"《", "》"}}) {
        const bool quoted = text.size() > open.size() + close.size() && StartsWith(text, open) &&
                            EndsWith(text, close);
        if (quoted && (EndsWith(before, "“") || EndsWith(before, open))) {
            text = text.substr(open.size(), text.size() - open.size() - close.size());
        }
    }
    // Two characters at least: one alone may belong to the name.
    constexpr size_t kShortest = 2;
    const std::u32string points = ToCodePoints(text);
    for (size_t length = points.size() - std::min(points.size(), size_t{1}); length >= kShortest;
         --length) {
        const std::string ending = ToUtf8(points.substr(points.size() - length));
        if (StartsWith(after, ending)) {
            return text.substr(0, text.size() - ending.size());
        }
    }
    return text;
}

ResolvedSlot Resolver::Named(const Slot& slot) const {
    const auto& model = context_.source.model();
    ResolvedSlot resolved;
    resolved.id = slot.id;
    resolved.kind = slot.kind == SlotKind::kName ? "name" : "phrase";
    resolved.key = slot.key;
    resolved.SetLabel({slot.key, slot.key});
    resolved.state = "filled";
    resolved.period = ToText(context_.period);
    for (const auto& setting : model.settings) {
        if (setting.key == slot.key) {
            resolved.SetLabel(setting.name.Both());
        }
    }
    std::optional<std::string> text = context_.source.Setting(slot.key);
    if (slot.kind == SlotKind::kName && slot.key == "town") {
        text = context_.source.places().town().name;
        resolved.SetLabel(CatalogueWords("label_town"));
    } else if (slot.kind == SlotKind::kName && slot.key == "county") {
        text = context_.source.Setting("county.name");
        resolved.SetLabel(CatalogueWords("label_county"));
    } else if (slot.kind == SlotKind::kName && IsPeriodName(slot.key)) {
        text = PeriodName(slot.key, context_.period);
        resolved.SetLabel(CatalogueWords("label_period"));
    } else if (slot.kind == SlotKind::kPhrase && !text) {
        if (const auto* phrase = model.FindPhrase(slot.key, context_.period.last)) {
            if (HoldsHere(*phrase, context_.source)) {
                text = phrase->text;
            } else {
                resolved.AddNote(CatalogueWords(
                    "note_province", {{"phrase", phrase->text}, {"province", phrase->province}}
                ));
            }
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
    Hold(
        resolved,
        "【待填：" + resolved.label + "】",
        Sentence("pending_not_typed", {{"label", resolved.Label()}})
    );
    return resolved;
}

}  // namespace zw::report
