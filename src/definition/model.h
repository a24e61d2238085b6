#pragma once
// The immutable model of everything that worklines/, rules/ and reports/ declare, after layering
// and checking. All modules above read it; none of them knows a line, record, field or indicator by
// name. Shared by const pointer; safe from any thread.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "formula/formula.h"
#include "formula/type.h"
#include "formula/unit.h"

namespace zw::definition {

// Where something was declared: file within its layer, from 1.
struct Origin {
    std::string layer;  // builtin, national, …, local
    std::string file;
    int line = 0;
    int column = 0;
};

struct Names {
    std::string zh;
    std::string en;  // empty where none is given
    // What stands for it in English: the Chinese name where there is no other.
    const std::string& English() const { return en.empty() ? zh : en; }
    Words Both() const { return {zh, English()}; }
};

enum class Format { kNone, kIdNumber, kBankCard, kUscc, kPhone };

// How a reference is found from what a file says: each alternative is a list of fields of the
// target; "place" (or "village") is the row's place.
using MatchKeys = std::vector<std::vector<std::string>>;

struct Field {
    std::string id;
    Names name;
    formula::Type type;         // unit, scale, choices, grain, referred record inside
    std::string list;           // the list a choice is `of`, empty for one given in place
    MatchKeys match;            // kRef
    bool create_draft = false;  // kRef: unknown targets are made as drafts
    std::optional<Decimal> min;
    std::optional<Decimal> max;
    bool required = false;
    bool unique = false;
    bool secret = false;         // encrypted at rest, masked, equality only
    bool personal = false;       // masked unless opened
    bool reported_value = true;  // whether a value here makes a row "a row with a value" for the
                                 // returns (false: standing facts)
    Format format = Format::kNone;
    std::vector<std::string> also;                  // other headings
    std::map<std::string, std::string> value_also;  // kChoice: other spelling → choice
    std::string group;
    Names help;
    std::string was;      // former id
    bool hidden = false;  // a layer hides it: not shown, not asked for; what is in it stays
    Origin origin;
};

struct Computed {
    Field field;
    std::optional<formula::Formula> formula;
};

// `check`: a row on which `when` is false is refused; `warn`: a row on which it is true is taken
// with a warning.
struct Check {
    std::string id;  // the finding's class
    std::string at;  // field whose column it is reported at, empty for the row
    Names say;
    bool warning = false;
    formula::Profile profile =
        formula::Profile::kRow;  // kChild when it uses previous() or child sums
    std::optional<formula::Formula> when;
    Origin origin;
};

struct Reported {
    Grain every = Grain::kYear;
    std::string at;  // the period field that says which period a row reports
};

struct Series {
    std::vector<std::string> per;
    std::string on;  // period field
};

// No two live rows of one `per` may overlap in [from, to).
struct NoOverlap {
    std::vector<std::string> per;
    std::string from;
    std::string to;
};

struct RecordType {
    std::string id;
    std::string line;  // chapter/line
    Names name;
    std::vector<std::string>
        also;           // words of titles, sheets and file names that speak for this ledger
    std::string title;  // template of {field} and {ref.field}
    std::vector<std::string> key;  // field ids; "place" may stand among them
    Names place_name;              // heading of the place column
    std::vector<std::string> place_also;
    std::optional<Reported> reported;
    std::optional<Series> series;
    std::optional<NoOverlap> no_overlap;
    std::vector<Field> fields;  // declared order
    std::map<std::string, std::string>
        dropped;  // fields given up: id → reason; they stand in no other list
    std::vector<Computed> computed;
    std::vector<Check> checks;              // checks, then warnings, in order
    std::vector<std::string> list_columns;  // resolved default or `list =`
    std::vector<std::string>
        groups;  // parts of the form in order; a field without group stands before them
    std::vector<std::pair<std::string, std::string>>
        children;  // reverse references: record id, its ref field
    // Part a record plays for the program, with its own fields for it; at most one record type
    // plays each. target: {indicator, period, value, document, due, unit}
    // → field ids; setting: {key, value} → field ids. Empty: plays none.
    std::map<std::string, std::string> plays_target;
    std::map<std::string, std::string> plays_setting;
    bool hidden = false;
    Origin origin;

    // Its field that plays `part` of a target; empty when none does.
    std::string TargetField(std::string_view part) const;
    // Also finds computed fields; nullptr when there is none. "place" is not a field.
    const Field* FindField(std::string_view field) const;
    const Computed* FindComputed(std::string_view field) const;  // nullptr when it is none
};

enum class IndicatorKind { kFlow, kLife, kLatest, kWithin, kDerived };

// One of the sources of an indicator, in order (figures.md "Sources in order").
struct IndicatorSource {
    std::string record;
    std::string basis;  // 实测, 推算, 村报; empty when there is one source only
    IndicatorKind kind = IndicatorKind::kFlow;
    std::string at;    // kFlow: date or period field
    std::string from;  // kLife; kWithin when `life` stands beside it. Empty with kLife: rows
                       // without dates, always there
    std::string to;    // as from; empty: never ends
    std::vector<std::string> per;           // kLatest; kWithin: what the thing is (empty: the row)
    std::string on;                         // kLatest, kWithin
    int months = 0;                         // kWithin
    bool keep = false;                      // kLatest: an older row still counts
    std::optional<formula::Formula> when;   // kSet profile without aggregate, bool
    std::optional<formula::Formula> value;  // kSet: one aggregate
};

// What makes a figure doubtful: shown with it, never a reason to refuse it.
struct Doubt {
    std::string id;
    std::optional<formula::Formula> when;  // kFigure, bool: doubtful when true
    Names say;
    Origin origin;
};

enum class Adds { kNone, kPlace, kPlaceTime };

struct Indicator {
    std::string id;
    std::string line;
    Names name;
    std::string unit_text;
    formula::Type type;      // of the value, in the declared unit; the widest where sources differ
    int print_scale = -1;    // decimals people see, -1: the type's own; ratios default 2
    std::string print_unit;  // `print = "元"` hides a denominator in prose
    Adds adds = Adds::kNone;
    std::string direction;                    // up, down, range, empty
    bool open = false;                        // readers cut to a village may see the town's
    std::vector<IndicatorSource> sources;     // empty for kDerived
    std::optional<formula::Formula> derived;  // kFigure
    std::vector<Doubt> doubts;
    Names help;  // 指标定义 in a sentence
    std::string group;
    bool hidden = false;
    Origin origin;

