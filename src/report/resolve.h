#pragma once
// A paragraph's text with slots → spans as printed, and what stands behind each slot.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document/content.h"
#include "report/slot.h"
#include "report/source.h"
#include "report/wording.h"

namespace zw::report {

// What a slot or condition became. Texts are final: what is stored under a seal is exactly this.
struct ResolvedSlot {
    std::string id;
    std::string kind;     // figure, name, phrase, condition
    std::string key;      // indicator, setting, phrase, or the condition's formula
    std::string label;    // name in words: 苹果产量; a condition's formula in words
    std::string text;     // as printed; a condition: 成立, 不成立, 无法判断
    std::string compare;  // 同比 …, empty
    int64_t place = 0;
    std::string place_code;
    std::string place_name;
    std::string period;  // 2023
    std::string
        value;  // decimal text of the figure (of the target for 目标 and 目标期限), empty: none
    std::string exact;  // n/d of ratios
    std::string unit;   // of value
    std::string state;  // filled, partial 17/18, missing, no_base, forecast, adopted
    std::string basis;
    std::string computed;  // adopted, forecast: what the records say
    int64_t records = 0;
    int64_t seq = 0;                   // log number behind the value
    std::vector<std::string> missing;  // names of places that have not returned
    std::string formula;               // in words
    std::string pending;  // why it keeps the edition from being final; empty: it does not
    std::string waiver;   // the reason a leader gave for letting it pass; then it is not pending
    std::string note;     // 写法不符 … : shown, does not block
    // What a person who reads English is told; not sealed, so empty of a sealed edition.
    struct {
        std::string label, formula, pending, note;
    } english = {};

    // The label in both languages; of a sealed edition the Chinese stands for both.
    Words Label() const { return {label, english.label.empty() ? label : english.label}; }
    // With the English words in place of the Chinese, where there are some.
    ResolvedSlot InEnglish() const;
    void SetLabel(const Words& words);
    void SetFormula(const Words& words);
    void AddNote(const Words& words);
};

struct ResolveContext {
    const FigureSource& source;
    Period period;
    std::map<std::string, std::string> waivers;  // slot id → reason
};

class Resolver {
public:
    explicit Resolver(const ResolveContext& context) : context_(context) {}

    // Appends to slots(). `number`: of the paragraph, makes the ids of its conditions (c3_1).
    // Throws slot_syntax, and not_found for an unknown indicator, place or unit.
    std::vector<document::Span> Paragraph(std::string_view text, int number);
    const std::vector<ResolvedSlot>& slots() const { return slots_; }

private:
    struct Printed {
        std::string before;  // 达到, 预计: outside the bookmark
        ResolvedSlot slot;
    };

    void Nodes(const std::vector<Node>& nodes, int number, std::vector<document::Span>& spans);
    void PutText(const std::string& text, std::vector<document::Span>& spans);
    // `after`: the prose that follows it.
    void PutSlot(const Slot& slot, const std::string& after, std::vector<document::Span>& spans);
    bool Decide(const Node& node, int number);
    ResolvedSlot Named(const Slot& slot) const;
    Printed FigureSlot(const Slot& slot) const;
    void PrintFigure(
        const Slot& slot,
        const definition::Indicator& indicator,
        const indicator::FigureQuery& query,
        const indicator::Figure& figure,
        Printed& printed
    ) const;
    void PrintCompare(
        const Slot& slot,
        const definition::Indicator& indicator,
        const indicator::FigureQuery& query,
        const indicator::Figure& figure,
        Printed& printed
    ) const;
    // What a comparison says, and whether villages are missing in the figure or in what it is
    // compared with.
    struct Compared {
        Wording wording;
        bool partial = false;
        std::vector<int64_t> base_missing;
    };
    Compared CompareSlot(
        const Slot& slot,
        const definition::Indicator& indicator,
        const indicator::FigureQuery& query,
        const indicator::Figure& figure,
        ResolvedSlot& resolved
    ) const;
    static Wording TargetSlot(
        const Slot& slot,
        const definition::Indicator& indicator,
        const std::string& unit,
        const std::optional<indicator::Figures::Target>& target,
        ResolvedSlot& resolved
    );
    static Words VillagesMissing(const ResolvedSlot& slot);
    std::vector<std::string> NamesOf(const std::vector<int64_t>& places) const;
    indicator::FigureQuery QueryOf(const Slot& slot) const;
    ResolvedSlot Describe(
        const Slot& slot, const definition::Indicator& indicator, const indicator::Figure& figure
    ) const;
    void Hold(ResolvedSlot& slot, const std::string& text, const Words& why) const;

    const ResolveContext& context_;
    std::vector<ResolvedSlot> slots_;
    bool heading_ = false;  // inside **…**
};

// A typed name between the prose before and after it: quotes that the prose has already, and an
// ending that it repeats (“…{{name:x}}战略” of 双轮战略), are left out.
std::string FitName(const std::string& name, const std::string& before, const std::string& after);
// Names that no setting holds: town, county, period (2023年), last_period, next_period.
const std::vector<std::string>& BuiltInNames();
// The data-… attributes of a slot's element.
std::map<std::string, std::string> SlotData(const ResolvedSlot& slot);
// A slot's period: the report's own, 上年, 上期, or one that is written out. Absent when it is
// none.
std::optional<Period> SlotPeriod(std::string_view written, const Period& own);

}  // namespace zw::report