    bool IsDerived() const { return derived.has_value(); }
};

struct RuleValue {
    formula::Value value;
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;  // last day
    std::string source;            // citation
    bool confirmed = true;         // false: [B], to be checked
    Origin origin;
};

struct Rule {
    std::string key;
    Names name;
    formula::Type type;
    std::string binds = "step";  // step: at the step's date; start: at the case's start
    std::vector<RuleValue> values;

    // Null when none is valid then.
    formula::Value At(const Date& date) const;
};

struct ListItem {
    std::string id;  // what is stored
    Names name;
    std::vector<std::string> also;
    std::vector<std::string> categories;
};

struct List {
    std::string id;
    Names name;
    std::vector<ListItem> items;
};

// What an officer types about the town (names, slogans, targets): `zhenwu settings`, settings.json.
struct Setting {
    std::string key;
    Names name;
    std::string type = "text";  // text, int, decimal, date
    std::string rule;           // its value becomes this rule's value
    std::string target;         // its value becomes a target of this indicator
    std::string due;            // the setting that holds the target's due date
    std::string document;       // the setting that holds the document
    Names help;
    Origin origin;
};

struct Phrase {
    std::string key;
    std::string text;
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
    std::string source;    // with 待核 in it: taken from general knowledge, to be checked
    std::string province;  // 甘肃: true only of a town whose setting province_short is this
    Origin origin;
};

struct Passage {
    std::string id;    // vegetable: file worklines/industry/vegetable/passage.md; or
                       // reports/<r>/passages/<id>.md
    std::string text;  // with slots, as report.h reads them
    Origin origin;
};

struct ReportChapter {
    std::string id;
    std::string heading;  // 一、重点工作完成情况; may be empty
    bool optional = false;
    std::vector<std::string> passages;  // ids in order
};

struct ReportDefinition {
    std::string id;
    Names name;
    Grain period = Grain::kYear;
    std::string title;  // with slots
    std::vector<ReportChapter> chapters;
    std::string template_docx;  // bytes of template.docx
    Origin origin;
};

struct WorkLine {
    std::string id;  // industry/vegetable
    std::string chapter;
    Names name;
    std::vector<std::string> cases;  // paths of cases/*.toml
    std::string sample;              // text of sample.toml
    Origin origin;
};

// The words sheets are read with; same shape as sheet::Vocabulary, filled from
// rules/vocabulary.toml (definition may not include sheet; ledger copies it over).
using Vocabulary = std::map<std::string, std::vector<std::string>>;

// Holidays and make-up workdays per year, from rules/holidays.toml.
struct HolidayYear {
    int year = 0;
    std::vector<Date> holidays;
    std::vector<Date> workdays;
    std::string source;
};

class Model {
public:
    // nullptr when there is no such thing.
    const RecordType* FindRecord(std::string_view id) const;
    const Indicator* FindIndicator(std::string_view id) const;
    // By id, else by its Chinese name as offices write it (spaces and widths apart); nullptr when
    // none or more than one is called so.
    const Indicator* IndicatorCalled(std::string_view text) const;
    const Rule* FindRule(std::string_view key) const;
    const List* FindList(std::string_view id) const;
    const RecordType* TargetRecord() const;  // the one that plays `target`; nullptr when none does
    const RecordType* SettingRecord() const;
    const ReportDefinition* FindReport(std::string_view id) const;
    const Passage* FindPassage(std::string_view id) const;
    // The phrase valid on a date.
    const Phrase* FindPhrase(std::string_view key, const Date& on) const;

    // In the order of loading (chapter, line, file).
    std::vector<WorkLine> lines;
    std::vector<RecordType> records;  // referred-to records before those that refer to them
    std::vector<Indicator> indicators;
    std::vector<Rule> rules;
    std::vector<List> lists;
    std::vector<Setting> settings;
    std::vector<Phrase> phrases;
    std::vector<Passage> passages;
    std::vector<ReportDefinition> reports;
    std::vector<HolidayYear> holidays;
    Vocabulary vocabulary;
    formula::Units units;
    std::string digest;  // SM3 hex of all files and layers
    // KEY (record.greenhouse.fields.kind, rule.x, indicator.y.unit …) → where it was declared last:
    // `check --origin`.
    std::map<std::string, Origin> origins;
    // Categories by name → members (over all lists).
    std::map<std::string, std::vector<std::string>, std::less<>> categories;

    Model() = default;
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;
};

}  // namespace zw::definition
